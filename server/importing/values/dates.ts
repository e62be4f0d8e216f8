import type { DateOrder } from '#shared/sync/importing.ts';

export interface DayParts {
  year: number;
  month: number;
  day: number;
}

const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
const compact = /^(\d{4})(\d{2})(\d{2})$/;
const chinese = /^(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?$/;
const ordered = /^(\d{1,2})[-/.]\s?(\d{1,2})[-/.]\s?(\d{4}|\d{2})$/;
const short = /^(\d{2})[-/.](\d{1,2})[-/.](\d{1,2})$/;

/** How far ahead of now a year of two digits may lie. */
const aheadYears = 10;

/**
 * A day as it is written: year first (2024-03-01, 2024/3/1, 20240301, 2024年3月1日) in any order, otherwise in the
 * chosen one. Null: no day, or one that does not exist.
 */
export function readDay(text: string, order: DateOrder, thisYear: number): DayParts | null {
  const yearFirst = iso.exec(text) ?? compact.exec(text) ?? chinese.exec(text);
  if (yearFirst) return existing(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]));
  if (order === 'ymd') {
    const parts = short.exec(text);
    return parts
      ? existing(fullYear(Number(parts[1]), thisYear), Number(parts[2]), Number(parts[3]))
      : null;
  }
  const parts = ordered.exec(text);
  if (!parts) return null;
  const [first, second] = [Number(parts[1]), Number(parts[2])];
  const written = parts[3] ?? '';
  const year = written.length === 2 ? fullYear(Number(written), thisYear) : Number(written);
  return order === 'dmy' ? existing(year, second, first) : existing(year, first, second);
}

function fullYear(twoDigits: number, thisYear: number): number {
  const year = Math.floor(thisYear / 100) * 100 + twoDigits;
  return year > thisYear + aheadYears ? year - 100 : year;
}

function existing(year: number, month: number, day: number): DayParts | null {
  if (month < 1 || month > 12 || day < 1 || year < 1000) return null;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate() ? { year, month, day } : null;
}

export function isoDay({ year, month, day }: DayParts): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

const timePart =
  /^(.*?\S)(?:\s*T|\s+)(上午|下午)?\s*(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2})(?:[.,]\d{1,9})?秒?|分)?\s*(am|pm|上午|下午)?\s*(z|utc|[+-]\d{2}:?\d{2})?$/i;

/**
 * A moment as it is written, in ms UTC: a day of `readDay`, with or without a time. Without a zone it is the
 * server's local time; a day alone is its beginning. Null: not understood, or before 1970.
 */
export function readMoment(text: string, order: DateOrder, thisYear: number): number | null {
  const dayAlone = readDay(text, order, thisYear);
  if (dayAlone) return sinceEpoch(localMs(dayAlone, 0, 0, 0));
  const parts = timePart.exec(text);
  const day = parts && readDay((parts[1] ?? '').replace(/,$/, ''), order, thisYear);
  if (!parts || !day) return null;
  const hour = hourOf(Number(parts[3]), parts[2] ?? parts[6]);
  const minute = Number(parts[4]);
  const second = Number(parts[5] ?? 0);
  if (hour === null || minute > 59 || second > 59) return null;
  const zone = parts[7];
  if (zone === undefined) return sinceEpoch(localMs(day, hour, minute, second));
  const utc = Date.UTC(day.year, day.month - 1, day.day, hour, minute, second);
  return sinceEpoch(utc - zoneMs(zone));
}

function hourOf(written: number, half: string | undefined): number | null {
  if (half === undefined) return written <= 23 ? written : null;
  if (written < 1 || written > 12) return null;
  const afternoon = /pm|下午/i.test(half);
  return (written % 12) + (afternoon ? 12 : 0);
}

function localMs({ year, month, day }: DayParts, hour: number, minute: number, second: number) {
  return new Date(year, month - 1, day, hour, minute, second).getTime();
}

function zoneMs(zone: string): number {
  const parts = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (!parts) return 0;
  const minutes = Number(parts[2]) * 60 + Number(parts[3]);
  return (parts[1] === '-' ? -minutes : minutes) * 60_000;
}

function sinceEpoch(ms: number): number | null {
  return Number.isSafeInteger(ms) && ms >= 0 ? ms : null;
}
