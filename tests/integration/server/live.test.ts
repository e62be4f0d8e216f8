import { describe, expect, test } from 'vitest';
import { sessionMs } from '#server/accounts/accounts.ts';
import { liveClose } from '#server/live/liveHub.ts';
import { startServer } from '#server/server.ts';
import { practiceUser } from '../../support/practiceUser.ts';
import { backendNames, startBackend } from '../../support/serverBackends.ts';
import {
  customerFields,
  operationBy,
  pulledAtNews,
  ServerClient,
} from '../../support/serverClient.ts';
import { testServer } from '../../support/testServer.ts';

const me = practiceUser('xu.jing').id;

describe.each(backendNames)('live on %s', (name) => {
  let nowMs = Date.now();
  const live = { helloMs: 300, pingMs: 100 };
  const server = testServer(name, { live, now: () => nowMs });
  const client = server.desk('xu.jing');

  async function welcomed(from: ServerClient) {
    const socket = from.live();
    await socket.hello(from.token);
    expect(await socket.next()).toEqual({ type: 'welcome', serverTime: nowMs });
    return socket;
  }

  test('every desk hears of a commit, the one that pushed included', async () => {
    const other = new ServerClient(server.url);
    await other.signIn('chen.hao');
    const tip = await other.tip();
    const sockets = [await welcomed(client), await welcomed(other)];
    const made = operationBy(me, { entity: 'customer', fields: customerFields() });
    await client.push(made);
    for (const socket of sockets) {
      expect(await pulledAtNews(socket, other, { cursor: tip, id: made.entityId })).toEqual([
        made.entityId,
      ]);
      socket.close();
    }
  });

  test('a socket that says nothing is closed', async () => {
    const socket = client.live();
    expect(await socket.closed).toBe(liveClose.late);
  });

  test.each([
    ['no JSON', 'hello'],
    ['no hello', '{"type":"news"}'],
    ['no device', '{"type":"hello","token":"x"}'],
    ['null', 'null'],
  ])('a wrong first message closes: %s', async (_case, text) => {
    const socket = client.live();
    await socket.opened();
    socket.say(text);
    expect(await socket.closed).toBe(liveClose.badHello);
  });

  test('an unknown token closes', async () => {
    const socket = client.live();
    await socket.hello('x'.repeat(43));
    expect(await socket.next()).toEqual({ type: 'signedOut' });
    expect(await socket.closed).toBe(liveClose.signedOut);
  });

  test('a message that is too long closes', async () => {
    const socket = client.live();
    await socket.opened();
    socket.say('x'.repeat(10_000));
    expect(await socket.closed).toBe(1009);
  });

  test('signing out closes the session’s sockets', async () => {
    const other = new ServerClient(server.url);
    await other.signIn('lin.yue');
    const socket = await welcomed(other);
    await other.call('DELETE', '/api/session');
    expect(await socket.next()).toEqual({ type: 'signedOut' });
    expect(await socket.closed).toBe(liveClose.signedOut);
  });

  test('a socket that answers no ping is dropped', async () => {
    const socket = client.live({ autoPong: false });
    await socket.hello(client.token);
    expect(await socket.closed).toBe(1006);
  });

  test('a session that expires closes its sockets', async () => {
    const other = new ServerClient(server.url);
    await other.signIn('zhao.ming');
    const socket = await welcomed(other);
    nowMs += sessionMs;
    expect(await socket.next()).toEqual({ type: 'signedOut' });
    expect(await socket.closed).toBe(liveClose.signedOut);
  });
});

test('a server that stops closes the sockets', async () => {
  const backend = await startBackend('pglite');
  const server = await startServer(backend.options({ practiceCustomers: 0 }));
  const client = new ServerClient(server.url);
  await client.signIn('xu.jing');
  const socket = client.live();
  await socket.hello(client.token);
  await socket.next();
  await server.stop();
  expect(await socket.closed).toBe(1001);
});
