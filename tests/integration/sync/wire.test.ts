import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import { withDueAt } from '#shared/domain/serviceLevels/serviceLevels.ts';
import { usualServiceLevels } from '#shared/domain/settings/serviceLevels.ts';
import { pushRequestSchema } from '#shared/sync/messages.ts';
import { customerFields, newId, ticketFields } from '#tests/support/cacheFixture.ts';
import { HttpProxy, type ProxiedRequest, type ProxyDecision } from '#tests/support/httpProxy.ts';
import { testOptions } from '#tests/support/serverBackends.ts';
import { isIdle, type SyncDesk, startSyncDesk } from '#tests/support/syncDesk.ts';

let server: RunningServer;
let proxy: HttpProxy;
let decide: (request: ProxiedRequest) => ProxyDecision = () => 'pass';
let desks: SyncDesk[] = [];

beforeAll(async () => {
  server = await startServer(testOptions());
  proxy = await HttpProxy.to(server.url, (request) => decide(request));
});
afterEach(async () => {
  decide = () => 'pass';
  for (const desk of desks) await desk.stop();
  desks = [];
});
afterAll(async () => {
  await proxy.close();
  await server.stop();
});

/** A desk behind the proxy, which lets no live socket through: it asks now and then. */
async function deskBehindProxy(login: string): Promise<SyncDesk> {
  const desk = await startSyncDesk(proxy.url, login);
  desks.push(desk);
  desk.sync.start(desk.token);
  await desk.until(isIdle);
  return desk;
}

const isPush = ({ path }: ProxiedRequest) => path === '/api/sync/push';

test('an acknowledgement lost on the wire leads to a repeated push that changes nothing twice', async () => {
  const desk = await deskBehindProxy('xu.jing');
  const pushed: string[][] = [];
  decide = (request) => {
    if (!isPush(request)) return 'pass';
    pushed.push(pushRequestSchema.parse(JSON.parse(request.body)).operations.map(({ id }) => id));
    return pushed.length === 1 ? 'loseAnswer' : 'pass';
  };
  const id = newId();
  const given = ticketFields({ firstContactId: desk.user.id, ownerId: desk.user.id });
  // As the desk computes it: else the server puts it right, which is a write of its own.
  const fields = withDueAt(given, usualServiceLevels, null);
  desk.cache.change([{ entity: 'ticket', id, fields }], desk.user.id);

  await desk.until((status, cache) => isIdle(status) && cache.ticket(id)?.ticket.no !== null);
  expect(pushed).toHaveLength(2);
  expect(pushed[1]).toEqual(pushed[0]);
  // Had it been applied twice, the record would be of version 2.
  desk.cache.change([{ entity: 'ticket', id, fields: { priority: 'major' } }], desk.user.id);
  expect(desk.cache.nextOperations(1)).toMatchObject([{ baseVersion: 1 }]);
  await desk.until(isIdle);
});

test('one change that cannot get through is refused alone, and stops no other', async () => {
  const desk = await deskBehindProxy('chen.hao');
  decide = (request) => (isPush(request) && request.body.includes('poison') ? 413 : 'pass');
  const ids = Array.from({ length: 9 }, newId);
  desk.cache.change(
    ids.map((id, index) => ({
      entity: 'customer',
      id,
      fields: customerFields({ name: index === 4 ? 'poison' : `good ${index}` }),
    })),
    desk.user.id,
  );

  const status = await desk.until((now) => isIdle(now) && now.refused.length > 0);
  expect(status.refused).toMatchObject([{ entityId: ids[4], reason: 'invalid-fields' }]);
  const other = await deskBehindProxy('lin.yue');
  const arrived = ids.map((id) => other.cache.record('customer', id) !== null);
  expect(arrived).toEqual(ids.map((_, index) => index !== 4));
});

test('a server in trouble is no reason to refuse anything', async () => {
  const desk = await deskBehindProxy('liu.fang');
  let inTrouble = true;
  decide = () => (inTrouble ? 503 : 'pass');
  desk.cache.change([{ entity: 'customer', id: newId(), fields: customerFields() }], desk.user.id);
  const offline = await desk.until(({ state }) => state === 'offline');
  expect(offline).toMatchObject({ waiting: 1, refused: [] });
  await desk.until(({ nextTryAt }) => nextTryAt !== null);

  inTrouble = false;
  desk.sync.retry();
  const online = await desk.until(isIdle);
  expect(online).toMatchObject({ offlineSince: null, nextTryAt: null, refused: [] });
});

test('somebody else who answers in the place of the server is taken for nobody', async () => {
  const desk = await deskBehindProxy('sun.tao');
  decide = () => 200;
  desk.cache.change([{ entity: 'customer', id: newId(), fields: customerFields() }], desk.user.id);
  expect(await desk.until(({ state }) => state === 'offline')).toMatchObject({ waiting: 1 });
  decide = () => 403;
  desk.sync.retry();
  await desk.until(({ nextTryAt }) => nextTryAt === null);
  expect(await desk.until(({ nextTryAt }) => nextTryAt !== null)).toMatchObject({ refused: [] });
});

test('a first sync that breaks off goes on behind the last page', async () => {
  const desk = await startSyncDesk(proxy.url, 'he.xin');
  desks.push(desk);
  const cursors: unknown[] = [];
  decide = ({ path, body }) => {
    if (path !== '/api/sync/pull') return 'pass';
    cursors.push(JSON.parse(body).cursor);
    return cursors.length === 1 ? 'loseAnswer' : 'pass';
  };
  desk.sync.start(desk.token);
  expect(desk.sync.status().state).toBe('first-sync');
  await desk.until(({ state }) => state === 'offline');
  desk.sync.retry();
  await desk.until(isIdle);
  expect(cursors.slice(0, 2)).toEqual([null, null]);
  expect(desk.cache.firstSyncDone()).toBe(true);
  expect(desk.sync.status().lastSyncAt).not.toBeNull();
});
