import { expect, test } from 'vitest';
import { entityNames } from '#shared/sync/entities.ts';
import type { CacheSync } from '../cache/cache.ts';
import type { CheckPlace } from '../cache/check/progress.ts';
import { createComparer } from './comparer.ts';
import type { Transport } from './transport.ts';

const scope = 'a'.repeat(16);
const lineage = 'lineage-1';

/** A cache of which every range is as the server has it; timers run when the test lets them. */
function site() {
  let now = 1_000_000;
  let place: CheckPlace | null = null;
  let finishedAt: number | null = now;
  const timers: { at: number; run: () => void }[] = [];
  const cache = {
    cursor: () => '1.1',
    scope: () => scope,
    lineage: () => lineage,
    firstSyncDone: () => true,
    check: {
      hash: async () => 'same',
      progress: {
        place: () => place,
        begin() {
          place = { entity: 'task', after: null };
        },
        moveTo(next: CheckPlace) {
          place = next;
        },
        finish(at: number) {
          place = null;
          finishedAt = at;
        },
        finishedAt: () => finishedAt,
      },
    },
  } as unknown as CacheSync;
  const asked: string[] = [];
  const transport = {
    async hash(_cursor: string, entity: string) {
      asked.push(entity);
      return { ranges: [{ upTo: null, count: 0, hash: 'same', moved: [] }], scope, lineage };
    },
  } as unknown as Transport;
  let ready = 0;
  const comparer = createComparer(cache, {
    clock: {
      now: () => now,
      after(ms, run) {
        const timer = { at: now + ms, run };
        timers.push(timer);
        return () => void timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
      },
    },
    log: { info() {}, warn() {}, error() {} },
    random: () => 0,
    ready: () => {
      ready += 1;
    },
  });
  return {
    comparer,
    asked,
    timers,
    readyTimes: () => ready,
    /** Lets the next timer run. */
    next() {
      const [timer] = timers.splice(0, 1);
      if (!timer) throw new Error('nothing is planned');
      now = Math.max(now, timer.at);
      timer.run();
      return now;
    },
    step: () => comparer.step(transport),
  };
}

test('work that goes on and on does not put a comparison off for ever', () => {
  const { comparer, timers, next, readyTimes } = site();
  comparer.begin();
  for (let round = 0; round < 5; round += 1) comparer.plan();
  expect(timers).toHaveLength(1);
  next();
  expect(readyTimes()).toBe(1);
  expect(comparer.isReady()).toBe(true);
});

test('goes through all entities, a step at a time, and is over', async () => {
  const { comparer, asked, next, step, timers } = site();
  comparer.begin();
  let outcome = 'on';
  while (outcome === 'on') {
    next();
    outcome = await step();
    comparer.plan();
  }
  expect(outcome).toBe('done');
  expect(asked).toHaveLength(entityNames.length);
  expect(asked.slice(0, 3)).toEqual(['task', 'notification', 'call']);
  // The next one is a day away; the clock is looked at every hour.
  expect(timers).toHaveLength(1);
});

test('begins by itself a day after the last one, whatever the desk slept', () => {
  const { comparer, next, readyTimes } = site();
  comparer.plan();
  let looks = 0;
  while (readyTimes() === 0) {
    next();
    looks += 1;
  }
  expect(looks).toBe(24);
});

test('one that is asked for does not wait for the daily one', () => {
  const { comparer, next, timers, readyTimes } = site();
  comparer.plan();
  comparer.begin();
  expect(timers).toHaveLength(1);
  next();
  expect(readyTimes()).toBe(1);
});

test('waits longer where the server had no time', async () => {
  const { comparer, next, step } = site();
  comparer.begin();
  const first = next();
  await step();
  comparer.refused();
  comparer.plan();
  expect(next() - first).toBeGreaterThanOrEqual(5_000);
  await step();
  comparer.plan();
  const second = next();
  comparer.stop();
  expect(comparer.isReady()).toBe(false);
  expect(second).toBeGreaterThan(first);
});

test('plans nothing while a step is on its way: the last one would be followed by a whole comparison', async () => {
  const { comparer, asked, next, step, timers, readyTimes } = site();
  comparer.begin();
  let outcome = 'on';
  while (outcome === 'on') {
    next();
    const running = step();
    // Other work came to its end meanwhile.
    comparer.plan();
    expect(timers).toHaveLength(0);
    outcome = await running;
    comparer.plan();
  }
  expect(outcome).toBe('done');
  expect(asked).toHaveLength(entityNames.length);
  const ready = readyTimes();
  next();
  expect(readyTimes()).toBe(ready);
  expect(comparer.isReady()).toBe(false);
});
