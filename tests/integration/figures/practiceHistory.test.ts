import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCallEvents } from '#server/callEvents/callEvents.ts';
import type { JobHandler } from '#server/jobs/jobs.ts';
import { handlePracticeHistory } from '#server/seed/practiceHistory.ts';
import { practiceSeed } from '#server/seed/practiceSample.ts';
import { openStore, type Store } from '#server/store/store.ts';
import { historyOf } from '#shared/domain/metrics/callHistory.ts';
import {
  addCounts,
  countEntries,
  noCounts,
  usualTargets,
} from '#shared/domain/metrics/queueFigures.ts';
import { homeDayOf } from '#shared/sample/callDays/demand.ts';
import { practiceDay } from '#shared/sample/callDays/practiceDay.ts';
import { createClock } from '#shared/sync/clock.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';

/** A Monday: the two days before it are quiet ones. */
const nowMs = Date.UTC(2026, 10, 9, 3);
const wish = { days: 2, customers: 50, nowMs, pbx: 'practice.invalid' };
const days = [1, 2].map((back) => {
  const size = { customers: wish.customers, seed: practiceSeed };
  return practiceDay({ ...size, day: homeDayOf(nowMs) - back, asOfMs: nowMs, pbx: wish.pbx });
});

describe.each(backendNames)('calls of the last days in practice on %s', (name) => {
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

  async function makeDays(): Promise<void> {
    const now = () => nowMs;
    const callEvents = createCallEvents(store, { now, log: () => {} });
    const clock = createClock('server1', now);
    const handlers: JobHandler[] = [];
    const handle = (_: string, handler: JobHandler) => void handlers.push(handler);
    const pause = () => Promise.resolve();
    handlePracticeHistory({ handle }, { db: store.db, clock, now, take: callEvents.take, pause });
    const run = () =>
      handlers[0]?.({
        ...{ id: 'a job', payload: wish, attempt: 1, signal: new AbortController().signal },
        fence: async () => {},
      });
    // At first it waits until the server has other things behind it.
    expect(await run()).toMatchObject({ againInMs: expect.any(Number) });
    expect(await run()).toBeUndefined();
    await callEvents.stop();
  }

  async function counted() {
    const { rows } = await sql<Record<string, number>>`
      select (select count(*)::int from call_event) as events,
             (select count(*)::int from record) as records,
             (select sum(offered)::int from queue_cell) as offered,
             (select sum(answered)::int from queue_cell) as answered,
             (select sum(abandoned)::int from queue_cell) as abandoned,
             (select sum(handled)::int from agent_cell) as handled,
             (select count(*)::int from record where entity = 'ticket' and fields ->> 'no' is null) as unnumbered
    `.execute(store.db);
    return rows[0];
  }

  test('are in the cells, the journal and the tickets; made again, nothing is there twice', async () => {
    await makeDays();
    const histories = days.map(({ events }) => historyOf(events));
    const sum = histories
      .map(({ entries }) => countEntries(entries, usualTargets, nowMs))
      .reduce(addCounts, noCounts);
    const expected = {
      events: days.flatMap(({ events }) => events).length,
      records: days.flatMap(({ records }) => records).length,
      ...{ offered: sum.offered, answered: sum.answered, abandoned: sum.abandoned },
      handled: histories.flatMap(({ handles }) => handles).length,
      unnumbered: 0,
    };
    expect(await counted()).toEqual(expected);
    // A crash behind the last record and before anybody had noted it.
    await store.db.deleteFrom('meta').where('key', 'like', 'practice%').execute();
    await makeDays();
    expect(await counted()).toEqual(expected);
  });
});
