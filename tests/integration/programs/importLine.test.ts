import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runImport } from '#server/importing/runImport.ts';
import {
  changeImport,
  earlierRuns,
  insertBatch,
  insertChunk,
  insertImport,
  placeInLine,
  readImport,
} from '#server/store/imports.ts';
import { openStore, type Store } from '#server/store/store.ts';
import { newId } from '#shared/domain/ids.ts';
import { createClock } from '#shared/sync/clock.ts';
import type { ImportSettings } from '#shared/sync/importing.ts';
import { type Backend, backendNames, startBackend } from '#tests/support/serverBackends.ts';

const settings: ImportSettings = {
  ...{ format: 'csv', encoding: 'utf-8', delimiter: ',', quote: '"', header: true, sheet: null },
  ...{ dateOrder: 'ymd', decimal: '.', columns: ['name'], duplicates: 'skip', matchBy: ['no'] },
};

describe.each(backendNames)('imports that run on %s', (name) => {
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

  async function uploaded(text: string): Promise<string> {
    const id = newId();
    const bytes = Buffer.from(text);
    const by = { userId: newId(), userName: 'Xu Jing', language: 'en' };
    const file = { kind: 'customers', fileName: 'file.csv', size: bytes.length };
    await insertImport(store.db, { id, ...file, ...by }, 1);
    await store.db.transaction().execute((tx) => insertChunk(tx, id, 0, bytes));
    return id;
  }

  async function begin(id: string, nowMs: number, batchRows = 3): Promise<void> {
    await store.db.transaction().execute(async (tx) => {
      const change = { state: 'running', task: 'run', settings: { ...settings, batchRows } };
      await changeImport(tx, id, change, await placeInLine(tx, nowMs));
    });
  }

  async function workOff(id: string): Promise<void> {
    const run = { id: newId(), payload: { importId: id }, attempt: 1, fence: async () => {} };
    const clock = createClock('server000000000001', () => 6_000);
    const options = { db: store.db, clock, now: () => 6_000, lanes: 1, batchRows: 5 };
    await runImport({ ...run, signal: new AbortController().signal }, options);
  }

  it('wait for those that began before them, whichever came first and whatever the clocks say', async () => {
    const [first, second, third] = [await uploaded('a'), await uploaded('b'), await uploaded('c')];
    await begin(second, 1_000);
    await begin(first, 500);
    await begin(third, 2_000);
    expect(await earlierRuns(store.db, second)).toBe(false);
    expect(await earlierRuns(store.db, first)).toBe(true);
    expect(await earlierRuns(store.db, third)).toBe(true);
    await changeImport(store.db, second, { state: 'done' }, 3_000);
    expect(await earlierRuns(store.db, first)).toBe(false);
    expect(await earlierRuns(store.db, third)).toBe(true);
    for (const id of [first, third]) await changeImport(store.db, id, { state: 'failed' }, 4_000);
  });

  it('go on in batches of the size that they began with', async () => {
    const names = Array.from({ length: 8 }, (_, n) => `Lin ${n}`);
    const id = await uploaded(`name\n${names.join('\n')}\n`);
    await begin(id, 5_000);
    const done = { updated: 0, unchanged: 0, skipped: 0, flagged: 0, wrong: 0, reasons: {} };
    const counts = { rows: 3, new: 3, ...done };
    await store.db.transaction().execute((tx) => insertBatch(tx, id, 0, counts));
    await workOff(id);
    const ended = await readImport(store.db, id);
    expect(ended).toMatchObject({ state: 'done', counts: { rows: 8, new: 8 } });
    const made = await store.db
      .selectFrom('record')
      .select('fields')
      .where('entity', '=', 'customer')
      .execute();
    const written = made.map(({ fields }) => String(fields.name)).filter((one) => /^Lin/.test(one));
    expect(written.sort()).toEqual(names.slice(3));
  });

  it('leave the database knowing how much there is, so that what came is read page by page', async () => {
    const names = Array.from({ length: 4_000 }, (_, n) => `Zhou ${n}`);
    const id = await uploaded(`name\n${names.join('\n')}\n`);
    await begin(id, 7_000, 1_000);
    await workOff(id);
    const { rows } = await sql<{ known: number; there: number }>`
      select (select reltuples from pg_class where oid = 'record'::regclass) as known,
             (select count(*)::int from record) as there`.execute(store.db);
    const [{ known, there } = { known: 0, there: 0 }] = rows;
    expect(there).toBeGreaterThanOrEqual(names.length);
    expect(Math.abs(known - there)).toBeLessThan(there / 10);
  });
});
