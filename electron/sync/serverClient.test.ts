import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createServerClient } from './serverClient.ts';

let server: Server;
let url: string;
let limits: { ms: number; controller: AbortController }[];

beforeEach(async () => {
  limits = [];
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const controller = new AbortController();
    limits.push({ ms, controller });
    return controller.signal;
  });
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  vi.restoreAllMocks();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** What is limited to so long, or to less, is over. */
function pass(passedMs: number): void {
  for (const { ms, controller } of limits) if (ms <= passedMs) controller.abort();
}

const given = { login: 'xu.jing', password: 'practice', deviceId: 'desk0001' };
const user = { id: '019b76da-a800-7000-8000-000000000001', login: 'xu.jing', name: '徐静' };
const role = { role: 'agent', teamId: null, extension: null, queueIds: [] };
const token = 'a token of this test, as long as they are';
const signedIn = { token, user: { ...user, ...role }, phone: null, serverTime: 0 };

async function asked(): Promise<ServerResponse> {
  const [, response] = await once(server, 'request');
  return response as ServerResponse;
}

test('a sign-in waits for a server that has just been started', async () => {
  const signingIn = createServerClient({ serverUrl: url }).signIn(given);
  const response = await asked();
  pass(15_000);
  response.end(JSON.stringify(signedIn));
  expect(await signingIn).toMatchObject({ ok: true, value: { token } });
});

test('and not for ever', async () => {
  const signingIn = createServerClient({ serverUrl: url }).signIn(given);
  await asked();
  pass(20_000);
  expect(await signingIn).toMatchObject({ ok: false, error: { code: 'server-unreachable' } });
});

test('a server that refuses connections is told at once', async () => {
  // An address below the ports that a system gives away by itself.
  const signingIn = createServerClient({ serverUrl: 'http://127.0.0.1:2' }).signIn(given);
  expect(await signingIn).toMatchObject({ ok: false, error: { code: 'server-unreachable' } });
});
