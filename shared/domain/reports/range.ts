import type { Interval } from '../metrics/interval.ts';
import { dateOfDay, dayOfDate, weekdayOf, type Zone } from '../serviceLevels/zonedTime.ts';
import type { ReportRange, ReportSpan } from './request.ts';

/** The days of a range, `YYYY-MM-DD`, both included. */
export interface Days {
  from: string;
  to: string;
}

/** The days a range means at `now`, ms UTC. */
export function daysOf(range: ReportRange, zone: Zone, now: number): Days {
  if (range.kind === 'days') return { from: range.from, to: range.to };
  const { from, to } = spanDays(range.span, zone.dayOf(now));
  return { from: dateOfDay(from), to: dateOfDay(to) };
}

function spanDays(span: ReportSpan, today: number): { from: number; to: number } {
  const monday = today - (weekdayOf(today) - 1);
  const first = firstOfMonth(today);
  switch (span) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: today - 1, to: today - 1 };
    case 'last7Days':
      return { from: today - 7, to: today - 1 };
    case 'last30Days':
      return { from: today - 30, to: today - 1 };
    case 'thisWeek':
      return { from: monday, to: today };
    case 'lastWeek':
      return { from: monday - 7, to: monday - 1 };
    case 'thisMonth':
      return { from: first, to: today };
    case 'lastMonth':
      return { from: firstOfMonth(first - 1), to: first - 1 };
  }
}

function firstOfMonth(day: number): number {
  return dayOfDate(`${dateOfDay(day).slice(0, 7)}-01`);
}

/** From the first midnight to the last, by the clocks of the zone. */
export function instantsOf({ from, to }: Days, zone: Zone): Interval {
  return {
    from: zone.instantOf(dayOfDate(from), 0),
    to: zone.instantOf(dayOfDate(to) + 1, 0),
  };
}

/** ISO 8601 week of a day, such as `2026-W53`: the year is that of its Thursday. */
export function weekName(day: number): string {
  const thursday = day - (weekdayOf(day) - 1) + 3;
  const year = dateOfDay(thursday).slice(0, 4);
  const week = Math.floor((thursday - dayOfDate(`${year}-01-01`)) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}
