import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCallEvents } from '#server/callEvents/callEvents.ts';
import { createAbandonedFollower } from '#server/followUp/abandonedCalls.ts';
import { settleCalls } from '#server/followUp/missedCalls.ts';
import { insertRecords } from '#server/store/records.ts';
import { openStore, type Store } from '#server/store/store.ts';
import type { Call } from '#shared/domain/calls/call.ts';
import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import type { MissedCall } from '#shared/domain/task.ts';
import { createClock } from '#shared/sync/clock.ts';
import { callFields } from '../../support/cacheFixture.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';

const start = Date.UTC(2026, 9, 13, 2);
const now = () => start + 3_600_000;
const number = { numberRaw: '013490001234', numberKey: '+8613490001234' };

describe.each(backendNames)('callers who gave up in a queue on %s', (name) => {
  let backend: Backend;
  let store: Store;
  const clock = createClock('server1', now);
  beforeAll(async () => {
    backend = await startBackend(name);
    store = await openStore(backend.options().database);
  });
  beforeEach(async () => {
    await sql`delete from record where entity in ('call', 'missedCall', 'contactPoint')`.execute(
      store.db,
    );
    await sql`delete from abandoned_call`.execute(store.db);
  });
  afterAll(async () => {
    await store?.close();
    await backend?.stop();
  });

  /** The events are taken, and all that follows from them is done. */
  async function told(events: readonly CallEvent[]): Promise<void> {
    const log = () => {};
    const callEvents = createCallEvents(store, { now, log });
    await callEvents.take(events);
    const follower = createAbandonedFollower({ db: store.db, clock, now, log, callEvents });
    await follower.start();
    await follower.stop();
    await callEvents.stop();
  }

  async function missed(): Promise<MissedCall[]> {
    const { rows } = await sql<{ fields: MissedCall }>`
      select fields from record where entity = 'missedCall'
       order by fields ->> 'firstAt'`.execute(store.db);
    return rows.map(({ fields }) => fields);
  }

  async function deskTells(parts: Partial<Call>): Promise<void> {
    const record = { entity: 'call', id: uuidv7(), fields: callFields({ ...number, ...parts }) };
    await store.db.transaction().execute(async (tx) => {
      await insertRecords(tx, [record], clock.tick(), now());
      await settleCalls(tx, { clock, now }, [record]);
    });
  }

  const of = (callRef: string, at: number) => ({
    id: uuidv7(),
    at,
    callRef,
    source: 'pbx' as const,
  });
  const entered = (callRef: string, at: number, caller?: string): CallEvent => ({
    ...{ name: 'queue.entered', ...of(callRef, at), queueId: 'support' },
    ...(caller !== undefined && { caller }),
  });
  const gaveUp = (callRef: string, at: number): CallEvent => ({
    ...{ name: 'queue.left', ...of(callRef, at), queueId: 'support', how: 'abandoned' },
  });

  test('are in the list of missed calls, once for each caller, with the customer whose number it is', async () => {
    const customerId = uuidv7();
    const point = {
      entity: 'contactPoint',
      id: uuidv7(),
      fields: { customerId, kind: 'phone', raw: number.numberRaw, normal: number.numberKey },
    };
    await store.db.transaction().execute((tx) => insertRecords(tx, [point], clock.tick(), now()));
    await told([entered('a1', start, number.numberRaw), gaveUp('a1', start + 3_000)]);
    await told([
      entered('a2', start + 60_000, number.numberRaw),
      gaveUp('a2', start + 90_000),
      entered('a3', start + 70_000, '02160001111'),
      gaveUp('a3', start + 71_000),
    ]);
    expect(await missed()).toMatchObject([
      {
        ...{ ...number, customerId, queueId: 'support', state: 'open' },
        ...{ callRefs: ['a1', 'a2'], firstAt: start, lastAt: start + 60_000 },
      },
      { numberKey: '+862160001111', customerId: null, callRefs: ['a3'] },
    ]);
  });

  test('are of one customer where the records with the number were found to be one', async () => {
    const [winner, loser] = [uuidv7(), uuidv7()];
    const customers = [
      { entity: 'customer', id: winner, fields: { name: '王芳', mergedInto: null } },
      { entity: 'customer', id: loser, fields: { name: '王芳', mergedInto: winner } },
    ];
    const points = [winner, loser].map((customerId) => ({
      entity: 'contactPoint',
      id: uuidv7(),
      fields: { customerId, kind: 'phone', raw: number.numberRaw, normal: number.numberKey },
    }));
    const records = [...customers, ...points];
    await store.db.transaction().execute((tx) => insertRecords(tx, records, clock.tick(), now()));
    await told([entered('e1', start, number.numberRaw), gaveUp('e1', start + 3_000)]);
    expect(await missed()).toMatchObject([{ customerId: winner, callRefs: ['e1'] }]);
  });

  test('are one with what a desk tells of the same call, and done when the caller was reached', async () => {
    await deskTells({
      ...{ callRef: 'b1', offeredAt: start + 1_000, answeredAt: null, endedAt: start + 5_000 },
      ...{ result: 'abandoned', direction: 'in' },
    });
    await told([entered('b1', start, number.numberRaw), gaveUp('b1', start + 5_000)]);
    await told([entered('b2', start + 9_000, number.numberRaw), gaveUp('b2', start + 12_000)]);
    expect(await missed()).toMatchObject([{ state: 'open', callRefs: ['b1', 'b2'] }]);
    await deskTells({
      ...{ callRef: 'b3', direction: 'out', result: 'answered' },
      ...{ offeredAt: start + 50_000, answeredAt: start + 60_000, endedAt: start + 90_000 },
    });
    expect(await missed()).toMatchObject([
      { state: 'handled', outcome: 'calledBack', callRefs: ['b1', 'b2'] },
    ]);
  });

  test('are not missed where an agent answered, also when that is told later', async () => {
    const answered: CallEvent = {
      ...{ name: 'agent.answered', ...of('c1', start + 2_000), queueId: 'support' },
      agentId: uuidv7(),
    };
    await told([entered('c1', start, number.numberRaw), gaveUp('c1', start + 9_000)]);
    expect(await missed()).toMatchObject([{ state: 'open', callRefs: ['c1'] }]);
    await told([answered]);
    const { rows } = await sql`select 1 from abandoned_call`.execute(store.db);
    expect(rows).toEqual([]);
  });

  test('stand alone where the number is withheld, and are history after a month', async () => {
    const long = start - 40 * 86_400_000;
    await told([
      ...[entered('d1', start), gaveUp('d1', start + 5_000)],
      ...[entered('d2', start + 1), gaveUp('d2', start + 5_000)],
      ...[entered('d3', long, number.numberRaw), gaveUp('d3', long + 5_000)],
    ]);
    const withheld = { numberRaw: '', numberKey: null, state: 'open' };
    expect(await missed()).toMatchObject([
      { ...withheld, callRefs: ['d1'] },
      { ...withheld, callRefs: ['d2'] },
    ]);
  });

  test('told by desks alone stay with the desks', async () => {
    const byDesk = (event: CallEvent): CallEvent => ({ ...event, source: 'desk' });
    await told([entered('e1', start, number.numberRaw), gaveUp('e1', start + 9_000)].map(byDesk));
    expect(await missed()).toEqual([]);
  });
});
