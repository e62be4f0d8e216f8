import { Agent, request } from 'node:http';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import {
  maxPullChanges,
  type PullResponse,
  type PushResponse,
  type SignInResponse,
} from '#shared/sync/messages.ts';
import type { BenchOperation } from './callOperations.ts';
import type { HouseDesk } from './desksOfHouse.ts';

/** One desk at the server: signed in, on one connection that stays open. */
export interface PushingDesk extends HouseDesk {
  push(body: string): Promise<PushResponse>;
  /** The next page behind the cursor. */
  pull(cursor: string | null): Promise<PullResponse>;
  close(): void;
}

export async function signInDesk(url: string, index: number): Promise<PushingDesk> {
  const deviceId = `bench${String(index).padStart(4, '0')}`;
  const agents = practiceUsers.filter(({ role }) => role === 'agent');
  const user = agents[index % agents.length];
  if (!user) throw new Error('there are no agents to practise with');
  const hello = JSON.stringify({ login: user.login, password: user.password, deviceId });
  const once = new Agent();
  const { token } = await post<SignInResponse>(once, `${url}/api/session`, null, hello);
  return openDesk(url, { userId: user.id, deviceId, token });
}

/** A desk that has signed in before. */
export function openDesk(url: string, desk: HouseDesk): PushingDesk {
  const { deviceId, token } = desk;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    ...desk,
    push: (body) => post<PushResponse>(agent, `${url}/api/sync/push`, token, body),
    pull: (cursor) => {
      const body = JSON.stringify({ deviceId, cursor, limit: maxPullChanges });
      return post<PullResponse>(agent, `${url}/api/sync/pull`, token, body);
    },
    close: () => agent.destroy(),
  };
}

export function pushBody(deviceId: string, operations: BenchOperation[]): string {
  return JSON.stringify({ deviceId, operations });
}

export function post<T>(agent: Agent, url: string, token: string | null, body: string): Promise<T> {
  const headers: Record<string, string | number> = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  if (token !== null) headers.authorization = `Bearer ${token}`;
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', agent, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString();
        if (answer.statusCode === 200) resolve(JSON.parse(text));
        else reject(new Error(`${url}: ${answer.statusCode} ${text}`));
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
