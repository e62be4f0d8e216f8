import { describe, expect, test } from 'vitest';
import { nextDue, type Schedule } from './schedule.ts';

const at = (text: string) => Date.parse(text);
const eight = { minute: 8 * 60, zone: 'Asia/Shanghai' };

const cases: [string, Schedule, string, string][] = [
  ['later today', { every: 'day', ...eight }, '2026-11-21T23:59:59Z', '2026-11-22T00:00:00Z'],
  [
    'not the same moment again',
    { every: 'day', ...eight },
    '2026-11-22T00:00:00Z',
    '2026-11-23T00:00:00Z',
  ],
  [
    'Monday, from a Sunday',
    { every: 'week', weekday: 1, ...eight },
    '2026-11-22T12:00:00Z',
    '2026-11-23T00:00:00Z',
  ],
  [
    'Monday, from Monday noon',
    { every: 'week', weekday: 1, ...eight },
    '2026-11-23T04:00:00Z',
    '2026-11-30T00:00:00Z',
  ],
  [
    'the first, over the new year',
    { every: 'month', day: 1, ...eight },
    '2026-12-05T00:00:00Z',
    '2027-01-01T00:00:00Z',
  ],
  [
    'the 31st in February',
    { every: 'month', day: 31, ...eight },
    '2026-02-01T00:00:00Z',
    '2026-02-28T00:00:00Z',
  ],
  [
    'the 29th in a leap year',
    { every: 'month', day: 29, ...eight },
    '2028-02-01T00:00:00Z',
    '2028-02-29T00:00:00Z',
  ],
  [
    'a time that the clocks leave out',
    { every: 'day', minute: 150, zone: 'Europe/Berlin' },
    '2026-03-28T12:00:00Z',
    '2026-03-29T01:00:00Z',
  ],
  [
    'of a time that comes twice the first',
    { every: 'day', minute: 150, zone: 'Europe/Berlin' },
    '2026-10-24T12:00:00Z',
    '2026-10-25T00:30:00Z',
  ],
  [
    'and not the second one too',
    { every: 'day', minute: 150, zone: 'Europe/Berlin' },
    '2026-10-25T00:30:00Z',
    '2026-10-26T01:30:00Z',
  ],
];

describe('when a schedule is due next', () => {
  test.each(cases)('%s', (_what, schedule, after, due) => {
    expect(nextDue(schedule, at(after))).toBe(at(due));
  });
});
