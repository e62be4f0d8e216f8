import type { Random } from '../random.ts';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** The sample firm's clock: China has one time zone, UTC+8, without summer time. */
export const homeOffsetMs = 8 * hourMs;

const dateTexts = new Map<number, string>();

/** Home date of a time (ms UTC) as `YYYY-MM-DD`. */
export function dateAt(ms: number): string {
  const day = Math.floor((ms + homeOffsetMs) / dayMs);
  const known = dateTexts.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * dayMs).toISOString().slice(0, 10);
  dateTexts.set(day, text);
  return text;
}

/** Home year of a time (ms UTC). */
export function yearAt(ms: number): number {
  return Number(dateAt(ms).slice(0, 4));
}

/** A moment between 8:00 and 20:00 at home on the home day of `ms`. */
export function inOfficeHours(ms: number, random: Random): number {
  const day = Math.floor((ms + homeOffsetMs) / dayMs) * dayMs - homeOffsetMs;
  return day + 8 * hourMs + random.int(0, 12 * 3600 - 1) * 1000 + random.int(0, 999);
}
