import type { BusinessCalendar } from '#shared/domain/settings/serviceLevels.ts';

export type Holiday = BusinessCalendar['holidays'][number];
export type MakeUpDay = BusinessCalendar['makeUpDays'][number];

export interface LineProblem {
  /** From 1. */
  line: number;
  problem: 'not-a-date' | 'no-such-date' | 'range' | 'weekday' | 'twice';
  text: string;
}

export interface ReadLines<T> {
  days: T[];
  problems: LineProblem[];
}

/** Longer ranges are a slip of the pen. */
const longestRange = 60;
const dayMs = 86_400_000;
const dateWords = String.raw`(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?`;
const linePattern = new RegExp(
  `^${dateWords}(?:\\s*(?:\\.\\.|~|至|–|—)\\s*${dateWords})?(?:\\s*=\\s*(\\S+))?[\\s,;，；:：]*(.*)$`,
  'u',
);

/**
 * Days of a pasted list, one a line: a date, or two with `..` between them for all days from one to the other, and a
 * name behind it, in both languages with ` / ` between them.
 */
export function readHolidays(text: string): ReadLines<Holiday> {
  return readLines(text, ({ date, name }) => ({ date, name }));
}

/** The same, with the weekday whose hours they have: `2026-10-10 = 4 National Day`. Without one it is Monday. */
export function readMakeUpDays(text: string): ReadLines<MakeUpDay> {
  return readLines(text, ({ date, name, weekday }) => {
    const as = weekday === null ? 1 : Number(weekday);
    return Number.isInteger(as) && as >= 1 && as <= 7 ? { date, as, name } : null;
  });
}

interface Line {
  date: string;
  name: Holiday['name'];
  weekday: string | null;
}

function readLines<T>(text: string, make: (line: Line) => T | null): ReadLines<T> {
  const days: T[] = [];
  const problems: LineProblem[] = [];
  const seen = new Set<string>();
  for (const [index, raw] of text.split(/\r?\n/u).entries()) {
    const written = raw.normalize('NFKC').trim();
    if (written === '') continue;
    const tell = (problem: LineProblem['problem']) =>
      problems.push({ line: index + 1, problem, text: raw.trim() });
    const parts = linePattern.exec(written);
    if (!parts) {
      tell('not-a-date');
      continue;
    }
    const first = dateOf(parts.slice(1, 4));
    const last = parts[4] === undefined ? first : dateOf(parts.slice(4, 7));
    if (first === null || last === null) {
      tell('no-such-date');
      continue;
    }
    const count = (Date.parse(last) - Date.parse(first)) / dayMs + 1;
    if (count < 1 || count > longestRange) {
      tell('range');
      continue;
    }
    const name = nameOf(parts[8] ?? '');
    for (let day = 0; day < count; day += 1) {
      const date = new Date(Date.parse(first) + day * dayMs).toISOString().slice(0, 10);
      const made = make({ date, name, weekday: parts[7] ?? null });
      if (made === null) {
        tell('weekday');
        break;
      }
      if (seen.has(date)) tell('twice');
      else days.push(made);
      seen.add(date);
    }
  }
  return { days, problems };
}

/** `YYYY-MM-DD`, or null where the calendar has no such day. */
function dateOf(parts: readonly (string | undefined)[]): string | null {
  const [year = '', month = '', day = ''] = parts;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date) ? date : null;
}

function nameOf(text: string): Holiday['name'] {
  const [en = '', zh = en] = text.split(/\s+\/\s+/u).map((part) => part.trim().slice(0, 200));
  return { en, 'zh-CN': zh };
}

export function holidayText(days: readonly Holiday[]): string {
  return days.map(({ date, name }) => lineOf(date, name)).join('\n');
}

export function makeUpText(days: readonly MakeUpDay[]): string {
  return days.map(({ date, as, name }) => lineOf(`${date} = ${as}`, name)).join('\n');
}

function lineOf(start: string, name: Holiday['name']): string {
  const words = name.en === name['zh-CN'] ? name.en : `${name.en} / ${name['zh-CN']}`;
  return words === '' ? start : `${start} ${words}`;
}
