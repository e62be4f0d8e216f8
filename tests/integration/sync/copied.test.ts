import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Log } from '#electron/core/providers.ts';
import { type RunningServer, startServer } from '#server/server.ts';
import { customerFields, newId, quietLog, temporaryFolder } from '#tests/support/cacheFixture.ts';
import { HttpProxy, type ProxiedRequest, type ProxyDecision } from '#tests/support/httpProxy.ts';
import { testOptions } from '#tests/support/serverBackends.ts';
import { isIdle, type SyncDesk, startSyncDesk } from '#tests/support/syncDesk.ts';

let server: RunningServer;
let proxy: HttpProxy;
let decide: (request: ProxiedRequest) => ProxyDecision = () => 'pass';
let folder: ReturnType<typeof temporaryFolder>;
let desks: SyncDesk[] = [];

beforeAll(async () => {
  server = await startServer(testOptions());
  proxy = await HttpProxy.to(server.url, (request) => decide(request));
  folder = temporaryFolder();
});
afterEach(async () => {
  decide = () => 'pass';
  for (const desk of desks) await desk.stop();
  desks = [];
});
afterAll(async () => {
  await proxy.close();
  await server.stop();
  folder.remove();
});

async function deskIn(
  name: string,
  login: string,
  { log = quietLog, url = proxy.url }: { log?: Log; url?: string } = {},
): Promise<SyncDesk> {
  const own = join(folder.path, name);
  mkdirSync(own, { recursive: true });
  const desk = await startSyncDesk(url, login, { folder: own, log });
  desks.push(desk);
  return desk;
}

async function inSync(desk: SyncDesk): Promise<SyncDesk> {
  desk.sync.start(desk.token);
  await desk.until(isIdle);
  return desk;
}

async function stopped(desk: SyncDesk): Promise<void> {
  desks = desks.filter((other) => other !== desk);
  await desk.stop();
}

function copy(from: string, to: string): void {
  cpSync(join(folder.path, from), join(folder.path, to), { recursive: true });
}

function register(desk: SyncDesk, name: string): string {
  const id = newId();
  desk.cache.change([{ entity: 'customer', id, fields: customerFields({ name }) }], desk.user.id);
  return id;
}

describe('a desk that was copied', () => {
  test('goes on under a device id of its own beside the first one, and says so in its log only', async () => {
    const first = await inSync(await deskIn('first', 'xu.jing'));
    await stopped(first);
    copy('first', 'second');

    const again = await inSync(await deskIn('first', 'xu.jing'));
    const warnings: string[] = [];
    const log = { ...quietLog, warn: (message: string) => void warnings.push(message) };
    const second = await inSync(await deskIn('second', 'xu.jing', { log }));
    expect(again.cache.deviceId()).toBe(first.cache.deviceId());
    expect(second.cache.deviceId()).not.toBe(first.cache.deviceId());
    expect(warnings).toEqual([expect.stringContaining('takes a new one')]);

    // Both go on, and stay what they are.
    const made = [register(again, 'from the first'), register(second, 'from the second')];
    for (const id of made) {
      await again.until((status, cache) => isIdle(status) && cache.record('customer', id) !== null);
      await second.until(
        (status, cache) => isIdle(status) && cache.record('customer', id) !== null,
      );
    }
    const name = second.cache.deviceId();
    await stopped(second);
    const third = await inSync(await deskIn('second', 'xu.jing'));
    expect(third.cache.deviceId()).toBe(name);
  });

  test('pushes what the first one has pushed already, and it is done once', async () => {
    const first = await inSync(await deskIn('one', 'chen.hao'));
    await first.sync.stop();
    const waiting = register(first, 'waits in both');
    const [operation] = first.cache.nextOperations(1);
    await stopped(first);
    copy('one', 'two');

    const again = await inSync(await deskIn('one', 'chen.hao'));
    const twin = await deskIn('two', 'chen.hao');
    expect(twin.cache.nextOperations(1)).toEqual([operation]);
    const own = register(twin, 'made by the copy before it met the server');
    await inSync(twin);
    expect(twin.sync.status()).toMatchObject({ waiting: 0, refused: [] });
    await again.until((_, cache) => cache.record('customer', own) !== null);
    // Applied twice, the record would be of version 2.
    again.cache.change([{ entity: 'customer', id: waiting, fields: { name: 'x' } }], again.user.id);
    expect(again.cache.nextOperations(1)).toMatchObject([{ baseVersion: 1 }]);
  });

  test('is found out by its push where both ran on from the same moment', async () => {
    const first = await inSync(await deskIn('running', 'lin.yue', { url: server.url }));
    // With a live socket that stands: a desk registers when it connects. As a machine that is cloned while it runs:
    // the copy registers as what comes after.
    copy('running', 'cloned');
    const clone = await inSync(await deskIn('cloned', 'lin.yue', { url: server.url }));
    expect(clone.cache.deviceId()).toBe(first.cache.deviceId());
    const id = register(first, 'from the one that was cloned');
    await first.until(isIdle);
    expect(first.cache.deviceId()).not.toBe(clone.cache.deviceId());
    expect(first.sync.status()).toMatchObject({ state: 'online', refused: [] });
    await clone.until((_, cache) => cache.record('customer', id) !== null);
  });

  test('restored from an old backup catches up under a new device id', async () => {
    const desk = await inSync(await deskIn('today', 'zhao.ming'));
    const id = register(desk, 'before the backup');
    await desk.until(isIdle);
    await stopped(desk);
    copy('today', 'backup');
    const later = await inSync(await deskIn('today', 'zhao.ming'));
    later.cache.change([{ entity: 'customer', id, fields: { name: 'after' } }], later.user.id);
    await later.until(isIdle);
    await stopped(later);

    const restored = await deskIn('backup', 'zhao.ming');
    expect(restored.cache.record('customer', id)?.name).toBe('before the backup');
    await inSync(restored);
    expect(restored.cache.record('customer', id)?.name).toBe('after');
    expect(restored.cache.deviceId()).not.toBe(later.cache.deviceId());
  });
});

test('a registration whose answer is lost is no copy, however often, and also after a restart', async () => {
  decide = ({ path }) => (path === '/api/sync/device' ? 'loseAnswer' : 'pass');
  const desk = await deskIn('lossy', 'wu.min');
  desk.sync.start(desk.token);
  await desk.until(({ state }) => state === 'offline');
  desk.sync.retry();
  await desk.until(({ nextTryAt }) => nextTryAt === null);
  await desk.until(({ nextTryAt }) => nextTryAt !== null);
  await stopped(desk);
  decide = () => 'pass';
  const again = await inSync(await deskIn('lossy', 'wu.min'));
  expect(again.cache.deviceId()).toBe(desk.cache.deviceId());
});

test('a server of before knows nothing of it, and the desk goes on', async () => {
  const pushed: unknown[] = [];
  decide = ({ path, body }) => {
    if (path === '/api/sync/push') pushed.push(JSON.parse(body).instance);
    return path === '/api/sync/device' ? 'unknown' : 'pass';
  };
  const desk = await inSync(await deskIn('modern', 'he.xin'));
  register(desk, 'new desk, old server');
  await desk.until(isIdle);
  expect(pushed).toEqual([undefined]);
});
