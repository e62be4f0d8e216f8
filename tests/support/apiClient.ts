import { type ApiScope, apiScopes } from '#shared/domain/apiScopes.ts';
import type { CreatedApiKey, NewApiKey } from '#shared/sync/integrations.ts';
import type { Problem } from '#shared/sync/messages.ts';
import { type Answer, ServerClient } from './serverClient.ts';

export type Item = Record<string, unknown> & { id: string; version: number };
export interface Page {
  items: Item[];
  cursor: string | null;
  more: boolean;
}

/** Speaks to a running server as a program with a key would, over real HTTP. */
export class ApiClient {
  readonly url: string;
  readonly key: CreatedApiKey['key'];
  readonly secret: string;

  constructor(url: string, { key, secret }: CreatedApiKey) {
    this.url = url;
    this.key = key;
    this.secret = secret;
  }

  async call<T = Problem>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const typed = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.secret}`,
        ...(body === undefined ? {} : { 'content-type': typed }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed = (text === '' ? null : JSON.parse(text)) as T;
    return { status: response.status, headers: response.headers, body: parsed };
  }

  /** A record made by POST; throws where it is refused. */
  async make(path: string, body: unknown): Promise<Item> {
    const answer = await this.call<Item>('POST', `/api/v1/${path}`, body);
    if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async page(path: string): Promise<Page> {
    const answer = await this.call<Page>('GET', `/api/v1/${path}`);
    if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}

/** A key made by the practice administrator, who signs in for it where `signedIn` is not given. */
export async function makeKey(
  url: string,
  parts: Partial<NewApiKey> & { scopes?: ApiScope[] } = {},
  signedIn: ServerClient | null = null,
): Promise<ApiClient> {
  const admin = signedIn ?? new ServerClient(url);
  if (!signedIn) await admin.signIn('admin');
  const body = { name: 'CRM', scopes: [...apiScopes], ...parts };
  const answer = await admin.call<CreatedApiKey>('POST', '/api/keys', body);
  if (answer.status !== 201) throw new Error(`key: ${JSON.stringify(answer.body)}`);
  return new ApiClient(url, answer.body);
}
