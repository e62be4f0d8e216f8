import { weekdayOf } from '../../domain/serviceLevels/zonedTime.ts';
import { chinaWorkingDays } from '../../domain/settings/chinaWorkingDays.ts';
import { dayMs, homeOffsetMs, minuteMs } from '../history/days.ts';
import { Random } from '../random.ts';
import { streams } from '../size.ts';
import { normal } from './draws.ts';

/** Minutes of the home day between which the lines are open. */
export const openFrom = 8 * 60;
export const openTo = 20 * 60;
export const quarterMinutes = 15;
export const quartersOpen = (openTo - openFrom) / quarterMinutes;

/** When in the day a queue has most to do. */
export type Tilt = 'morning' | 'even' | 'evening';

/** Calls at each full hour, 8:00 to 20:00, against each other: two peaks with the lunch between them. */
const hourly = [0.5, 1.2, 1.5, 1.2, 0.6, 0.75, 1.15, 1.3, 1.15, 0.85, 0.6, 0.4, 0.25];
const byWeekday = [1.22, 1.06, 1, 0.98, 0.95, 0.42, 0.33];
const onHolidays = 0.28;

const holidays = new Set(chinaWorkingDays.holidays.map(({ date }) => dayNumber(date)));
const madeUp = new Map(chinaWorkingDays.makeUpDays.map(({ date, as }) => [dayNumber(date), as]));

function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / dayMs;
}

/** Start of a home day (days since 1970-01-01), ms UTC. */
export function startOfDay(day: number): number {
  return day * dayMs - homeOffsetMs;
}

/** Home day of a time (ms UTC). */
export function homeDayOf(ms: number): number {
  return Math.floor((ms + homeOffsetMs) / dayMs);
}

/** Calls expected on a day against a usual one: Mondays are busy, weekends and holidays quiet. */
export function expectedOn(day: number): number {
  if (holidays.has(day)) return onHolidays;
  return byWeekday[(madeUp.get(day) ?? weekdayOf(day)) - 1] ?? 1;
}

/** What the day brought against what was expected: nobody can know it when the shifts are planned. */
export function luckOf(seed: number, day: number): number {
  return Math.exp(0.09 * normal(new Random(seed, streams.callDays, day)));
}

/** Share of a queue's calls in every quarter of an hour from opening to closing; the shares add up to 1. */
export function curveOf(tilt: Tilt): number[] {
  const shares = Array.from({ length: quartersOpen }, (_, quarter) => {
    const hour = (quarter + 0.5) / 4;
    const before = hourly[Math.floor(hour)] ?? 0;
    const after = hourly[Math.floor(hour) + 1] ?? before;
    const height = before + (after - before) * (hour % 1);
    return height * leaning(tilt, quarter / quartersOpen);
  });
  const sum = shares.reduce((all, share) => all + share, 0);
  return shares.map((share) => share / sum);
}

function leaning(tilt: Tilt, part: number): number {
  if (tilt === 'even') return 1;
  return tilt === 'morning' ? 1.25 - part / 2 : 0.75 + part / 2;
}

/** Draws moments of a day (ms UTC) along a curve; quarters come out a little better or worse each day. */
export function momentsOn(
  day: number,
  curve: readonly number[],
  random: Random,
): (draw: Random) => number {
  const upTo: number[] = [];
  let sum = 0;
  for (const share of curve) {
    sum += share * Math.exp(0.12 * normal(random));
    upTo.push(sum);
  }
  const opening = startOfDay(day) + openFrom * minuteMs;
  return (draw) => {
    const at = draw.fraction() * sum;
    const quarter = Math.max(
      0,
      upTo.findIndex((limit) => at < limit),
    );
    return opening + draw.int(quarter * quarterMs, (quarter + 1) * quarterMs - 1);
  };
}

const quarterMs = quarterMinutes * minuteMs;
