import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCallEvents } from '#server/callEvents/callEvents.ts';
import { loadCallHistory } from '#server/seed/callHistory.ts';
import { openStore, type Store } from '#server/store/store.ts';
import { callDays } from '#shared/sample/callDays/callDays.ts';
import { homeDayOf } from '#shared/sample/callDays/demand.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';

const options = {
  ...{ calls: 120, seed: 7, fromDay: homeDayOf(Date.UTC(2026, 9, 13, 4)), days: 2 },
  ...{ queues: 5, withEvents: true },
};
const tables = {
  call_event: 'id, at, name, source, call_ref, agent_id, queue_id, detail',
  queue_entry: '*',
  call_handle: '*',
  ring_no_answer: '*',
  agent_stretch: '*',
  queue_cell: '*',
  agent_cell: '*',
  agent_time_cell: '*',
};

describe.runIf(backendNames.includes('postgres'))('a made-up history of calls', () => {
  let backend: Backend;
  const open: Store[] = [];
  beforeAll(async () => {
    backend = await startBackend('postgres');
  });
  afterAll(async () => {
    for (const store of open) await store.close();
    await backend?.stop();
  });

  async function database() {
    const place = backend.options().database;
    if (place.kind !== 'postgres') throw new Error('this is about PostgreSQL');
    const store = await openStore(place);
    open.push(store);
    return { store, url: place.url };
  }

  async function content(store: Store) {
    const found: Record<string, unknown[]> = {};
    for (const [table, columns] of Object.entries(tables)) {
      const { rows } = await sql<{ row: string }>`
        select to_jsonb(whole)::text as row
          from (select ${sql.raw(columns)} from ${sql.table(table)}) as whole order by 1`.execute(
        store.db,
      );
      found[table] = rows.map(({ row }) => row);
    }
    return found;
  }

  test('stands in the tables as the server would have made it of the same events', async () => {
    const loaded = await database();
    const told = await database();
    expect(await loadCallHistory(loaded.url, options)).toMatchObject({ calls: 120 });

    const callEvents = createCallEvents(told.store, { now: () => 0, log: () => {} });
    for (const { events } of callDays(options)) await callEvents.take(events);
    await callEvents.stop();

    expect(await content(loaded.store)).toEqual(await content(told.store));
    const indexesOf = (store: Store) =>
      sql`select indexdef from pg_indexes where tablename = any(${Object.keys(tables)}) order by 1`.execute(
        store.db,
      );
    expect((await indexesOf(loaded.store)).rows).toEqual((await indexesOf(told.store)).rows);
  });
});
