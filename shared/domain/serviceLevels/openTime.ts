import type { BusinessCalendar } from '../settings/serviceLevels.ts';
import { dayOfDate, weekdayOf, type Zone, zoneOf } from './zonedTime.ts';

/** From and to, ms UTC, without the end. */
export type Span = readonly [fromMs: number, toMs: number];

/** When the clocks run. */
export interface OpenTime {
  /** Open ms from one instant to another, of eleven years at most; 0 where `toMs` is not behind `fromMs`. */
  between(fromMs: number, toMs: number): number;
  /** The first instant up to which there are so many open ms from `fromMs`; null where there never are. */
  after(fromMs: number, openMs: number): number | null;
}

/** The clock of the wall, day and night. */
export const alwaysOpen: OpenTime = {
  between: (fromMs, toMs) => Math.max(0, toMs - fromMs),
  after: (fromMs, openMs) => fromMs + openMs,
};

/**
 * A limit that is not over after so many days never ends: eleven years. Nor are more of them counted: a time in seconds,
 * or one of a clock gone mad, would have thousands of years gone through day by day.
 */
const mostDays = 4_000;

const compiled = new WeakMap<BusinessCalendar, OpenTime>();

/** Open time of a calendar, remembered as long as the calendar is. A zone that nobody knows counts as UTC. */
export function openTimeOf(calendar: BusinessCalendar | null): OpenTime {
  if (!calendar) return alwaysOpen;
  const known = compiled.get(calendar);
  if (known) return known;
  const made = compile(calendar);
  compiled.set(calendar, made);
  return made;
}

function compile(calendar: BusinessCalendar): OpenTime {
  const zone = zoneOf(calendar.timeZone) ?? zoneOf('UTC');
  return zone ? openTimeIn(zone, calendar) : alwaysOpen;
}

function openTimeIn(zone: Zone, calendar: BusinessCalendar): OpenTime {
  const spansOf = daySpans(calendar, zone);

  function between(fromMs: number, toMs: number): number {
    if (toMs <= fromMs) return 0;
    let sum = 0;
    const first = zone.dayOf(fromMs);
    const last = Math.min(zone.dayOf(toMs), first + mostDays);
    for (let day = first; day <= last; day += 1) {
      for (const [from, to] of spansOf(day)) {
        sum += Math.max(0, Math.min(to, toMs) - Math.max(from, fromMs));
      }
    }
    return sum;
  }

  function after(fromMs: number, openMs: number): number | null {
    if (openMs <= 0) return fromMs;
    let left = openMs;
    const first = zone.dayOf(fromMs);
    for (let day = first; day < first + mostDays; day += 1) {
      for (const [from, to] of spansOf(day)) {
        const start = Math.max(from, fromMs);
        if (to <= start) continue;
        if (left <= to - start) return start + left;
        left -= to - start;
      }
    }
    return null;
  }

  return { between, after };
}

/** The open spans of each day, in their order and apart from each other. */
function daySpans(calendar: BusinessCalendar, zone: Zone): (day: number) => readonly Span[] {
  const closed = new Set(calendar.holidays.map(({ date }) => dayOfDate(date)));
  const madeUp = new Map(calendar.makeUpDays.map(({ date, as }) => [dayOfDate(date), as]));
  const known = new Map<number, readonly Span[]>();

  function read(day: number): readonly Span[] {
    const as = madeUp.get(day) ?? (closed.has(day) ? null : weekdayOf(day));
    const spans = calendar.week
      .filter((hours) => hours.day === as)
      .map(({ from, to }): Span => [zone.instantOf(day, from), zone.instantOf(day, to)]);
    return joined(spans);
  }

  return (day) => {
    const found = known.get(day);
    if (found) return found;
    const spans = read(day);
    if (known.size > 2 * mostDays) known.clear();
    known.set(day, spans);
    return spans;
  };
}

/** Spans in their order, those that touch or overlap as one, and none that is empty. */
export function joined(spans: readonly Span[]): Span[] {
  const sorted = spans.filter(([from, to]) => from < to).toSorted((a, b) => a[0] - b[0]);
  const out: Span[] = [];
  for (const [from, to] of sorted) {
    const last = out.at(-1);
    if (last && from <= last[1]) out[out.length - 1] = [last[0], Math.max(last[1], to)];
    else out.push([from, to]);
  }
  return out;
}
