import { z } from 'zod';
import { isTimeZone, weekdayOf, zoneOf } from '../serviceLevels/zonedTime.ts';

const at = {
  /** Minute of the day in the zone. */
  minute: z.int().min(0).max(1439),
  zone: z.string().min(1).max(64).refine(isTimeZone, 'zone-unknown'),
};

/** When a saved report is made and delivered. */
export const scheduleSchema = z.discriminatedUnion('every', [
  z.object({ every: z.literal('day'), ...at }),
  /** 1 is Monday. */
  z.object({ every: z.literal('week'), weekday: z.int().min(1).max(7), ...at }),
  /** In a shorter month its last day. */
  z.object({ every: z.literal('month'), day: z.int().min(1).max(31), ...at }),
]);
export type Schedule = z.infer<typeof scheduleSchema>;

/** A month and the longest it can be till the next. */
const mostDaysAhead = 63;

/**
 * The first time behind `after` at which the schedule is due, ms UTC. A time that the clocks leave out is the moment
 * of the change, of one that comes twice the first counts. Null where the zone is not known here.
 */
export function nextDue(schedule: Schedule, after: number): number | null {
  const zone = zoneOf(schedule.zone);
  if (!zone) return null;
  const today = zone.dayOf(after);
  for (let day = today; day <= today + mostDaysAhead; day += 1) {
    if (!isDay(schedule, day)) continue;
    const due = zone.instantOf(day, schedule.minute);
    if (due > after) return due;
  }
  return null;
}

function isDay(schedule: Schedule, day: number): boolean {
  if (schedule.every === 'day') return true;
  if (schedule.every === 'week') return weekdayOf(day) === schedule.weekday;
  const date = dateOf(day);
  const isLast = dateOf(day + 1) === 1;
  return date === schedule.day || (isLast && date < schedule.day);
}

function dateOf(day: number): number {
  return new Date(day * 86_400_000).getUTCDate();
}
