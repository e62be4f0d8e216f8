/** Why a typed date cannot be taken; texts stand in the `wrapUp` locale under `when`. */
export type WhenProblem = 'unreadable' | 'noSuchDate' | 'noSuchTime' | 'past';

export type When = { ok: true; at: number } | { ok: false; problem: WhenProblem };

interface Day {
  year: number;
  /** 0 to 11, as `Date` counts. */
  month: number;
  date: number;
}

export interface Clock {
  hour: number;
  minute: number;
}

/** A day of the week without a date may still mean today, when its hour is yet to come. */
interface DayFound {
  day: Day;
  rest: string;
  isToday: boolean;
  rollsWeekly: boolean;
}

const dayMs = 86_400_000;
const dayDefault: Clock = { hour: 10, minute: 0 };
const todayDefault: Clock = { hour: 16, minute: 0 };
/** A date without a year further ahead than this is taken for one that has passed. */
const yearlessReachMs = 183 * dayMs;

const monthNames = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
];
const weekdayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const chineseDigits = '零一二三四五六七八九十';

function problem(name: WhenProblem): When {
  return { ok: false, problem: name };
}

function numeral(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  if (text === '两') return 2;
  if (text === '半') return 0.5;
  const ten = text.indexOf('十');
  if (ten < 0) return chineseDigits.indexOf(text);
  const tens = ten === 0 ? 1 : chineseDigits.indexOf(text.slice(0, ten));
  const ones = ten === text.length - 1 ? 0 : chineseDigits.indexOf(text.slice(ten + 1));
  return tens * 10 + ones;
}

function dayOf(ms: number, plusDays = 0): Day {
  const date = new Date(ms);
  const moved = new Date(date.getFullYear(), date.getMonth(), date.getDate() + plusDays);
  return { year: moved.getFullYear(), month: moved.getMonth(), date: moved.getDate() };
}

function exists(day: Day): boolean {
  const date = new Date(day.year, day.month, day.date);
  return date.getMonth() === day.month && date.getDate() === day.date;
}

/** Local time in ms UTC, null where the clock skips it (start of summer time). */
function at(day: Day, clock: Clock): number | null {
  const date = new Date(day.year, day.month, day.date, clock.hour, clock.minute);
  if (date.getHours() !== clock.hour || date.getMinutes() !== clock.minute) return null;
  return date.getTime();
}

const spans: [RegExp, number][] = [
  [/^(?:\+|in )\s*(\d+)\s*(?:m|min|mins|minutes?)$/, 60_000],
  [/^(?:\+|in )\s*(\d+)\s*(?:h|hours?)$/, 3_600_000],
  [/^(\d+|[半一两二三四五六七八九十]+)\s*(?:分钟)(?:以?后|之后)$/, 60_000],
  [/^(\d+|[半一两二三四五六七八九十]+)\s*个?(?:小时|钟头)(?:以?后|之后)$/, 3_600_000],
];

function readSpan(text: string, now: number): number | null {
  for (const [pattern, unitMs] of spans) {
    const count = pattern.exec(text)?.[1];
    if (count !== undefined) return now + numeral(count) * unitMs;
  }
  return null;
}

const dayWords: [RegExp, number][] = [
  [/^(?:day after tomorrow|后天)/, 2],
  [/^大后天/, 3],
  [/^(?:tomorrow|tmrw?|tom\b|明天|明日|明早)/, 1],
  [/^(?:today|tod\b|今天|今日|今晚)/, 0],
];

const dayCounts: [RegExp, number][] = [
  [/^(?:\+|in )\s*(\d+)\s*(?:d|days?)\b/, 1],
  [/^(?:\+|in )\s*(\d+)\s*(?:w|weeks?)\b/, 7],
  [/^(\d+|[一两二三四五六七八九十]+)\s*天(?:以?后|之后)/, 1],
  [/^(\d+|[一两二三四五六七八九十]+)\s*(?:周|个?星期)(?:以?后|之后)/, 7],
];

function fromNow(text: string, now: number, length: number, plusDays: number): DayFound {
  const rest = text.slice(length);
  return { day: dayOf(now, plusDays), rest, isToday: plusDays === 0, rollsWeekly: false };
}

function readDayWord(text: string, now: number): DayFound | null {
  for (const [pattern, plusDays] of dayWords) {
    const found = pattern.exec(text);
    // "明早" and "今晚" name the part of the day too: their last sign stays for the clock.
    if (found) return fromNow(text, now, found[0].replace(/[早晚]$/, '').length, plusDays);
  }
  for (const [pattern, unitDays] of dayCounts) {
    const found = pattern.exec(text);
    if (found) return fromNow(text, now, found[0].length, numeral(found[1] ?? '') * unitDays);
  }
  return null;
}

function readWeekday(text: string, now: number): DayFound | null {
  const english = /^(next |this )?(sun|mon|tue|wed|thu|fri|sat)[a-z]*\b/.exec(text);
  const chinese = /^(下个?|这个?|本)?(?:周|星期|礼拜)([一二三四五六日天])/.exec(text);
  const found = english ?? chinese;
  if (!found) return null;
  const which = found[1]?.trim() ?? '';
  const wanted = english
    ? weekdayNames.indexOf(english[2] ?? '')
    : '日一二三四五六'.indexOf((chinese?.[2] ?? '').replace('天', '日'));
  const today = new Date(now).getDay();
  // Weeks begin on Monday: "next" and 下 count from there, a bare name is the next such day.
  const fromMonday = ((wanted + 6) % 7) - ((today + 6) % 7);
  if (/^(next|下)/.test(which)) return fromNow(text, now, found[0].length, fromMonday + 7);
  if (which !== '') return fromNow(text, now, found[0].length, fromMonday);
  const ahead = (wanted - today + 7) % 7;
  return { ...fromNow(text, now, found[0].length, ahead), rollsWeekly: ahead === 0 };
}

export interface Calendar {
  year?: string;
  month: number;
  date: string;
  length: number;
}

export function readCalendar(text: string): Calendar | null {
  const numeric =
    /^(?:(\d{4})[-/.年])?(\d{1,2})[-/月](\d{1,2})(?:日|号)?(?=\s|$|[早上中下晚凌]|(?<=[日号])\d)/.exec(
      text,
    ) ?? /^(\d{4})\.(\d{1,2})\.(\d{1,2})(?=\s|$)/.exec(text);
  if (numeric) {
    const [all, year, month = '', date = ''] = numeric;
    return { ...(year ? { year } : {}), month: Number(month) - 1, date, length: all.length };
  }
  const dayFirst =
    /^(\d{1,2})\.?\s*(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:\s+(\d{4}))?(?=\s|$|,)/.exec(
      text,
    );
  if (dayFirst) {
    const [all, date = '', month = '', year] = dayFirst;
    return {
      ...(year ? { year } : {}),
      month: monthNames.indexOf(month),
      date,
      length: all.length,
    };
  }
  const monthFirst =
    /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+(\d{1,2})(?:,?\s+(\d{4}))?(?=\s|$|,)/.exec(
      text,
    );
  if (!monthFirst) return null;
  const [all, month = '', date = '', year] = monthFirst;
  return { ...(year ? { year } : {}), month: monthNames.indexOf(month), date, length: all.length };
}

function readDate(text: string, now: number): DayFound | WhenProblem | null {
  const found = readCalendar(text);
  if (!found) return null;
  const today = dayOf(now);
  const day = {
    year: Number(found.year ?? today.year),
    month: found.month,
    date: Number(found.date),
  };
  const rest = text.slice(found.length);
  const result = (of: Day): DayFound => ({
    day: of,
    rest,
    isToday: of.year === today.year && of.month === today.month && of.date === today.date,
    rollsWeekly: false,
  });
  if (found.year !== undefined) return exists(day) ? result(day) : 'noSuchDate';
  const start = new Date(today.year, today.month, today.date).getTime();
  const thisYear = new Date(day.year, day.month, day.date).getTime();
  if (exists(day) && thisYear >= start) return result(day);
  const next = { ...day, year: day.year + 1 };
  const nextYear = new Date(next.year, next.month, next.date).getTime();
  if (exists(next) && nextYear - start <= yearlessReachMs) return result(next);
  return exists(day) ? 'past' : 'noSuchDate';
}

const clockWords: Record<string, Clock> = {
  noon: { hour: 12, minute: 0 },
  中午: { hour: 12, minute: 0 },
  morning: { hour: 9, minute: 0 },
  早: { hour: 9, minute: 0 },
  早上: { hour: 9, minute: 0 },
  上午: { hour: 10, minute: 0 },
  afternoon: { hour: 14, minute: 0 },
  下午: { hour: 14, minute: 0 },
  evening: { hour: 19, minute: 0 },
  晚: { hour: 19, minute: 0 },
  晚上: { hour: 19, minute: 0 },
};

function onTwelve(hour: number, part: string): number {
  if (/^(pm|p|下午|晚|晚上)$/.test(part)) return hour < 12 ? hour + 12 : hour;
  if (part === '中午') return hour < 11 ? hour + 12 : hour;
  if (/^(am|a|凌晨)$/.test(part)) return hour === 12 ? 0 : hour;
  return hour;
}

export function readClock(text: string): Clock | WhenProblem {
  const word = clockWords[text];
  if (word) return word;
  const found =
    /^(上午|早上|早|中午|下午|晚上|晚|凌晨)?\s*(\d{1,2}|[一两二三四五六七八九十]+)(?:[:.h点时](\d{2}|半)?分?)?\s*(am|pm|a|p)?$/.exec(
      text,
    );
  if (!found) return 'unreadable';
  const [, part, hours = '', minutes, half] = found;
  if (half && (Number(hours) < 1 || Number(hours) > 12)) return 'noSuchTime';
  const hour = onTwelve(numeral(hours), half ?? part ?? '');
  const minute = minutes === '半' ? 30 : Number(minutes ?? 0);
  return hour > 23 || minute > 59 ? 'noSuchTime' : { hour, minute };
}

function settle(found: DayFound, clock: Clock, now: number): When {
  const moment = at(found.day, clock);
  if (moment === null) return problem('noSuchTime');
  if (moment > now) return { ok: true, at: moment };
  if (!found.rollsWeekly) return problem('past');
  const later = at(dayOf(now, 7), clock);
  return later === null ? problem('noSuchTime') : { ok: true, at: later };
}

/**
 * Reads a date as agents type it, in both languages: `mon 10`, `tomorrow 9:30`, `明天 9:30`,
 * `下周一下午3点`, `11-25 14:00`, `in 2 h`, `2小时后`. `now` and the result are ms UTC; days and hours are
 * those of the machine's time zone. A day without a time is taken at 10:00, today at 16:00. A date
 * without a year is the next one, at most half a year ahead; anything else has passed.
 */
export function parseWhen(typed: string, now: number): When {
  const text = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .replace(/。$/, '')
    .trim();
  if (text === '') return problem('unreadable');
  const span = readSpan(text, now);
  if (span !== null) return span > now ? { ok: true, at: span } : problem('past');

  const found = readDayWord(text, now) ?? readWeekday(text, now) ?? readDate(text, now);
  if (typeof found === 'string') return problem(found);
  const day = found ?? fromNow(text, now, 0, 0);
  const rest = day.rest
    .replace(/^[\s,的@]+|^ at /u, '')
    .replace(/^at /, '')
    .trim();
  if (rest === '') return settle(day, day.isToday ? todayDefault : dayDefault, now);
  const clock = readClock(rest);
  return typeof clock === 'string' ? problem(clock) : settle(day, clock, now);
}

export interface QuickDate {
  name: 'today' | 'tomorrow' | 'monday';
  at: number;
}

/** Today 16:00 (while it is still ahead), tomorrow 10:00 and next Monday 10:00. */
export function quickDates(now: number): QuickDate[] {
  const today = dayOf(now);
  const daysToMonday = (8 - new Date(now).getDay()) % 7 || 7;
  const dates: [QuickDate['name'], number | null][] = [
    ['today', at(today, todayDefault)],
    ['tomorrow', at(dayOf(now, 1), dayDefault)],
    ['monday', at(dayOf(now, daysToMonday), dayDefault)],
  ];
  return dates.flatMap(([name, moment]) =>
    moment !== null && moment > now ? [{ name, at: moment }] : [],
  );
}

/** Writes a moment so that `parseWhen` reads it back to the minute: `2026-11-25 14:00`. */
export function typedForm(ms: number): string {
  const date = new Date(ms);
  const two = (n: number): string => String(n).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
