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

test('a clock that was set counts from the next answer on', () => {
  const day = 86_400_000;
  const offset = createClockOffset();
  for (let at = 0; at < 8000; at += 1000) expect(offset.answered(at, at + 2, at + 1)).toBe(0);
  // The desk's clock is set forward by a day; the answer is slower than all before.
  expect(offset.answered(day + 8000, day + 8900, 8450)).toBe(-day);
  expect(offset.answered(day + 9000, day + 9010, 9005)).toBe(-day);
  // And back again, or the server's is set.
  expect(offset.answered(10_000, 10_400, 10_200)).toBe(0);
});

test('a clock set while the answer was on its way is found by the next one', () => {
  const offset = createClockOffset();
  expect(offset.answered(0, 10, 5)).toBe(0);
  expect(offset.answered(1000, 4000, 1005)).toBe(0);
  expect(offset.answered(5000, 5010, 2505)).toBe(-2500);
});
