import { dateOfDay, dayOfDate, weekdayOf, type Zone } from '../serviceLevels/zonedTime.ts';

export const intervalLengths = ['15min', '30min', '60min', 'day', 'week', 'month'] as const;
export type IntervalLength = (typeof intervalLengths)[number];

/** From (included) to (not included), ms UTC. */
export interface Interval {
  from: number;
  to: number;
}

const minuteMs = 60_000;
const minutes: Partial<Record<IntervalLength, number>> = { '15min': 15, '30min': 30, '60min': 60 };

/**
 * The interval of this length that `at` lies in, by the clocks of the zone. Weeks begin on Monday (ISO
 * 8601). On the days of a change of the clocks an hour is longer or shorter by what was changed.
 */
export function intervalOf(at: number, length: IntervalLength, zone: Zone): Interval {
  const day = zone.dayOf(at);
  const parts = minutes[length];
  if (parts !== undefined) return partOfHour(at, parts, zone);
  const days = daysOf(day, length);
  return { from: zone.instantOf(days.from, 0), to: zone.instantOf(days.to, 0) };
}

/** Quarters and halves of an hour are where the clock shows them; the offset of a zone is one of whole quarters. */
function partOfHour(at: number, parts: number, zone: Zone): Interval {
  const lengthMs = parts * minuteMs;
  const offset = zone.offsetAt(at);
  const from = Math.floor((at + offset) / lengthMs) * lengthMs - offset;
  return { from, to: from + lengthMs };
}

function daysOf(day: number, length: IntervalLength): { from: number; to: number } {
  if (length === 'week') {
    const from = day - (weekdayOf(day) - 1);
    return { from, to: from + 7 };
  }
  if (length !== 'month') return { from: day, to: day + 1 };
  const [year = 0, month = 1] = dateOfDay(day).split('-').map(Number);
  const next = month === 12 ? [year + 1, 1] : [year, month + 1];
  return { from: firstOf(year, month), to: firstOf(next[0] ?? 0, next[1] ?? 1) };
}

function firstOf(year: number, month: number): number {
  return dayOfDate(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`);
}

/** All intervals that share time with `from` to `to`, in their order. */
export function intervalsIn(
  { from, to }: Interval,
  length: IntervalLength,
  zone: Zone,
): Interval[] {
  const found: Interval[] = [];
  for (let at = from; at < to; ) {
    const interval = intervalOf(at, length, zone);
    found.push(interval);
    at = Math.max(interval.to, at + 1);
  }
  return found;
}
