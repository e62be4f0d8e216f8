/** A time zone of the IANA database and its daylight-saving changes. Days are counted from 1970-01-01, local. */
export interface Zone {
  /** Local time minus UTC at an instant, ms; 0 where the instant is further away than dates go. */
  offsetAt(atMs: number): number;
  dayOf(atMs: number): number;
  /**
   * The first instant at which the clocks of the zone show this minute of the day or a later one: of a time that
   * comes twice the first, of one that is left out the moment of the change.
   */
  instantOf(day: number, minuteOfDay: number): number;
}

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** Times behind it are none (ECMA-262, 21.4.1.1), but records may hold them: there is no zone then, and no error. */
const lastMs = 8.64e15 - 2 * dayMs;
/** Days for which the offset is remembered; more than a desk ever looks at. */
const mostDays = 20_000;

const zones = new Map<string, Zone | null>();

/** Null where the runtime does not know the name. */
export function zoneOf(timeZone: string): Zone | null {
  const known = zones.get(timeZone);
  if (known !== undefined) return known;
  const zone = openZone(timeZone);
  zones.set(timeZone, zone);
  return zone;
}

export function isTimeZone(name: string): boolean {
  return zoneOf(name) !== null;
}

/** Number of a `YYYY-MM-DD` day. */
export function dayOfDate(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / dayMs;
}

/** `YYYY-MM-DD` of a day's number. */
export function dateOfDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** 1 is Monday, 7 Sunday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

function openZone(timeZone: string): Zone | null {
  const readings = readingsOf(timeZone);
  if (!readings) return null;
  return withOffsets((atMs) => offsetFrom(readings, atMs));
}

function readingsOf(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return null;
  }
}

function offsetFrom(readings: Intl.DateTimeFormat, atMs: number): number {
  const parts = new Map<string, number>();
  for (const { type, value } of readings.formatToParts(atMs)) parts.set(type, Number(value));
  const read = (type: string) => parts.get(type) ?? 0;
  const local = Date.UTC(
    read('year'),
    read('month') - 1,
    read('day'),
    read('hour'),
    read('minute'),
    read('second'),
  );
  return local - Math.floor(atMs / 1000) * 1000;
}

/** Asking costs microseconds, and most days have one offset from end to end. */
function withOffsets(ask: (atMs: number) => number): Zone {
  const steady = new Map<number, number | null>();

  function offsetAt(atMs: number): number {
    if (Math.abs(atMs) > lastMs) return 0;
    const utcDay = Math.floor(atMs / dayMs);
    let offset = steady.get(utcDay);
    if (offset === undefined) {
      const first = ask(utcDay * dayMs);
      offset = first === ask((utcDay + 1) * dayMs) ? first : null;
      if (steady.size >= mostDays) steady.clear();
      steady.set(utcDay, offset);
    }
    return offset ?? ask(atMs);
  }

  function instantOf(day: number, minuteOfDay: number): number {
    const localMs = day * dayMs + minuteOfDay * minuteMs;
    const before = localMs - offsetAt(localMs - dayMs);
    const after = localMs - offsetAt(localMs + dayMs);
    for (const at of before < after ? [before, after] : [after, before]) {
      if (at + offsetAt(at) === localMs) return at;
    }
    return changeBetween(Math.min(before, after), Math.max(before, after), offsetAt);
  }

  return {
    offsetAt,
    instantOf,
    dayOf: (atMs) => Math.floor((atMs + offsetAt(atMs)) / dayMs),
  };
}

/** The instant at which the offset changes, behind `fromMs` and not behind `toMs`. */
function changeBetween(fromMs: number, toMs: number, offsetAt: (atMs: number) => number): number {
  const before = offsetAt(fromMs);
  let low = fromMs;
  let high = toMs;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle) === before) low = middle;
    else high = middle;
  }
  return high;
}
