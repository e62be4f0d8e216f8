import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CallEvents, createCallEvents } from '#server/callEvents/callEvents.ts';
import { openStore, type Store } from '#server/store/store.ts';
import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import { agentIds, randomCall, randomStates, seeded, shuffled } from '../support/randomCalls.ts';
import { type Backend, backendNames, startBackend } from '../support/serverBackends.ts';

const day = Date.UTC(2026, 10, 16);
const dayMs = 86_400_000;
const derived = ['queue_entry', 'call_handle', 'ring_no_answer', 'agent_stretch'];
const cells = ['queue_cell', 'agent_cell', 'agent_time_cell'];

describe.each(backendNames)('call events on %s', (name) => {
  let backend: Backend;
  let store: Store;
  let callEvents: CallEvents;
  const said: string[] = [];

  beforeAll(async () => {
    backend = await startBackend(name);
    store = await openStore(backend.options().database);
    callEvents = createCallEvents(store, {
      now: () => day + 2 * dayMs,
      log: (_level, message, fields) => void said.push(`${message} ${JSON.stringify(fields)}`),
    });
    await callEvents.start();
  });
  afterAll(async () => {
    await callEvents?.stop();
    await store?.close();
    await backend?.stop();
  });

  async function picture(): Promise<Record<string, unknown[]>> {
    const found: Record<string, unknown[]> = {};
    for (const table of [...derived, ...cells]) {
      const { rows } = await sql`select * from ${sql.table(table)} as t order by t::text`.execute(
        store.db,
      );
      found[table] = rows;
    }
    return found;
  }

  async function empty(): Promise<void> {
    await sql`truncate call_event, call_alias, ${sql.join([...derived, ...cells].map((one) => sql.table(one)))}`.execute(
      store.db,
    );
  }

  function someDay(seed: number): CallEvent[] {
    const random = seeded(seed);
    const calls = Array.from({ length: 25 }, (_, n) => randomCall(random, `call ${n}`, day));
    return [...calls.flat(), ...agentIds.flatMap((id) => randomStates(random, id, day))];
  }

  test('whatever the order, and however often told: the same entries, handles, states and cells', async () => {
    for (const seed of [1, 2, 3]) {
      const events = someDay(seed);
      const random = seeded(seed + 100);
      await empty();
      await callEvents.take(events);
      const expected = await picture();
      expect(expected.queue_cell?.length).toBeGreaterThan(0);
      await empty();
      const told = shuffled(random, [...events, ...shuffled(random, events).slice(0, 40)]);
      while (told.length > 0) await callEvents.take(told.splice(0, 1 + Math.floor(random() * 20)));
      expect(await picture()).toEqual(expected);
    }
    expect(said).toEqual([]);
  });
});
