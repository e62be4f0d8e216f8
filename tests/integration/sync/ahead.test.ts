import { afterEach, expect, test } from 'vitest';
import { createSync } from '#electron/sync/syncClient.ts';
import {
  customerFields,
  newId,
  openedCache,
  quietLog,
  systemClock,
  temporaryFolder,
} from '#tests/support/cacheFixture.ts';
import { type JsonAnswer, JsonServer } from '#tests/support/jsonServer.ts';

const folder = temporaryFolder();
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  folder.remove();
});

const unknown = { type: 'about:blank', title: 'Not Found', status: 404, code: 'not-found' };
const stamp = '019900000000-0000-desk00001';

function customer(id: string) {
  const fields = customerFields();
  const clocks = Object.fromEntries(Object.keys(fields).map((name) => [name, stamp]));
  return { entity: 'customer', id, version: 1, fields, clocks, withdrawn: false };
}

function page(cursor: string, ids: string[], more = false): JsonAnswer {
  const changes = ids.map(customer);
  const rest = { more, lineage: 'lineage-1', restarted: false, scope: 'a'.repeat(16) };
  return { status: 200, body: { changes, cursor, serverTime: Date.now(), ...rest } };
}

test('news that comes while a page asked ahead is on its way is not lost with that page', async () => {
  const [one, two] = [newId(), newId()];
  let isCommitted = false;
  let isBurst = false;
  let askedAhead = () => {};
  const ahead = new Promise<void>((resolve) => {
    askedAhead = resolve;
  });
  // The live socket stands, and what its welcome asks for is pulled.
  let welcomed = () => {};
  const isLive = new Promise<void>((resolve) => {
    welcomed = resolve;
  });
  const pulled = (cursor: string | null): JsonAnswer => {
    if (cursor === null) return page('1.1', []);
    if (cursor === '1.1' && !isBurst) {
      welcomed();
      return page('1.1', []);
    }
    if (cursor === '1.1') return page('2.1', [one], true);
    if (isCommitted) return page('3.1', cursor === '2.1' ? [two] : []);
    // It is answered as of now; what comes right behind it is told, and not in it.
    isCommitted = true;
    askedAhead();
    return page('2.1', []);
  };
  const server = await JsonServer.start(
    (path, request) => {
      if (path === '/api/sync/pull') return pulled((request as { cursor: string | null }).cursor);
      if (path === '/api/sync/known') return { status: 200, body: { unknown: [] } };
      return { status: 404, body: unknown };
    },
    () => [{ type: 'welcome', serverTime: Date.now() }],
  );
  ends.push(() => server.close());
  const cache = await openedCache(folder.path);
  ends.push(() => cache.close());
  const sync = createSync({
    cache: {
      ...cache,
      async apply(...given) {
        if (given[1] === '2.1' && given[0].length > 0) {
          await ahead;
          // As a piece of news does.
          sync.retry();
        }
        return cache.apply(...given);
      },
    },
    serverUrl: server.url,
    clock: systemClock,
    log: quietLog,
  });
  ends.push(() => sync.stop());
  sync.start('token');
  await isLive;
  const arrived = new Promise<void>((resolve) => {
    sync.listen(() => cache.record('customer', two) !== null && resolve());
  });
  isBurst = true;
  sync.retry();
  await arrived;
  expect(cache.record('customer', one)).not.toBeNull();
});
