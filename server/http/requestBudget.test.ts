import { expect, test } from 'vitest';
import { ProblemError } from './problems.ts';
import { createRequestBudget } from './requestBudget.ts';

const usual = { most: 3, everyMs: 1_000 };
const dayMs = 86_400_000;

function spendAll(clock: { at: number }) {
  const budget = createRequestBudget(() => clock.at, usual);
  for (let left = 2; left >= 0; left -= 1) expect(budget.spend('a').remaining).toBe(left);
  expect(() => budget.spend('a')).toThrow(ProblemError);
  return budget;
}

test('so many at once, one more after each while, and each for himself', () => {
  const clock = { at: 5_000 };
  const budget = spendAll(clock);
  expect(() => budget.check('a')).toThrow('asked too often');
  expect(budget.spend('b').remaining).toBe(2);
  clock.at += 1_000;
  budget.check('a');
  expect(budget.spend('a')).toEqual({ remaining: 0, wholeInMs: 3_000 });
  clock.at += 60_000;
  expect(budget.spend('a').remaining).toBe(2);
});

test('who is noted without being stopped waits no longer than who was stopped', () => {
  const clock = { at: 5_000 };
  const budget = createRequestBudget(() => clock.at, usual);
  for (let n = 0; n < 100; n += 1) budget.note('a');
  expect(() => budget.check('a')).toThrow(ProblemError);
  clock.at += 2_000;
  budget.check('a');
});

test.each([
  ['back', -dayMs],
  ['on', dayMs],
])('a clock that is set %s by a day keeps nobody out for a day', (_case, stepMs) => {
  const clock = { at: 10 * dayMs };
  const budget = spendAll(clock);
  clock.at += stepMs;
  expect(() => budget.check('b')).not.toThrow();
  try {
    budget.check('a');
  } catch {
    // Once more, for it is not known how long ago the last one was.
  }
  clock.at += 1_000;
  expect(budget.spend('a').remaining).toBeGreaterThanOrEqual(0);
});
