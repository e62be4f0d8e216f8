import type { CallHours } from '../customers/customer.ts';
import { dateOfDay, weekdayOf, type Zone, zoneOf } from '../serviceLevels/zonedTime.ts';

/** IANA name of the centre's time zone; undefined, or one that is not known: that of the machine. */
export type TimeZone = string | undefined;

const minuteMs = 60_000;

export function zoneFor(timeZone: TimeZone): Zone {
  const machine = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zone = (timeZone ? zoneOf(timeZone) : null) ?? zoneOf(machine) ?? zoneOf('UTC');
  if (!zone) throw new Error('the runtime knows no time zones');
  return zone;
}

/** Day (`YYYY-MM-DD`) on which a time (ms UTC) lies. */
export function dateAt(at: number, timeZone: TimeZone): string {
  return dateOfDay(zoneFor(timeZone).dayOf(at));
}

/** Minute of the day that the clock on the wall shows at a time (ms UTC). */
export function minuteAt(at: number, timeZone: TimeZone): number {
  const dayMs = 86_400_000;
  const local = at + zoneFor(timeZone).offsetAt(at);
  return Math.floor((((local % dayMs) + dayMs) % dayMs) / minuteMs);
}

const isDay = ({ days }: CallHours, day: number) =>
  days.length === 0 || days.includes(weekdayOf(day));

/** Whether the customer likes to be called at that time (ms UTC). Without hours: at any. Days empty: on every. */
export function isCallTime(hours: CallHours | null, at: number, timeZone?: TimeZone): boolean {
  if (hours === null) return true;
  const minute = minuteAt(at, timeZone);
  return isDay(hours, zoneFor(timeZone).dayOf(at)) && minute >= hours.from && minute < hours.to;
}

/** The first time from `at` on (ms UTC) at which the customer likes to be called; `at` itself where there are no hours. */
export function nextCallTime(hours: CallHours | null, at: number, timeZone?: TimeZone): number {
  if (hours === null || isCallTime(hours, at, timeZone)) return at;
  const zone = zoneFor(timeZone);
  const today = zone.dayOf(at);
  for (let day = today; day <= today + 8; day += 1) {
    const from = zone.instantOf(day, hours.from);
    if (from >= at && isCallTime(hours, from, timeZone)) return from;
  }
  return at;
}

/** `18:00`, of a minute of the day. */
export function clockOfMinute(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
