import { describe, expect, test } from 'vitest';
import { type DailyTarget, isReached, targetsOn } from './dailyTargets.ts';

const anna = { kind: 'agent' as const, id: '019b76da-a800-7000-8000-000000002045' };
const east = { kind: 'team' as const, id: 'east' };
const target = (part: Partial<DailyTarget>): DailyTarget => ({
  ...{ for: 'agents', measure: 'answered', value: 40, from: '2026-11-01' },
  ...part,
});

describe('what was to be reached on a day', () => {
  const targets = [
    target({}),
    target({ value: 50, from: '2026-11-10' }),
    target({ for: anna, value: 30, from: '2026-11-05' }),
    target({ for: anna, value: null, from: '2026-11-20' }),
    target({ for: 'teams', value: 300 }),
  ];
  test.each([
    ['before the first', anna, '2026-10-31', undefined],
    ['of everybody', anna, '2026-11-04', 40],
    ['the own one goes first', anna, '2026-11-12', 30],
    ['the own one was taken back', anna, '2026-11-20', undefined],
    ['a later one does not touch days that are over', east, '2026-11-20', 300],
  ])('%s', (_what, subject, date, value) => {
    const found = targetsOn(targets, subject, date).get('answered');
    // Taken back: the one for everybody does not come up again.
    expect(found).toBe(value);
  });
});

test.each([
  ['answered', 40, 40, true],
  ['answered', 39, 40, false],
  ['handleTime', 180_000, 180_000, true],
  ['handleTime', 180_001, 180_000, false],
  ['handleTime', null, 180_000, null],
] as const)('%s %s of %s: %s', (measure, value, goal, reached) => {
  expect(isReached(measure, value, goal)).toBe(reached);
});
