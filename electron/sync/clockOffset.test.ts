import { expect, test } from 'vitest';
import { createClockOffset } from './clockOffset.ts';

test('half of the round trip is taken off, and the fastest answer is believed', () => {
  const offset = createClockOffset();
  expect(offset.answered(1000, 1400, 6200)).toBe(5000);
  expect(offset.answered(2000, 2010, 6905)).toBe(4900);
  expect(offset.answered(3000, 3900, 8000)).toBe(4900);
});

test('an answer across a sleep, or a clock set back, says nothing', () => {
  const offset = createClockOffset();
  expect(offset.answered(1000, 3_600_000, 5)).toBeNull();
  expect(offset.answered(1000, 400, 5)).toBeNull();
});

test('a clock that was set is believed once the old answers are gone', () => {
  const offset = createClockOffset();
  offset.answered(0, 10, 5);
  let last: number | null = null;
  for (let i = 0; i < 8; i++) last = offset.answered(1000, 1020, 61_010);
  expect(last).toBe(60_000);
});
