import { afterEach, expect, test } from 'vitest';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import type { Operation } from '#shared/sync/messages.ts';
import { customerFields, newId } from '#tests/support/cacheFixture.ts';
import { type JsonAnswer, JsonServer } from '#tests/support/jsonServer.ts';
import { isIdle, type SyncDesk, startSyncDesk } from '#tests/support/syncDesk.ts';

/** A server that is away, and then has heard of another desk under the same device id. */
const problem = (status: number, code: string): JsonAnswer => ({
  status,
  body: { type: 'about:blank', title: code, status, code },
});
let isAway = false;
let pushes = 0;
let server: JsonServer;
let desk: SyncDesk;
afterEach(async () => {
  await desk.stop();
  await server.close();
});

function answerTo(path: string, request: unknown): JsonAnswer {
  const serverTime = Date.now();
  const ok = (body: object): JsonAnswer => ({ status: 200, body: { serverTime, ...body } });
  const [user] = practiceUsers;
  if (path === '/api/session')
    return ok({ token: 'a-token-of-the-scripted-server', user, phone: null });
  if (isAway) return problem(503, 'server-busy');
  if (path === '/api/sync/device') return ok({ knows: 'everything' });
  if (path === '/api/sync/pull') return ok({ changes: [], cursor: '1.1', more: false });
  if (path !== '/api/sync/push') return problem(404, 'not-found');
  pushes += 1;
  if (pushes === 1) return problem(409, 'device-copied');
  const { operations } = request as { operations: Operation[] };
  const applied = { outcome: 'applied', version: 1, reason: null, message: null };
  return ok({ results: operations.map(({ id }) => ({ operationId: id, ...applied })) });
}

test('a desk that learns of its copy with the first word after an absence goes on by itself', async () => {
  server = await JsonServer.start(answerTo);
  [isAway, pushes] = [true, 0];
  desk = await startSyncDesk(server.url, 'xu.jing');
  const fields = customerFields({ name: '张伟' });
  desk.cache.change([{ entity: 'customer', id: newId(), fields }], desk.user.id);
  desk.sync.start(desk.token);
  await desk.until(({ state }) => state === 'offline');
  isAway = false;
  // Woken up, or the agent's wish: it counts its failures anew.
  desk.sync.retry();
  await desk.until(isIdle);
  expect(pushes).toBe(2);
});
