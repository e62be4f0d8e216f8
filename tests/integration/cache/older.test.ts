import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrations } from '#electron/cache/file/migrate.ts';
import { tables } from '#electron/cache/records/tables.ts';
import { createSync } from '#electron/sync/syncClient.ts';
import { type RunningServer, startServer } from '#server/server.ts';
import type { SyncStatus } from '#shared/contract/models/desk.ts';
import { entityNames } from '#shared/sync/entities.ts';
import {
  openedCache,
  quietLog,
  systemClock,
  temporaryFolder,
} from '#tests/support/cacheFixture.ts';
import { testOptions } from '#tests/support/serverBackends.ts';
import { ServerClient } from '#tests/support/serverClient.ts';
import { isIdle } from '#tests/support/syncDesk.ts';
import { olderVersions, readOlderCache, writeOlderCache } from '#tests/sync/caches/olderCache.ts';

let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

test('every schema that a cache ever had is tried, but the present one', () => {
  const present = migrations.at(-1)?.version ?? 0;
  // The present one joins them when it is followed by another: see tests/sync/caches.
  expect(olderVersions).toEqual(Array.from({ length: present - 1 }, (_, index) => index + 1));
});

describe.each(olderVersions)('a cache of version %i', (version) => {
  test('opens with every record, change, refusal and draft that it had', async () => {
    const older = readOlderCache(version);
    writeOlderCache(folder.path, older);
    const cache = await openedCache(folder.path, { userId: older.userId });
    try {
      for (const entity of entityNames) {
        for (const row of older.tables[tables[entity].name] ?? []) {
          const fields: Record<string, unknown> | null = cache.record(entity, String(row.id));
          for (const { name, type } of tables[entity].columns) {
            if (!Object.hasOwn(row, name)) continue;
            expect([entity, name, fields?.[name]]).toEqual([entity, name, plain(type, row[name])]);
          }
        }
      }
      const rows = older.tables.outbox ?? [];
      const waiting = rows.filter((row) => row.refusedAt === null);
      expect(cache.nextOperations(100).map(({ id }) => id)).toEqual(waiting.map(({ id }) => id));
      expect(waiting).toHaveLength(2);
      expect(cache.outbox().refused).toMatchObject([{ entity: 'wrapUp', reason: 'not-yours' }]);
      expect(cache.draft('wrap-up')).toBe('{"notes":"half written"}');
      expect(cache.cursor()).toBe(metaOf(older, 'cursor'));
      expect(await cache.search.customers('第一版', 5)).toMatchObject([{ name: '第一版，改' }]);
    } finally {
      await cache.close();
    }
  });
});

function plain(type: string, value: string | number | null | undefined): unknown {
  if (value === null || value === undefined) return null;
  if (type === 'boolean') return value === 1;
  return type === 'json' ? JSON.parse(String(value)) : value;
}

function metaOf({ tables: all }: ReturnType<typeof readOlderCache>, key: string): unknown {
  return all.meta?.find((row) => row.key === key)?.value;
}

describe('at the server of today', () => {
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer(testOptions());
  });
  afterAll(() => server.stop());

  test.each(olderVersions)(
    'a cache of version %i hands in what waited and goes on',
    async (version) => {
      const older = readOlderCache(version);
      writeOlderCache(folder.path, older);
      const client = new ServerClient(server.url);
      const { user, token } = await client.signIn('xu.jing');
      expect(user.id).toBe(older.userId);
      const cache = await openedCache(folder.path, { userId: user.id });
      const waiting = cache.nextOperations(100);
      const sync = createSync({ cache, serverUrl: server.url, clock: systemClock, log: quietLog });
      try {
        sync.start(token);
        await until(sync.listen, sync.status, isIdle);
        const made = waiting.find(({ baseVersion }) => baseVersion === null);
        const { changes } = await client.pullAll();
        expect(changes.find(({ id }) => id === made?.entityId)?.fields).toMatchObject(
          made?.fields ?? {},
        );
        expect(cache.instance()).not.toBeNull();
      } finally {
        await sync.stop();
        await cache.close();
      }
    },
  );
});

function until(
  listen: (listener: (status: SyncStatus) => void) => () => void,
  now: () => SyncStatus,
  fits: (status: SyncStatus) => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    let stop = () => {};
    const look = (status: SyncStatus) => {
      if (!fits(status)) return;
      stop();
      resolve();
    };
    stop = listen(look);
    look(now());
  });
}
