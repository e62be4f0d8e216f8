import type { CallHours } from './customer.ts';

/** IANA name of the centre's time zone; undefined: that of the machine. */
export type TimeZone = string | undefined;

const minuteMs = 60_000;
const dayMs = 86_400_000;

interface WallTime {
  year: number;
  month: number;
  day: number;
  /** 1 is Monday. */
  weekday: number;
  minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: TimeZone): Intl.DateTimeFormat {
  const key = timeZone ?? '';
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
    hourCycle: 'h23',
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  formats.set(key, made);
  return made;
}

/** What the clock on the wall shows at a time (ms UTC). */
export function wallTimeOf(at: number, timeZone: TimeZone): WallTime {
  const found: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) found[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = found;
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7;
  return { year, month, day, weekday, minute: hour * 60 + minute };
}

/** When the wall's clock shows that minute of a day, ms UTC; one that a clock change leaves out is some other. */
function timeOf({ year, month, day }: WallTime, minute: number, timeZone: TimeZone): number {
  const asUtc = Date.UTC(year, month - 1, day) + minute * minuteMs;
  const shown = (at: number) => {
    const wall = wallTimeOf(at, timeZone);
    return Date.UTC(wall.year, wall.month - 1, wall.day) + wall.minute * minuteMs;
  };
  const guess = asUtc - (shown(asUtc) - asUtc);
  return guess - (shown(guess) - asUtc);
}

const isDay = ({ days }: CallHours, weekday: number) => days.length === 0 || days.includes(weekday);

/** Whether the customer likes to be called at that time (ms UTC). Without hours: at any. Days empty: on every. */
export function isCallTime(hours: CallHours | null, at: number, timeZone?: TimeZone): boolean {
  if (hours === null) return true;
  const { weekday, minute } = wallTimeOf(at, timeZone);
  return isDay(hours, weekday) && minute >= hours.from && minute < hours.to;
}

/** The first time from `at` on (ms UTC) at which the customer likes to be called; `at` itself where there are no hours. */
export function nextCallTime(hours: CallHours | null, at: number, timeZone?: TimeZone): number {
  if (hours === null || hours.to <= hours.from || isCallTime(hours, at, timeZone)) return at;
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    // Noon: a day later is another day, whatever the clocks do at night.
    const today = wallTimeOf(at, timeZone);
    const noon = timeOf(today, 720, timeZone) + ahead * dayMs;
    const day = wallTimeOf(noon, timeZone);
    const from = timeOf(day, hours.from, timeZone);
    if (from >= at && isCallTime(hours, from, timeZone)) return from;
  }
  return at;
}

/** `18:00`, of a minute of the day. */
export function clockOfMinute(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
