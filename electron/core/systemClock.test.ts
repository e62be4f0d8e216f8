import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { systemClock } from './systemClock.ts';

const hourMs = 3_600_000;
let calls = 0;
const count = () => {
  calls += 1;
};

beforeEach(() => {
  calls = 0;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it.each([1, 50, 14_999, 15_000, 15_001, hourMs])('calls back once after %i ms', (ms) => {
  systemClock.after(ms, count);
  vi.advanceTimersByTime(ms - 1);
  expect(calls).toBe(0);
  vi.advanceTimersByTime(1);
  expect(calls).toBe(1);
  vi.advanceTimersByTime(2 * hourMs);
  expect(calls).toBe(1);
});

it('does not call back once it is called off, whenever', () => {
  const [first, second] = [systemClock.after(hourMs, count), systemClock.after(hourMs, count)];
  first();
  vi.advanceTimersByTime(hourMs / 2);
  second();
  vi.advanceTimersByTime(hourMs);
  expect(calls).toBe(0);
});

it('is not late by the time that the machine slept', () => {
  systemClock.after(hourMs, count);
  vi.advanceTimersByTime(60_000);
  // The timers stood still meanwhile.
  vi.setSystemTime(Date.now() + hourMs);
  vi.advanceTimersByTime(15_001);
  expect(calls).toBe(1);
});

it('waits no longer where the clock is set back', () => {
  systemClock.after(hourMs, count);
  vi.setSystemTime(Date.now() - 24 * hourMs);
  vi.advanceTimersByTime(hourMs);
  expect(calls).toBe(1);
});

it('waits longer than a timer of the system can', () => {
  const monthMs = 30 * 24 * hourMs;
  systemClock.after(monthMs, count);
  vi.advanceTimersByTime(monthMs - 1);
  expect(calls).toBe(0);
  vi.advanceTimersByTime(1);
  expect(calls).toBe(1);
});
