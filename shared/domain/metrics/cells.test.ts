import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addAgentCounts, noAgentCounts } from './agentFigures.ts';
import {
  addTime,
  agentTimeIn,
  endOfStretch,
  longestStretchMs,
  noTime,
  signedInMs,
} from './agentTime.ts';
import { agentCellOf, quarterMs, quarterOf, queueCellOf } from './cells.ts';
import { type Handle, handleTimeMs, noHandles } from './handling.ts';
import type { QueueEntry } from './queueEntry.ts';
import { usualTargets } from './queueFigures.ts';

const minute = 60_000;

function entry(enteredAt: number, parts: Partial<QueueEntry>): QueueEntry {
  return {
    ...{
      id: `${enteredAt}`,
      callRef: 'c',
      queueId: 'support',
      enteredAt,
      end: null,
      endedAt: null,
    },
    ...{ agentId: null, transferred: false, ...parts },
  };
}

function handle(doneAt: number | null, parts: Partial<Handle> = {}): Handle {
  return {
    ...{ id: `${doneAt}`, callRef: 'c', agentId: 'a', queueId: 'support', direction: 'in' },
    ...{ beganAt: 0, answeredAt: 0, leftAt: 0, endedBy: null, doneAt },
    ...{ dialMs: 0, talkMs: 90_000, holdMs: 20_000, afterCallMs: 10_000, ...parts },
  };
}

test('quarters of an hour begin where clocks show them', () => {
  expect([0, 1, quarterMs - 1, quarterMs, quarterMs + 1].map(quarterOf)).toEqual([
    ...[0, 0, 0, quarterMs, quarterMs],
  ]);
});

test('a call that comes at 14 minutes and is answered at 16: counted where it came, done where it was answered', () => {
  const one = entry(14 * minute, { end: 'answered', endedAt: 16 * minute, agentId: 'a' });
  const [first, second] = [
    queueCellOf(0, [one], usualTargets),
    queueCellOf(quarterMs, [one], usualTargets),
  ];
  expect(first).toMatchObject({ counts: { offered: 1, answered: 1 }, answeredHere: 0 });
  expect(second).toMatchObject({ counts: { offered: 0, answered: 0 }, answeredHere: 1 });
});

test('a call that waits makes no longest wait: a cell changes with its calls alone', () => {
  const { counts } = queueCellOf(0, [entry(0, {})], usualTargets);
  expect(counts).toMatchObject({ offered: 1, waiting: 1, longestWaitMs: 0 });
});

test('an agent’s cell: each figure where it is booked', () => {
  const entries = [
    entry(minute, { end: 'answered', endedAt: 16 * minute, agentId: 'a', transferred: true }),
    entry(2 * minute, { end: 'abandoned', endedAt: 3 * minute }),
  ];
  const handles = [handle(17 * minute), handle(null)];
  const ringNoAnswers = [{ id: 'r', callRef: 'c', agentId: 'a', queueId: 'support', at: minute }];
  const at = (from: number) => agentCellOf(from, { entries, handles, ringNoAnswers });
  expect(at(0)).toEqual({ ...noAgentCounts, answered: 1, transferred: 1, ringNoAnswers: 1 });
  expect(at(quarterMs)).toEqual({
    ...{ ...noAgentCounts, answeredHere: 1, handled: 1 },
    ...{ talkMs: 90_000, holdMs: 20_000, afterCallMs: 10_000 },
  });
  expect(addAgentCounts(at(0), at(quarterMs))).toMatchObject({ answered: 1, handled: 1 });
});

test.each([
  [
    'talk, hold and after-call work of two calls',
    { handled: 2, talkMs: 100, holdMs: 20, afterCallMs: 40 },
    80,
  ],
  [
    'with the dialling of a call that was dialled',
    { handled: 1, dialMs: 7, talkMs: 20, afterCallMs: 3 },
    30,
  ],
  ['dialled in vain', { handled: 1, dialMs: 15 }, 15],
  ['nothing was done', {}, null],
])('average handle time: %s', (_what, sums, expected) => {
  expect(handleTimeMs({ ...noHandles, ...sums })).toBe(expected);
});

test('times of two agents are added, state by state', () => {
  const one = { ...noTime, ready: 5, onCall: 3 };
  const other = { ...noTime, onCall: 4, break: 2, ringing: 1, wrapUp: 6 };
  expect(addTime(one, other)).toEqual({ ready: 5, onCall: 7, break: 2, ringing: 1, wrapUp: 6 });
  expect(addTime(one, noTime)).toEqual(one);
  expect(signedInMs(addTime(one, other))).toBe(signedInMs(one) + signedInMs(other));
});

const stateArb = fc.constantFrom('break', 'ready', 'ringing', 'onCall', 'wrapUp', 'signedOut');
const shiftArb = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 3 * 60 * minute }), stateArb), {
    minLength: 1,
    maxLength: 20,
  })
  .map((steps) => {
    const sorted = steps.toSorted(([a], [b]) => a - b);
    return sorted.map(([from, state], index) => {
      return {
        agentId: 'a',
        state,
        reason: null,
        from,
        to: sorted[index + 1]?.[0] ?? null,
      } as const;
    });
  });

test('cells of an agent’s time sum to the whole, and no cell has more than its length', () => {
  fc.assert(
    fc.property(shiftArb, fc.integer({ min: 0, max: 5 * 60 * minute }), (shift, now) => {
      const end = 5 * 60 * minute;
      let sum = noTime;
      for (let at = 0; at < end; at += quarterMs) {
        const cell = agentTimeIn(shift, { from: at, to: at + quarterMs }, now);
        expect(signedInMs(cell)).toBeLessThanOrEqual(quarterMs);
        sum = addTime(sum, cell);
      }
      expect(sum).toEqual(agentTimeIn(shift, { from: 0, to: end }, now));
    }),
  );
});

test('nobody is in one state for longer than a day, but signed out for as long as it takes', () => {
  const late = 3 * longestStretchMs;
  expect(endOfStretch({ state: 'ready', from: 0 }, late)).toBe(longestStretchMs);
  expect(endOfStretch({ state: 'signedOut', from: 0 }, late)).toBe(late);
  const open = [{ agentId: 'a', state: 'ready' as const, reason: null, from: 0, to: null }];
  expect(agentTimeIn(open, { from: 0, to: late }, late).ready).toBe(longestStretchMs);
});
