import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import {
  customerFields,
  newId,
  systemClock,
  taskFields,
  temporaryFolder,
} from '#tests/support/cacheFixture.ts';
import { freePort } from '#tests/support/freePort.ts';
import { testOptions } from '#tests/support/serverBackends.ts';
import { operationBy, ServerClient } from '#tests/support/serverClient.ts';
import { layDatabase } from '#tests/support/sharedPlaces.ts';
import { isIdle, type SyncDesk, startSyncDesk } from '#tests/support/syncDesk.ts';

const day = 86_400_000;

let daysGone = 0;
let server: RunningServer;
let folder: ReturnType<typeof temporaryFolder>;
const desks: SyncDesk[] = [];

const now = () => Date.now() + daysGone * day;
const clock = { ...systemClock, now };

/** Always at the same address. */
let port = 0;

async function start(): Promise<RunningServer> {
  const database = { kind: 'directory' as const, path: folder.path };
  return startServer(testOptions({ now, database, port }));
}

beforeAll(async () => {
  folder = temporaryFolder();
  await layDatabase(folder.path);
  port = await freePort();
  server = await start();
});
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.stop();
});
afterAll(async () => {
  await server.stop();
  folder.remove();
});

/** Thousands of changes by others, pushed as desks push them. */
async function busyMonth(client: ServerClient, userId: string, ids: string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += 200) {
    const operations = ids.slice(at, at + 200).map((entityId) =>
      operationBy(userId, {
        entity: 'customer',
        entityId,
        fields: customerFields({ name: 'of this month' }),
        at: now(),
      }),
    );
    const results = await client.push(...operations);
    expect(results.every(({ outcome }) => outcome === 'applied')).toBe(true);
  }
}

test('a desk that was away for a month signs in again, hands in its own and catches up', async () => {
  const away = await startSyncDesk(server.url, 'xu.jing', { clock });
  desks.push(away);
  const shared = newId();
  away.sync.start(away.token);
  away.cache.change([{ entity: 'customer', id: shared, fields: customerFields() }], away.user.id);
  await away.until(isIdle);
  await away.sync.stop();

  // The agent goes on without the server: hundreds of changes.
  const own = Array.from({ length: 300 }, newId);
  for (const id of own) {
    const fields = customerFields({ name: 'made away' });
    away.cache.change([{ entity: 'customer', id, fields }], away.user.id);
  }
  const task = newId();
  const fields = taskFields({ ownerId: away.user.id });
  away.cache.change([{ entity: 'task', id: task, fields }], away.user.id);
  away.cache.change([{ entity: 'customer', id: shared, fields: { name: 'away' } }], away.user.id);

  daysGone = 30;
  await server.stop();
  server = await start();
  const others = new ServerClient(server.url);
  const { user } = await others.signIn('chen.hao');
  const theirs = Array.from({ length: 3000 }, newId);
  await busyMonth(others, user.id, theirs);
  // A field that this desk does not know, and an edit of the record that it has edited as well.
  await others.push(
    operationBy(user.id, {
      entity: 'customer',
      entityId: shared,
      fields: { shoeSize: 44, pinnedNote: 'a month later', name: 'a month later' },
      at: now(),
    }),
  );

  // The session is over; what waits goes on waiting.
  away.sync.start(away.token);
  await away.until(({ state }) => state === 'signed-out');
  expect(away.sync.status()).toMatchObject({ waiting: 302, refused: [] });
  const again = await new ServerClient(server.url).signIn('xu.jing');
  away.sync.start(again.token);
  await away.until(isIdle);

  expect(away.sync.status().refused).toEqual([]);
  for (const id of theirs) expect(away.cache.record('customer', id)?.name).toBe('of this month');
  // Field by field the later write has won, and what nobody here knows is kept.
  expect(away.cache.record('customer', shared)).toMatchObject({
    name: 'a month later',
    pinnedNote: 'a month later',
    shoeSize: 44,
  });
  const { changes } = await others.pullAll();
  const arrived = new Set(changes.map(({ id }) => id));
  expect(own.filter((id) => !arrived.has(id))).toEqual([]);
  expect(changes.find(({ id }) => id === shared)?.version).toBe(2);
  expect(away.cache.record('task', task)).not.toBeNull();
});
