import { describe, expect, test } from 'vitest';
import type { EntryEnd, QueueEntry } from './queueEntry.ts';
import { addCounts, countEntries, noCounts, ratesOf, usualTargets } from './queueFigures.ts';

let made = 0;
function entry(seconds: number, end: EntryEnd | null, parts: Partial<QueueEntry> = {}): QueueEntry {
  made += 1;
  return {
    ...{ id: `e${made}`, callRef: `c${made}`, queueId: 'support', enteredAt: 1_000_000 },
    ...{ end, endedAt: end === null ? null : 1_000_000 + seconds * 1000 },
    ...{ agentId: end === 'answered' ? 'a1' : null, transferred: false, ...parts },
  };
}
const now = 10_000_000;

/** The worked case of the definitions: 10 offered, 6 answered, 4 abandoned. */
const worked = [
  ...[2, 5, 9, 19, 21, 40].map((wait) => entry(wait, 'answered')),
  ...[3, 8, 25, 60].map((wait) => entry(wait, 'abandoned')),
];

describe('the worked case', () => {
  const counts = countEntries(worked, usualTargets, now);
  test('counts', () => {
    expect(counts).toMatchObject({
      ...{ offered: 10, answered: 6, abandoned: 4, shortAbandoned: 1, answeredInTime: 4 },
      ...{ levelBase: 9, longestWaitMs: 60_000, waiting: 0 },
    });
  });
  test('rates', () => {
    expect(ratesOf(counts)).toEqual({
      serviceLevel: 4 / 9,
      answerSpeedMs: 16_000,
      abandonRate: 4 / 10,
      abandonRateWithoutShort: 3 / 9,
      transferRate: 0,
    });
  });
  test.each([
    ['offeredWithoutShort', 4 / 9],
    ['answeredAndAbandoned', 4 / 10],
    ['answered', 4 / 6],
  ] as const)('service level of %s', (denominator, level) => {
    const other = countEntries(worked, { ...usualTargets, denominator }, now);
    expect(ratesOf(other).serviceLevel).toBe(level);
  });
});

test.each([
  ['a wait of exactly the limit is in time', entry(20, 'answered'), { answeredInTime: 1 }],
  ['one ms more is not', entry(20.001, 'answered'), { answeredInTime: 0 }],
  ['given up at exactly the limit is not short', entry(5, 'abandoned'), { shortAbandoned: 0 }],
  ['one ms less is', entry(4.999, 'abandoned'), { shortAbandoned: 1 }],
  ['a call-back is no abandonment', entry(30, 'callBack'), { abandoned: 0, callBacks: 1 }],
  ['nor is going to another queue', entry(30, 'overflowed'), { abandoned: 0, overflowed: 1 }],
  [
    'a call that waits has waited till now',
    entry(0, null),
    { waiting: 1, longestWaitMs: 9_000_000, answered: 0 },
  ],
  [
    'a call that was passed on',
    entry(3, 'answered', { transferred: true }),
    { transferred: 1, answered: 1 },
  ],
])('%s', (_what, one, expected) => {
  expect(countEntries([one], usualTargets, now)).toMatchObject(expected);
});

test('queues are added, each counted by its own targets', () => {
  const strict = countEntries(worked, { ...usualTargets, answerWithinMs: 4_000 }, now);
  const sum = addCounts(strict, countEntries(worked, usualTargets, now));
  expect(ratesOf(sum).serviceLevel).toBe((1 + 4) / (9 + 9));
});

test('nothing to divide by is no rate', () => {
  expect(Object.values(ratesOf(noCounts))).toEqual([null, null, null, null, null]);
});
