import { expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';

test.each([
  [1, 250, 500],
  [2, 500, 1000],
  [4, 2000, 4000],
  [7, 15_000, 30_000],
  [500, 15_000, 30_000],
])('after %i failures between %i and %i ms', (failures, least, most) => {
  expect(backoffMs(failures, () => 0)).toBe(least);
  expect(backoffMs(failures, () => 1)).toBe(most);
});
