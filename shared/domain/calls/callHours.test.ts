import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clockOfMinute, dateAt, isCallTime, minuteAt, nextCallTime } from './callHours.ts';

const at = (text: string) => Date.parse(text);
const evening = { from: 18 * 60, to: 20 * 60, days: [] };

describe('hours in which a customer likes to be called', () => {
  test.each([
    ['before', '2026-11-23T09:12:00+08:00', '2026-11-23T18:00:00+08:00'],
    ['within', '2026-11-23T18:00:00+08:00', '2026-11-23T18:00:00+08:00'],
    ['at the end', '2026-11-23T20:00:00+08:00', '2026-11-24T18:00:00+08:00'],
    ['after', '2026-11-23T23:00:00+08:00', '2026-11-24T18:00:00+08:00'],
  ])('%s', (_, now, next) => {
    expect(nextCallTime(evening, at(now), 'Asia/Shanghai')).toBe(at(next));
  });

  test('only on the named days; Sunday is 7', () => {
    const sundays = { from: 600, to: 720, days: [7] };
    const next = nextCallTime(sundays, at('2026-11-22T12:00:00+08:00'), 'Asia/Shanghai');
    expect(next).toBe(at('2026-11-29T10:00:00+08:00'));
    expect(isCallTime(sundays, at('2026-11-22T11:59:00+08:00'), 'Asia/Shanghai')).toBe(true);
  });

  test('across the change of the clocks', () => {
    const hours = { from: 600, to: 720, days: [] };
    expect(nextCallTime(hours, at('2026-03-28T13:00:00+01:00'), 'Europe/Berlin')).toBe(
      at('2026-03-29T10:00:00+02:00'),
    );
    expect(nextCallTime(hours, at('2026-10-24T13:00:00+02:00'), 'Europe/Berlin')).toBe(
      at('2026-10-25T10:00:00+01:00'),
    );
    const gap = { from: 150, to: 200, days: [] };
    const next = nextCallTime(gap, at('2026-03-29T00:30:00+01:00'), 'Europe/Berlin');
    expect(isCallTime(gap, next, 'Europe/Berlin')).toBe(true);
  });

  test('without hours any time is good', () => {
    expect(nextCallTime(null, 5)).toBe(5);
    expect(isCallTime(null, 5)).toBe(true);
  });

  test('the next time is never earlier, and one the customer likes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_000_000_000_000 }),
        fc.integer({ min: 0, max: 1380 }),
        fc.integer({ min: 1, max: 59 }),
        fc.subarray([1, 2, 3, 4, 5, 6, 7]),
        (now, from, length, days) => {
          const hours = { from, to: from + length, days };
          const next = nextCallTime(hours, now, 'Asia/Shanghai');
          expect(next).toBeGreaterThanOrEqual(now);
          expect(isCallTime(hours, next, 'Asia/Shanghai')).toBe(true);
        },
      ),
    );
  });

  test('minutes of a day as a clock shows them', () => {
    expect([0, 545, 1440].map(clockOfMinute)).toEqual(['00:00', '09:05', '24:00']);
    expect(dateAt(at('2026-11-22T16:05:00Z'), 'Asia/Shanghai')).toBe('2026-11-23');
    expect(minuteAt(at('2026-11-22T16:05:00Z'), 'Asia/Shanghai')).toBe(5);
  });
});
