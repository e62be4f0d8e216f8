import { describe, expect, test } from 'vitest';
import { intervalsIn } from '../metrics/interval.ts';
import { dayOfDate, type Zone, zoneOf } from '../serviceLevels/zonedTime.ts';
import { daysOf, instantsOf, weekName } from './range.ts';
import { noFilters, problemOf, type ReportRequest, type ReportSpan } from './request.ts';

function zone(name: string): Zone {
  const found = zoneOf(name);
  if (!found) throw new Error(`no zone ${name}`);
  return found;
}

describe('spans that move with the day', () => {
  // Sunday, 22 November 2026, 20:00 in Shanghai.
  const now = Date.parse('2026-11-22T12:00:00Z');
  const cases: [ReportSpan, string, string][] = [
    ['today', '2026-11-22', '2026-11-22'],
    ['yesterday', '2026-11-21', '2026-11-21'],
    ['last7Days', '2026-11-15', '2026-11-21'],
    ['last30Days', '2026-10-23', '2026-11-21'],
    ['thisWeek', '2026-11-16', '2026-11-22'],
    ['lastWeek', '2026-11-09', '2026-11-15'],
    ['thisMonth', '2026-11-01', '2026-11-22'],
    ['lastMonth', '2026-10-01', '2026-10-31'],
  ];
  test.each(cases)('%s', (span, from, to) => {
    expect(daysOf({ kind: 'span', span }, zone('Asia/Shanghai'), now)).toEqual({ from, to });
  });

  test('the day is that of the zone', () => {
    const late = Date.parse('2026-11-22T17:00:00Z');
    const today = (name: string) => daysOf({ kind: 'span', span: 'today' }, zone(name), late).from;
    expect([today('Asia/Shanghai'), today('Europe/Berlin')]).toEqual(['2026-11-23', '2026-11-22']);
  });
});

test.each([
  ['2026-03-29', 23],
  ['2026-10-25', 25],
  ['2026-10-26', 24],
])('%s has %i hours in Berlin, and as many intervals of an hour', (date, hours) => {
  const berlin = zone('Europe/Berlin');
  const range = instantsOf({ from: date, to: date }, berlin);
  expect(range.to - range.from).toBe(hours * 3_600_000);
  const parts = intervalsIn(range, '60min', berlin);
  expect(parts).toHaveLength(hours);
  expect([parts[0]?.from, parts.at(-1)?.to]).toEqual([range.from, range.to]);
});

test.each([
  ['2026-12-31', '2026-W53'],
  ['2027-01-03', '2026-W53'],
  ['2027-01-04', '2027-W01'],
  ['2024-12-30', '2025-W01'],
  ['2026-11-22', '2026-W47'],
])('%s lies in week %s (ISO 8601)', (date, week) => {
  expect(weekName(dayOfDate(date))).toBe(week);
});

describe('what makes no sense', () => {
  const good: ReportRequest = {
    report: 'queues',
    range: { kind: 'days', from: '2026-11-01', to: '2026-11-30' },
    ...{ zone: 'Asia/Shanghai', interval: 'day', groupBy: 'queue', language: 'en' },
    filters: noFilters,
  };
  const days = (from: string, to: string) => ({ range: { kind: 'days' as const, from, to } });
  test.each<[string, Partial<ReportRequest>, string | null]>([
    ['a month by day', {}, null],
    ['by category', { groupBy: 'category' }, 'group-unknown'],
    ['a list by hours', { report: 'complaintRegister', groupBy: 'none' }, 'interval-unknown'],
    ['agents of queues', { filters: { ...noFilters, agentIds: ['x'] } }, 'filter-unknown'],
    ['backwards', days('2026-11-02', '2026-11-01'), 'range-backwards'],
    ['years', days('2020-01-01', '2026-11-01'), 'range-too-long'],
    [
      'a quarter of a year by 15 minutes',
      { ...days('2026-07-01', '2026-09-30'), interval: '15min' },
      null,
    ],
    [
      'half a year by 15 minutes',
      { ...days('2026-01-01', '2026-06-30'), interval: '15min' },
      'range-too-long',
    ],
  ])('%s', (_what, part, problem) => {
    expect(problemOf({ ...good, ...part })).toBe(problem);
  });
});
