import type { Days } from '#shared/contract/days.ts';
import { type TimeZone, zoneFor } from '#shared/domain/calls/callHours.ts';
import { dateOfDay, dayOfDate } from '#shared/domain/serviceLevels/zonedTime.ts';
import type { Span } from '../../cache/reads/followUpReads.ts';

/** More days are not listed one by one. */
const mostDays = 400;

/** From the first moment of the first day to the end of the last, ms UTC. */
export function spanOf({ from, to }: Days, timeZone: TimeZone): Span {
  const zone = zoneFor(timeZone);
  return {
    from: from === null ? 0 : zone.instantOf(dayOfDate(from), 0),
    to: to === null ? Number.MAX_SAFE_INTEGER : zone.instantOf(dayOfDate(to) + 1, 0),
  };
}

/** Every day from `from` to `to`, in their order; the last ones where there are too many. */
export function daysOf(from: string, to: string): string[] {
  const last = dayOfDate(to);
  const first = Math.max(dayOfDate(from), last - mostDays + 1);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => dateOfDay(first + at));
}
