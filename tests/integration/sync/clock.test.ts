import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import type { FieldsOf } from '#shared/sync/entities.ts';
import {
  customerFields,
  newId,
  systemClock,
  temporaryFolder,
} from '#tests/support/cacheFixture.ts';
import { testOptions } from '#tests/support/serverBackends.ts';
import { layDatabase } from '#tests/support/sharedPlaces.ts';
import { isIdle, type SyncDesk, startSyncDesk } from '#tests/support/syncDesk.ts';

const day = 86_400_000;
/** Far more than a busy machine needs for a few requests, far less than the clocks are wrong. */
const near = 600_000;

let serverAheadMs = 0;
let server: RunningServer;
let folder: ReturnType<typeof temporaryFolder>;
let desks: SyncDesk[] = [];

/** A clock that is wrong by `aheadMs`, which a test may change. */
function wrongClock(aheadMs: number) {
  const clock = { ...systemClock, aheadMs, now: () => Date.now() + clock.aheadMs };
  return clock;
}

function start(): Promise<RunningServer> {
  const now = () => Date.now() + serverAheadMs;
  return startServer(testOptions({ now, database: { kind: 'directory', path: folder.path } }));
}

beforeAll(async () => {
  folder = temporaryFolder();
  await layDatabase(folder.path);
  server = await start();
});
beforeEach(() => {
  serverAheadMs = 0;
});
afterEach(async () => {
  for (const desk of desks) await desk.stop();
  desks = [];
});
afterAll(async () => {
  await server.stop();
  folder.remove();
});

async function desk(login: string, clock = wrongClock(0)): Promise<SyncDesk> {
  const started = await startSyncDesk(server.url, login, { clock });
  desks.push(started);
  started.sync.start(started.token);
  await started.until(isIdle);
  return started;
}

function write(on: SyncDesk, id: string, fields: Partial<FieldsOf<'customer'>>): string {
  on.cache.change([{ entity: 'customer', id, fields }], on.user.id);
  return on.cache.nextOperations(1000).at(-1)?.clock ?? '';
}

function register(on: SyncDesk): string {
  const id = newId();
  write(on, id, customerFields({ name: 'new' }));
  return id;
}

function msOf(stamp: string): number {
  return Number.parseInt(stamp.slice(0, 12), 16);
}

function nameOn(on: SyncDesk, id: string): string | undefined {
  return on.cache.record('customer', id)?.name;
}

const hasName = (id: string, name: string) => (_: unknown, cache: SyncDesk['cache']) =>
  cache.record('customer', id)?.name === name;

describe('a desk whose clock is wrong', () => {
  test.each([
    ['a day ahead', day],
    ['a day behind', -day],
  ])('%s stamps by the time of the server, and the later write wins', async (_how, aheadMs) => {
    const wrong = await desk('xu.jing', wrongClock(aheadMs));
    const right = await desk('chen.hao');
    const id = register(wrong);
    await right.until(hasName(id, 'new'));
    for (const name of ['one', 'two', 'three']) {
      const writer = name === 'two' ? right : wrong;
      const reader = name === 'two' ? wrong : right;
      const stamp = write(writer, id, { name });
      expect(Math.abs(msOf(stamp) - Date.now())).toBeLessThan(near);
      await reader.until(hasName(id, name));
    }
    await wrong.until(isIdle);
    expect(wrong.sync.status().refused).toEqual([]);
  });

  test('ahead while it is offline: its changes count as made when they arrive, then it is right again', async () => {
    const clock = wrongClock(0);
    const wrong = await desk('xu.jing', clock);
    const right = await desk('chen.hao');
    const id = register(wrong);
    await right.until(hasName(id, 'new'));
    await wrong.sync.stop();
    clock.aheadMs = day;
    const before = wrong.cache.deviceId();
    expect(msOf(write(wrong, id, { name: 'offline' })) - Date.now()).toBeGreaterThan(day - near);
    write(wrong, id, { name: 'offline again' });
    write(right, id, { name: 'online meanwhile' });
    await right.until(isIdle);

    wrong.sync.start(wrong.token);
    await wrong.until(isIdle);
    await right.until(hasName(id, 'offline again'));
    await wrong.until((_, cache) => cache.deviceId() !== before);
    // Neither is the wrong time in its stamps any more, nor does it win from tomorrow.
    write(right, id, { name: 'later' });
    await wrong.until(hasName(id, 'later'));
    expect(Math.abs(msOf(write(wrong, id, { name: 'last' })) - Date.now())).toBeLessThan(near);
    await right.until(hasName(id, 'last'));
  });

  test('set back while it is offline: a change wins over what its author saw, not over what came since', async () => {
    const clock = wrongClock(0);
    const wrong = await desk('xu.jing', clock);
    const right = await desk('chen.hao');
    const [seen, unseen] = [register(right), register(right)];
    await wrong.until((_, cache) => cache.record('customer', unseen) !== null);
    await wrong.until((_, cache) => cache.record('customer', seen) !== null);
    await wrong.sync.stop();
    clock.aheadMs = -day;
    write(wrong, seen, { name: 'over what was seen' });
    expect(nameOn(wrong, seen)).toBe('over what was seen');
    write(wrong, unseen, { name: 'by a desk of yesterday' });
    write(right, unseen, { name: 'by a colleague today' });
    await right.until(isIdle);

    wrong.sync.start(wrong.token);
    await wrong.until(isIdle);
    await right.until(hasName(seen, 'over what was seen'));
    await wrong.until(hasName(unseen, 'by a colleague today'));
    expect(nameOn(right, unseen)).toBe('by a colleague today');
  });

  test('set while it runs: from the next answer on it is right', async () => {
    const clock = wrongClock(0);
    const wrong = await desk('xu.jing', clock);
    const right = await desk('chen.hao');
    const id = register(wrong);
    await right.until(hasName(id, 'new'));
    for (const aheadMs of [day, -day, 0]) {
      const before = wrong.cache.deviceId();
      const isSetForward = aheadMs > clock.aheadMs;
      clock.aheadMs = aheadMs;
      write(wrong, id, { pinnedNote: `the answer to this corrects ${aheadMs}` });
      await wrong.until(
        (status, cache) => isIdle(status) && (!isSetForward || cache.deviceId() !== before),
      );
      const stamp = write(wrong, id, { name: `after ${aheadMs}` });
      expect(Math.abs(msOf(stamp) - Date.now())).toBeLessThan(near);
      await right.until(hasName(id, `after ${aheadMs}`));
    }
  });
});

test('a server whose clock was a day ahead, and was set back: nobody loses to what was written meanwhile', async () => {
  const one = await desk('xu.jing');
  const two = await desk('chen.hao');
  serverAheadMs = day;
  // The first answer moves the desks along.
  const id = register(one);
  await one.until(isIdle);
  await two.until(hasName(id, 'new'));
  write(one, id, { name: 'tomorrow' });
  await one.until(isIdle);
  await two.until(hasName(id, 'tomorrow'));

  serverAheadMs = 0;
  await one.sync.stop();
  await two.sync.stop();
  await server.stop();
  server = await start();
  const [three, four] = await Promise.all([desk('lin.yue'), desk('zhao.ming')]);
  expect(nameOn(three, id)).toBe('tomorrow');
  for (const [writer, reader, name] of [
    [three, four, 'today'],
    [four, three, 'today as well'],
  ] as const) {
    write(writer, id, { name });
    await reader.until(hasName(id, name));
  }
  // What is not from tomorrow is stamped with the time of today.
  expect(Math.abs(msOf(write(three, newId(), customerFields())) - Date.now())).toBeLessThan(near);
  await three.until(isIdle);
});
