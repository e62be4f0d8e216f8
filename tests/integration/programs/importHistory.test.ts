import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentHash } from '#electron/cache/check/contentText.ts';
import { clocksOf } from '#server/store/clockSets.ts';
import { hashRanges } from '#server/store/feed/ranges.ts';
import { insertChangeHistory, insertImported, type Origin } from '#server/store/importRows.ts';
import { lockRecords, readRecord, updateRecords } from '#server/store/records.ts';
import { openStore, type Store } from '#server/store/store.ts';
import { newId } from '#shared/domain/ids.ts';
import { mergeFields } from '#shared/sync/merge.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';

const authorId = newId();
const originAt = (atMs: number): Origin => ({
  device: 'import0000001',
  authorId,
  stamp: `${atMs.toString(16).padStart(12, '0')}-0000-import0000001`,
  atMs,
});

describe.each(backendNames)('the history of imports on %s', (name) => {
  let backend: Backend;
  let store: Store;

  beforeAll(async () => {
    backend = await startBackend(name);
    store = await openStore(backend.options().database);
  });
  afterAll(async () => {
    await store?.close();
    await backend?.stop();
  });

  it('has an entry for each record as it was made, and for each change', async () => {
    const [made, changed] = [originAt(1_000), originAt(2_000)];
    const ids = [newId(), newId()];
    const fields = [
      { no: 'K1', name: '王 "小" \\ O’Hara\n', tags: ['a'] },
      { no: 'K2', name: '李四', tags: [] },
    ];
    await store.db.transaction().execute(async (tx) => {
      await insertImported(tx, { entity: 'customer', ids, fields }, made);
      const change = { operationId: newId(), entity: 'customer', id: ids[0] ?? '' };
      const more = { baseVersion: 1, version: 2, stamp: changed.stamp, fields: { no: 'K3' } };
      await insertChangeHistory(tx, [{ ...change, ...more }], changed);
    });
    const { rows } = await sql`
      select entity_id as id, clock, device, author, made_at as "atMs", fields, outcome, version
        from history where entity = 'customer' order by clock, entity_id`.execute(store.db);
    const entry = { device: made.device, author: authorId, outcome: 'applied' };
    const atFirst = { ...entry, clock: made.stamp, atMs: made.atMs, version: 1 };
    expect(rows).toEqual([
      { ...atFirst, id: ids[0], fields: fields[0] },
      { ...atFirst, id: ids[1], fields: fields[1] },
      {
        ...entry,
        clock: changed.stamp,
        atMs: changed.atMs,
        version: 2,
        id: ids[0],
        fields: { no: 'K3' },
      },
    ]);
    const records = await store.db
      .selectFrom('record')
      .select(['id', 'fields', clocksOf('record').as('clocks')])
      .where('entity', '=', 'customer')
      .orderBy('seq')
      .execute();
    const clocks = { no: made.stamp, name: made.stamp, tags: made.stamp };
    expect(records).toEqual(ids.map((id, place) => ({ id, fields: fields[place], clocks })));
  });

  it('keeps the stamps of a batch once, until a record is written anew', async () => {
    const { db } = store;
    const [origin, later] = [originAt(3_000), originAt(4_000)];
    const ids = [newId(), newId(), newId()].sort();
    const fields = ids.map((_, place) => ({ label: 'home', raw: `0 ${place}` }));
    await db.transaction().execute(async (tx) => {
      await insertImported(tx, { entity: 'contactPoint', ids, fields }, origin);
    });
    const { rows } = await sql<{ sets: number; own: number }>`
      select count(distinct clock_set_id)::int as sets, count(clocks)::int as own
        from record where entity = 'contactPoint'`.execute(db);
    expect(rows).toEqual([{ sets: 1, own: 0 }]);

    const clocks = { label: origin.stamp, raw: origin.stamp };
    await db.transaction().execute(async (tx) => {
      const [held] = await lockRecords(tx, [{ entity: 'contactPoint', id: ids[0] ?? '' }]);
      if (!held) throw new Error('the record is not there');
      expect(held).toMatchObject({ fields: fields[0], clocks });
      const merged = mergeFields(held, { fields: { label: 'work' }, clock: later.stamp });
      await updateRecords(tx, [{ ...held, ...merged, version: 2 }], later.atMs);
    });
    const stamps = await Promise.all(ids.map((id) => readRecord(db, 'contactPoint', id)));
    expect(stamps.map((record) => record?.clocks)).toEqual([
      { label: later.stamp, raw: origin.stamp },
      clocks,
      clocks,
    ]);

    const lines = stamps.map(
      (record, place) =>
        `${ids[place]} ${record?.version} ${contentHash(record?.fields, record?.clocks)}\n`,
    );
    const ranges = await db
      .transaction()
      .execute((tx) =>
        hashRanges(
          tx,
          { entity: 'contactPoint', sight: 'all' },
          { after: null, most: 2, at: { xid: 2n ** 40n, seq: 0n }, origin: 0n },
        ),
      );
    expect(ranges).toEqual([
      { upTo: null, count: 3, hash: hash('sha256', lines.join('')), moved: [] },
    ]);
  });
});
