import { CompiledQuery, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRules } from '#server/callEvents/recountCells.ts';
import { takeEvents } from '#server/callEvents/takeEvents.ts';
import { saveSetting } from '#server/settings/settings.ts';
import { sumAgentCells, sumAgentTime, sumQueueCells } from '#server/store/calls/callCells.ts';
import { openStore, type Store } from '#server/store/store.ts';
import { addAgentCounts, noAgentCounts } from '#shared/domain/metrics/agentFigures.ts';
import { addTime, noTime } from '#shared/domain/metrics/agentTime.ts';
import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import { addCounts, noCounts, ratesOf, usualTargets } from '#shared/domain/metrics/queueFigures.ts';
import { usualSupervision } from '#shared/domain/settings/supervision.ts';
import { createClock } from '#shared/sync/clock.ts';
import { agentCellsInSql, queueCellsInSql, timeCellsInSql } from '../../support/countedInSql.ts';
import {
  agentIds,
  queues,
  randomCall,
  randomStates,
  seeded,
  shuffled,
} from '../../support/randomCalls.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';

const first = Date.UTC(2024, 0, 1);
const dayMs = 86_400_000;
/** Of each database; the embedded one is the same software, and slower. */
const dayCounts = { postgres: 1_000, pglite: 40 };
const callsADay = 3;
const daysAtOnce = 100;

const targets = {
  support: { ...usualTargets, answerWithinMs: 30_000 },
  sales: { ...usualTargets, shortAbandonMs: 3_000, denominator: 'answeredAndAbandoned' as const },
  complaints: { ...usualTargets, answerWithinMs: 10_000, denominator: 'answered' as const },
};

describe.each(backendNames)('counted a second time in plain SQL, on %s', (name) => {
  let backend: Backend;
  let store: Store;
  const dayCount = dayCounts[name];
  const edges = Array.from({ length: dayCount + 3 }, (_, n) => first + n * dayMs);
  const whole = [edges[0] ?? 0, edges.at(-1) ?? 0];

  beforeAll(async () => {
    backend = await startBackend(name);
    store = await openStore(backend.options().database);
    await setTargets();
    const random = seeded(dayCount);
    for (let day = 0; day < dayCount; day += daysAtOnce) {
      const days = Array.from({ length: Math.min(daysAtOnce, dayCount - day) }, (_, n) => day + n);
      const told = shuffled(
        random,
        days.flatMap((n) => eventsOfDay(random, n)),
      );
      await store.db.transaction().execute((tx) => takeEvents(tx, told, first));
    }
    await sql`analyze call_event`.execute(store.db);
    // Thousands of calls are worked out here: that is computing, as long as a busy machine may take.
  }, 300_000);
  afterAll(async () => {
    await store?.close();
    await backend?.stop();
  });

  async function setTargets(): Promise<void> {
    const clock = createClock('secondcount1', Date.now);
    const value = { ...usualSupervision, targets };
    const by = { id: '00000000-0000-7000-8000-000000000001', name: 'Tester', device: 'test' };
    const setting = { db: store.db, clock, now: Date.now };
    const saved = await saveSetting(setting, 'supervision', { value, version: 0 }, by);
    expect(saved).toMatchObject({ ok: true });
    expect((await readRules(store.db)).targets).toEqual(targets);
  }

  function eventsOfDay(random: () => number, day: number): CallEvent[] {
    const from = first + day * dayMs;
    const calls = Array.from({ length: callsADay }, (_, n) => `${day}.${n}`);
    const agent = agentIds[day % agentIds.length] ?? '';
    return [
      ...calls.flatMap((callRef) => randomCall(random, callRef, from)),
      ...randomStates(random, agent, from),
    ];
  }

  async function counted(text: string, parameters: unknown[] = []) {
    return (await store.db.executeQuery(CompiledQuery.raw(text, parameters))).rows;
  }

  async function cells(table: string, order: string[]) {
    const by = sql.join(order.map((column) => sql.ref(column)));
    return (await sql`select * from ${sql.table(table)} order by ${by}`.execute(store.db)).rows;
  }

  const given = Object.entries(targets).map(([queue_id, target]) => ({
    ...{ queue_id, within_ms: target.answerWithinMs, short_ms: target.shortAbandonMs },
    denominator: target.denominator,
  }));

  test('the cells of queues', async () => {
    const ours = await cells('queue_cell', ['at', 'queue_id']);
    expect(ours.length).toBeGreaterThan(dayCount);
    expect(ours).toEqual(await counted(queueCellsInSql, [JSON.stringify(given)]));
  });

  test('the cells of agents', async () => {
    const ours = await cells('agent_cell', ['at', 'agent_id', 'queue_id']);
    expect(ours.length).toBeGreaterThan(dayCount);
    expect(ours).toEqual(await counted(agentCellsInSql, [JSON.stringify(given)]));
  });

  test('times of agents in their states', async () => {
    const ours = await cells('agent_time_cell', ['at', 'agent_id']);
    expect(ours.length).toBeGreaterThan(dayCount);
    expect(ours).toEqual(await counted(timeCellsInSql));
  });

  test('the days sum to the whole, queues to all of them, and nothing is lost between', async () => {
    const { db } = store;
    const all = (await sumQueueCells(db, { edges: whole, byQueue: false }))[0];
    const days = await sumQueueCells(db, { edges, byQueue: true });
    expect(days.map(({ counts }) => counts).reduce(addCounts, noCounts)).toEqual(all?.counts);
    expect(days.reduce((sum, { answeredHere }) => sum + answeredHere, 0)).toBe(
      all?.counts.answered,
    );
    for (const { counts } of days) {
      const { answered, abandoned, callBacks, overflowed, unseen, waiting } = counts;
      expect(answered + abandoned + callBacks + overflowed + unseen + waiting).toBe(counts.offered);
      const { answerSpeedMs: _speed, ...shares } = ratesOf(counts);
      for (const share of Object.values(shares)) expect(share ?? 0).toBeLessThanOrEqual(1);
    }
    const some = await sumQueueCells(db, { edges, byQueue: true, queueIds: queues.slice(0, 1) });
    expect(some).toEqual(days.filter(({ queueId }) => queueId === queues[0]));
  });

  test('agents sum to all of them, with their queues and without', async () => {
    const { db } = store;
    const all = (await sumAgentCells(db, { edges: whole, byAgent: false, byQueue: false }))[0];
    const parts = await sumAgentCells(db, { edges, byAgent: true, byQueue: true });
    expect(parts.map(({ counts }) => counts).reduce(addAgentCounts, noAgentCounts)).toEqual(
      all?.counts,
    );
    const queue = (await sumQueueCells(db, { edges: whole, byQueue: false }))[0];
    expect(all?.counts.answered).toBe(queue?.counts.answered);
    expect(all?.counts.transferred).toBe(queue?.counts.transferred);
    const times = { edges, byAgent: true, now: whole[1] ?? 0 };
    const time = (await sumAgentTime(db, { ...times, edges: whole, byAgent: false }))[0];
    const timeParts = await sumAgentTime(db, times);
    expect(timeParts.map((part) => part.time).reduce(addTime, noTime)).toEqual(time?.time);
  });
});
