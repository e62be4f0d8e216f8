import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Accounts, Caller } from '../accounts/accounts.ts';
import { createLiveHub, type LiveHub, liveClose } from './liveHub.ts';

const caller: Caller = {
  user: {
    ...{ id: '019b76da-a800-7000-8000-000000002041', login: 'xu.jing', name: 'Xu Jing' },
    ...{ role: 'agent', teamId: null, extension: '2041', queueIds: [] },
  },
  team: [],
  tokenHash: 'hash of the session',
  device: 'desk00000001',
};

/** A session that is being looked at: what was read is handed on when the test says so. */
let asked: PromiseWithResolvers<void>;
let found: PromiseWithResolvers<Caller | null>;
let hub: LiveHub;
let server: WebSocketServer;

beforeEach(async () => {
  asked = Promise.withResolvers();
  found = Promise.withResolvers();
  const accounts: Pick<Accounts, 'callerOf' | 'stillOpen'> = {
    callerOf() {
      asked.resolve();
      return found.promise;
    },
    stillOpen: async (hashes) => new Set(hashes),
  };
  const times = { helloMs: 60_000, pingMs: 60_000 };
  hub = createLiveHub(accounts, { times, now: Date.now });
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', hub.attach);
  await once(server, 'listening');
});
afterEach(() => {
  hub.close();
  server.close();
});

async function helloing(): Promise<{ said: unknown[]; closed: Promise<number> }> {
  const { port } = server.address() as AddressInfo;
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  const said: unknown[] = [];
  socket.on('message', (text) => said.push(JSON.parse(String(text))));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'hello', token: 'token', deviceId: caller.device }));
  await asked.promise;
  return { said, closed };
}

it('ends the socket of a session that is signed out while its hello is being looked at', async () => {
  const { said, closed } = await helloing();
  hub.signedOut(caller.tokenHash);
  found.resolve(caller);
  expect(await closed).toBe(liveClose.signedOut);
  expect(said).toEqual([{ type: 'signedOut' }]);
  expect(hub.size()).toBe(0);
});

it('welcomes a session while another one is signed out', async () => {
  const welcomed = new Promise<string>((resolve) => {
    hub.welcomed(({ login }) => resolve(login));
  });
  const { closed } = await helloing();
  hub.signedOut('hash of another session');
  found.resolve(caller);
  expect(await welcomed).toBe('xu.jing');
  expect(hub.size()).toBe(1);
  hub.signedOut(caller.tokenHash);
  expect(await closed).toBe(liveClose.signedOut);
});
