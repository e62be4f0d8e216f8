import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noCounts, type QueueCounts, ratesOf } from '#shared/domain/metrics/queueFigures.ts';
import { catalogue } from '#shared/domain/reports/catalogue.ts';
import { noFilters } from '#shared/domain/reports/request.ts';
import { zoneOf } from '#shared/domain/serviceLevels/zonedTime.ts';
import { usualSupervision } from '#shared/domain/settings/supervision.ts';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import type { Db } from '../store/store.ts';
import { addCalls, type CallSums, noCalls, queueSums } from './callFigures.ts';
import { edgesOf, type Frame, intervalIndex } from './frame.ts';
import { type Bucket, figures } from './tables.ts';

const hourMs = 3_600_000;
const intervals = Array.from({ length: 6 }, (_, n) => ({ from: n * hourMs, to: (n + 1) * hourMs }));
const utc = zoneOf('UTC');
if (!utc) throw new Error('no such zone');
const frame: Frame = {
  // Nothing here looks into it.
  db: Object.create(null) as Db,
  request: {
    report: 'queues',
    range: { kind: 'days', from: '2026-01-01', to: '2026-01-01' },
    ...{ zone: 'UTC', interval: '60min', groupBy: 'queue', filters: noFilters, language: 'en' },
  },
  now: 100 * hourMs,
  zone: utc,
  days: { from: '2026-01-01', to: '2026-01-01' },
  range: { from: 0, to: 6 * hourMs },
  intervals,
  users: new Map(),
  configuration: defaultConfiguration,
  rules: usualSupervision,
  ...{ agentIds: null, queueIds: null, categoryIds: null },
  names: {
    ...{ agent: (id) => id, queue: (id) => id, team: (id) => id, category: (id) => id },
    ...{ disposition: (id) => id, word: (_list, name) => name },
  },
};

const countsArb: fc.Arbitrary<QueueCounts> = fc
  .record({
    offered: fc.nat(200),
    answered: fc.nat(100),
    abandoned: fc.nat(100),
    shortAbandoned: fc.nat(20),
    answeredInTime: fc.nat(50),
    levelBase: fc.nat(100),
    answerWaitMs: fc.nat(1_000_000),
    longestWaitMs: fc.nat(300_000),
    transferred: fc.nat(10),
  })
  // Nobody waited where nobody came.
  .map((counts) => ({
    ...{ ...noCounts, ...counts },
    longestWaitMs: counts.offered === 0 ? 0 : counts.longestWaitMs,
  }));
const bucketArb: fc.Arbitrary<Bucket<CallSums>> = fc.record({
  interval: fc.nat(5),
  group: fc.constantFrom('support', 'sales', null),
  sum: fc
    .record({ counts: countsArb, answeredHere: fc.nat(50) })
    .map((one) => ({ ...noCalls, ...one })),
});
const columns = catalogue.queues.columns;
const column = (id: string) => columns.findIndex((one) => one.id === id);

test('totals are the figures of all sums together, however they are cut and in whatever order', () => {
  fc.assert(
    fc.property(fc.array(bucketArb, { maxLength: 40 }), (buckets) => {
      const { rows, totals } = figures(frame, columns, buckets, queueSums);
      const total = buckets.map(({ sum }) => sum).reduce(addCalls, noCalls);
      expect(totals[column('serviceLevel')] ?? null).toBe(ratesOf(total.counts).serviceLevel);
      expect(totals[column('answerSpeed')] ?? null).toBe(ratesOf(total.counts).answerSpeedMs);
      for (const id of ['offered', 'answered', 'abandoned', 'answeredHere']) {
        const sum = rows.reduce((all, { cells }) => all + Number(cells[column(id)]), 0);
        expect(sum).toBe(totals[column(id)]);
      }
      const longest = rows.map(({ cells }) => Number(cells[column('longestWait')]));
      expect(totals[column('longestWait')] ?? 0).toBe(Math.max(0, ...longest));
      const again = figures(frame, columns, buckets.toReversed(), queueSums);
      expect(again.totals).toEqual(totals);
      expect(again.rows).toEqual(rows);
    }),
  );
});

test('without groups every interval has its row, also the quiet ones', () => {
  const alone: Frame = { ...frame, request: { ...frame.request, groupBy: 'none' } };
  const { rows, totals } = figures(alone, columns, [], queueSums);
  expect(rows.map(({ interval }) => interval)).toEqual(intervals);
  expect(totals[column('offered')]).toBe(0);
  expect(totals[column('serviceLevel')]).toBeNull();
});

test.each([
  [-1, -1],
  [0, 0],
  [hourMs - 1, 0],
  [hourMs, 1],
  [6 * hourMs - 1, 5],
  [6 * hourMs, -1],
])('%i lies in interval %i', (at, index) => {
  expect(intervalIndex(edgesOf(frame), at)).toBe(index);
});
