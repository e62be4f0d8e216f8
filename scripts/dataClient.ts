import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CommandError } from './commandError.ts';
import { refusalWords, words } from './dataWords.ts';

export interface Access {
  server: string;
  login: string;
  password: string;
}

/** Who signs in where. The password is never an argument: others on the machine can read those. */
export function accessOf(values: {
  server?: string | undefined;
  login?: string | undefined;
  'password-file'?: string | undefined;
}): Access {
  const { server, login } = values;
  if (!server || !/^https?:$/.test(URL.parse(server)?.protocol ?? '')) {
    throw new CommandError(words('addressNeeded'), 2);
  }
  if (!login) throw new CommandError(words('optionNeeded', { name: 'login' }), 2);
  const file = values['password-file'];
  const password = file
    ? readFileSync(file, 'utf8').replace(/\r?\n$/, '')
    : process.env.SWITCHBOARD_PASSWORD;
  if (!password) throw new CommandError(words('passwordNeeded'), 2);
  return { server: server.replace(/\/+$/, ''), login, password };
}

/** Speaks to the central server for one command: signs in, asks, signs out. */
export class DataClient {
  readonly #server: string;
  #token = '';

  private constructor(server: string) {
    this.#server = server;
  }

  static async signIn({ server, login, password }: Access): Promise<DataClient> {
    const client = new DataClient(server);
    const deviceId = `cli${randomBytes(8).toString('hex')}`;
    const session = await client.ask<{ token: string }>('POST', '/api/session', {
      login,
      password,
      deviceId,
    });
    client.#token = session.token;
    return client;
  }

  async signOut(): Promise<void> {
    await this.fetch('DELETE', '/api/session').catch(() => undefined);
  }

  async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const type = body === undefined ? undefined : 'application/json';
    const response = await this.fetch(method, path, body && JSON.stringify(body), type);
    const text = await response.text();
    return (text === '' ? null : JSON.parse(text)) as T;
  }

  /** Throws `CommandError` with what the server says where it refuses. */
  async fetch(
    method: string,
    path: string,
    body?: unknown,
    contentType?: string,
  ): Promise<Response> {
    const headers: Record<string, string> = {};
    if (this.#token) headers.authorization = `Bearer ${this.#token}`;
    if (contentType) headers['content-type'] = contentType;
    const response = await fetch(`${this.#server}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: body as BodyInit }),
    }).catch((error: unknown) => {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      const why = cause instanceof Error ? cause.message || cause.name : String(cause);
      throw new CommandError(words('noAnswer', { server: this.#server, why }));
    });
    if (response.ok) return response;
    throw new CommandError(await refusal(response));
  }
}

async function refusal(response: Response): Promise<string> {
  const text = await response.text().catch(() => '');
  try {
    const { code, detail } = JSON.parse(text) as { code?: string; detail?: string };
    if (code) return refusalWords(code, detail);
  } catch {
    // Something between here and the server answered in its place.
  }
  return words('answered', { status: response.status });
}
