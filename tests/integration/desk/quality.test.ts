import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Cache } from '#electron/cache/cache.ts';
import { createBulk } from '#electron/desk/quality/bulk.ts';
import type { BulkAction, BulkFilter, StaleCustomer } from '#shared/contract/methods/quality.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import {
  changeOf,
  customerFields,
  newId,
  openedCache,
  phoneFields,
  systemClock,
  temporaryFolder,
  testUserId,
} from '../../support/cacheFixture.ts';

const user: SignedInUser = {
  ...{ id: testUserId, login: 'wu.min', name: '吴敏', role: 'supervisor' },
  ...{ teamId: null, extension: null, queueIds: [] },
};
const everyone: BulkFilter = { kind: null, valueClass: null, tag: null };
const folder = temporaryFolder();
let cache: Cache;
let bulk: ReturnType<typeof createBulk>;

beforeAll(async () => {
  cache = await openedCache(folder.path, { userId: user.id });
  bulk = createBulk({ user, cache, clock: systemClock, home: () => ({ country: 'CN' }) });
});
afterAll(async () => {
  await cache.close();
  folder.remove();
});

let ids: string[] = [];
const count = 150;
const unread = '０１３８ 0013 8000';

beforeEach(async () => {
  const tag = newId();
  ids = Array.from({ length: count }, newId);
  await cache.apply(
    ids.flatMap((id, index) => {
      const fields = customerFields({ name: ` 客户${index} `, tags: [tag] });
      const point = phoneFields(id, '+8613900000000', { raw: unread, normal: null });
      return [changeOf('customer', id, fields), changeOf('contactPoint', newId(), point)];
    }),
    null,
    0,
  );
  filter = { ...everyone, tag };
});
let filter = everyone;

const names = () => ids.map((id) => cache.record('customer', id)?.name ?? '');

/** All parts, one after the other. */
async function run(act: BulkAction, runId = newId()): Promise<{ runId: string; changes: number }> {
  let changes = 0;
  for (let after: string | null = null; ; ) {
    const part: Awaited<ReturnType<typeof bulk.run>> = await bulk.run({
      runId,
      filter,
      act,
      after,
    });
    changes += part.changes.length;
    if (part.next === null) return { runId, changes };
    after = part.next;
  }
}

function undo(runId: string): { undone: number; kept: number } {
  const sum = { undone: 0, kept: 0 };
  for (;;) {
    const part = bulk.undo(runId);
    sum.undone += part.undone;
    sum.kept += part.kept;
    if (!part.more) return sum;
  }
}

describe('a clean-up', () => {
  test('is looked at before, done in parts, kept in the history, and undone as a whole', async () => {
    const act = { action: 'tidyNames' } as const;
    const looked = await bulk.preview({ filter, act, after: null });
    expect(looked.changes).toHaveLength(count);
    expect(looked.changes[0]).toMatchObject({
      field: 'name',
      before: '" 客户0 "',
      after: '"客户0"',
    });
    expect(names()[0]).toBe(' 客户0 ');

    const { runId, changes } = await run(act);
    expect(changes).toBe(count);
    expect(names()).toEqual(ids.map((_, index) => `客户${index}`));
    const [first = ''] = ids;
    expect(cache.customers.history([first], 'name', 5)).toMatchObject([
      { before: '" 客户0 "', after: '"客户0"', source: `bulk:${runId}`, byName: '吴敏' },
    ]);
    expect(bulk.runs()[0]).toMatchObject({ runId, changes: count, undone: false });

    cache.change([{ entity: 'customer', id: first, fields: { name: '改过的' } }], user.id);
    expect(undo(runId)).toEqual({ undone: count - 1, kept: 1 });
    expect(names()).toEqual(['改过的', ...ids.slice(1).map((_, index) => ` 客户${index + 1} `)]);
    expect(bulk.runs()[0]).toMatchObject({ runId, undone: true });
    // What is back is not put back twice.
    expect(undo(runId)).toEqual({ undone: 0, kept: count });
  });

  test('reads numbers again, so that they are found', async () => {
    const { runId, changes } = await run({ action: 'normaliseNumbers' });
    expect(changes).toBe(count);
    const [first = ''] = ids;
    expect(cache.card(first)?.contactPoints).toMatchObject([{ normal: '+8613800138000' }]);
    undo(runId);
    expect(cache.card(first)?.contactPoints).toMatchObject([{ normal: null }]);
  });

  test('sets a field of the profile beside the others, and only where it is empty', async () => {
    const [first = '', second = ''] = ids;
    const city = { value: '北京', verifiedOn: '2024-01-01', source: 'desk' };
    cache.change([{ entity: 'customer', id: first, fields: { profile: { city } } }], user.id);
    await run({ action: 'setField', fieldId: 'city', value: '上海', onlyEmpty: true });
    expect(cache.record('customer', first)?.profile).toEqual({ city });
    expect(cache.record('customer', second)?.profile).toMatchObject({ city: { value: '上海' } });
    const { changes } = await run({ action: 'clearField', fieldId: 'city' });
    expect(changes).toBe(count);
  });

  test('touches nobody outside of the filter', async () => {
    filter = { ...filter, kind: 'company' };
    expect((await run({ action: 'addTag', tag: 'firm' })).changes).toBe(0);
    expect(() => bulk.undo(newId())).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
});

test('missing and stale fields are found by class, with the number to dial', async () => {
  const fields = cache.part('customerForm').fields;
  const staleOf = async (valueClass: 'A' | 'B') => {
    const found: StaleCustomer[] = [];
    for (let after: string | null = null; ; ) {
      const wish = { valueClass, fields, today: '2026-11-01', after };
      const part: Awaited<ReturnType<typeof cache.walks.stale>> = await cache.walks.stale(wish);
      found.push(...part.found);
      if (part.next === null) return found;
      after = part.next;
    }
  };
  const found = (await staleOf('B')).find(({ customerId }) => customerId === ids[0]);
  expect(found?.missing).toContain('birthday');
  expect(found?.number).toBe(unread);
  expect(await staleOf('A')).toEqual([]);
});
