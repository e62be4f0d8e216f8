import { dateText, isDate, localDate } from '#shared/domain/localDate.ts';
import { dateOfDay, dayOfDate } from '#shared/domain/serviceLevels/zonedTime.ts';
import { readCalendar, readClock } from './when.ts';

/** Why a typed day cannot be taken; texts stand in the `fields` locale under `day`. */
export type DayProblem = 'unreadable' | 'noSuchDate' | 'noSuchTime';

export type Read<V> = { ok: true; value: V } | { ok: false; problem: DayProblem };

const words: Readonly<Record<string, number>> = {
  ...{ today: 0, yesterday: -1, tomorrow: 1 },
  ...{ 今天: 0, 今日: 0, 昨天: -1, 昨日: -1, 前天: -2, 明天: 1, 明日: 1 },
};

interface Found {
  read: Read<string>;
  /** What stands behind the day. */
  rest: string;
}

function folded(typed: string): string {
  return typed.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

function day(year: number, month: number, date: number): Read<string> {
  return isDate(year, month, date)
    ? { ok: true, value: dateText(year, month, date) }
    : { ok: false, problem: 'noSuchDate' };
}

function findDay(text: string, today: string): Found | null {
  const word = /^\p{L}+/u.exec(text)?.[0] ?? '';
  const away = words[word];
  if (away !== undefined) {
    const value = dateOfDay(dayOfDate(today) + away);
    return { read: { ok: true, value }, rest: text.slice(word.length) };
  }
  const packed = /^(\d{4})(\d\d)(\d\d)(?=\s|$)/u.exec(text);
  if (packed) {
    const [all, year, month, date] = packed;
    return { read: day(Number(year), Number(month), Number(date)), rest: text.slice(all.length) };
  }
  const dotted = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?=\s|$)/u.exec(text);
  if (dotted) {
    const [all, date, month, year] = dotted;
    return { read: day(Number(year), Number(month), Number(date)), rest: text.slice(all.length) };
  }
  const spaced = text.replace(/(?<=\d) ?(年|月|日|号) ?/gu, '$1');
  const found = readCalendar(spaced);
  if (!found) return null;
  const year = Number(found.year ?? today.slice(0, 4));
  const read = day(year, found.month + 1, Number(found.date));
  return { read, rest: spaced.slice(found.length) };
}

/**
 * A day as people type it, in both languages: `2026-11-22`, `22.11.2026`, `22 Nov 2026`, `2026 年 11 月 22 日`,
 * `yesterday`, `昨天`; without a year it is one of this year. `today` and the result are `YYYY-MM-DD`.
 */
export function readDay(typed: string, today: string): Read<string> {
  const found = findDay(folded(typed), today);
  if (found === null || found.rest.trim() !== '') return { ok: false, problem: 'unreadable' };
  return found.read;
}

/**
 * A moment: a day as `readDay` takes it, and a time of it such as `14:00`; without one the day's beginning. `now` and
 * the result are ms UTC, days and hours those of this machine.
 */
export function readMoment(typed: string, now: number): Read<number> {
  const found = findDay(folded(typed), localDate(now));
  if (found === null) return { ok: false, problem: 'unreadable' };
  const { read, rest } = found;
  if (!read.ok) return read;
  const clock = rest.trim() === '' ? { hour: 0, minute: 0 } : readClock(rest.trim());
  if (typeof clock === 'string') {
    return { ok: false, problem: clock === 'noSuchTime' ? clock : 'unreadable' };
  }
  return momentOf(read.value, clock);
}

function momentOf(date: string, { hour, minute }: { hour: number; minute: number }): Read<number> {
  const [year = 0, month = 1, dayOfMonth = 1] = date.split('-').map(Number);
  const moment = new Date(year, month - 1, dayOfMonth, hour, minute);
  // The clock skips an hour when summer time begins.
  const exists = moment.getHours() === hour && moment.getMinutes() === minute;
  const at = moment.getTime();
  return exists && at >= 0 ? { ok: true, value: at } : { ok: false, problem: 'noSuchTime' };
}

/** The same hour of another day. */
export function onDay(at: number | undefined, date: string): number {
  const held = at === undefined ? null : new Date(at);
  const hour = held?.getHours() ?? 0;
  const minute = held?.getMinutes() ?? 0;
  const moved = momentOf(date, { hour, minute });
  const start = momentOf(date, { hour: 0, minute: 0 });
  return moved.ok ? moved.value : start.ok ? start.value : (at ?? 0);
}

/** A first and a last day in their order: the one that was chosen stays, the other goes along. */
export function pairOfDays(
  { first, last }: { first: string; last: string },
  chosen: 'first' | 'last',
): { first: string; last: string } {
  if (first === '' || last === '' || first <= last) return { first, last };
  return chosen === 'first' ? { first, last: first } : { first: last, last };
}
