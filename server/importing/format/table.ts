import {
  type DateOrder,
  type DecimalMark,
  type Delimiter,
  delimiters,
  type ImportEncoding,
  type ImportSettings,
} from '#shared/sync/importing.ts';
import { csvRows } from '../source/csvRows.ts';
import { FileError } from '../source/rows.ts';
import { readDay } from '../values/dates.ts';
import type { Detected } from './encoding.ts';

const sampleRows = 200;

/** The first rows of a text that is cut somewhere: the last one, which may be cut with it, is left out. */
export async function firstRows(
  head: Uint8Array,
  settings: Pick<ImportSettings, 'encoding' | 'delimiter' | 'quote'>,
  whole: boolean,
): Promise<string[][]> {
  const found: string[][] = [];
  try {
    for await (const rows of csvRows(once(head), settings)) {
      for (const { cells } of rows) found.push(cells);
      if (found.length > sampleRows) break;
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
  return (whole || found.length < 2 ? found : found.slice(0, -1)).slice(0, sampleRows);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The delimiter that parts most rows into the same number of cells, more than one. */
export async function detectDelimiter(
  head: Uint8Array,
  encoding: ImportEncoding,
  quote: ImportSettings['quote'],
  whole: boolean,
): Promise<Detected<Delimiter>> {
  const scores: { value: Delimiter; score: number }[] = [];
  for (const value of delimiters) {
    const rows = await firstRows(head, { encoding, delimiter: value, quote }, whole);
    scores.push({
      value,
      score: evenness(rows.filter((cells) => cells.some((cell) => cell !== ''))),
    });
  }
  scores.sort((a, b) => b.score - a.score);
  const [best, second] = scores;
  if (!best || best.score === 0) return { value: ',', certainty: 'guess' };
  const clear = best.score >= 1 && (second?.score ?? 0) < best.score / 2;
  return { value: best.value, certainty: clear ? 'sure' : 'likely' };
}

/** Share of rows with the commonest number of cells, a little more for more cells; 0 where that number is 1. */
function evenness(rows: string[][]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [commonest] = [...counts].sort((a, b) => b[1] - a[1]);
  if (!commonest || commonest[0] < 2) return 0;
  return (commonest[1] / rows.length) * (1 + Math.min(commonest[0], 50) / 100);
}

/** Single quotes where cells begin and end with them and none with double ones. */
export function detectQuote(text: string): Detected<ImportSettings['quote']> {
  const around = (sign: string) =>
    (
      text.match(
        new RegExp(`(^|[,;\\t|\\n])${sign}[^${sign}\\n]*${sign}(?=[,;\\t|\\r\\n]|$)`, 'g'),
      ) ?? []
    ).length;
  if (around('"') > 0) return { value: '"', certainty: 'sure' };
  return around("'") > 2
    ? { value: "'", certainty: 'likely' }
    : { value: '"', certainty: 'likely' };
}

const data = /^[+(]?\d[\d\s().,:/+-]*$|@|\d{4}-\d{2}-\d{2}/;

/** `known`: how many names of the first row are names of fields. */
export function detectHeader(rows: readonly string[][], known: number): Detected<boolean> {
  const [first, ...others] = rows;
  if (!first) return { value: false, certainty: 'guess' };
  const named = first.filter((cell) => cell.trim() !== '');
  if (known >= 2 || (known === 1 && named.length <= 2)) return { value: true, certainty: 'sure' };
  if (named.some((cell) => data.test(cell.trim()))) return { value: false, certainty: 'likely' };
  if (known > 0) return { value: true, certainty: 'likely' };
  const below = others.some((row) => row.some((cell) => data.test(cell.trim())));
  return { value: below, certainty: below ? 'likely' : 'guess' };
}

const ordered = /^(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?:[\sT].*)?$/;
const yearFirst = /^\d{4}[-/.年]\s?\d{1,2}[-/.月]/;

/** Which comes first of day, month and year; a value above 12 decides. */
export function detectDateOrder(cells: Iterable<string>, thisYear: number): Detected<DateOrder> {
  let day = 0;
  let month = 0;
  let points = 0;
  let either = 0;
  let year = 0;
  for (const cell of cells) {
    const text = cell.trim();
    if (yearFirst.test(text)) year += 1;
    const parts = ordered.exec(text);
    if (!parts) continue;
    const bare = `${parts[1]}${parts[2]}${parts[3]}${parts[2]}${parts[4]}`;
    const asDay = readDay(bare, 'dmy', thisYear) !== null;
    const asMonth = readDay(bare, 'mdy', thisYear) !== null;
    if (asDay && !asMonth) day += 1;
    else if (asMonth && !asDay) month += 1;
    else if (asDay) {
      either += 1;
      if (parts[2] === '.') points += 1;
    }
  }
  if (day > 0 || month > 0) {
    const certainty = day > 0 && month > 0 ? 'guess' : 'sure';
    return { value: day >= month ? 'dmy' : 'mdy', certainty };
  }
  if (either > 0) return { value: points > 0 ? 'dmy' : 'mdy', certainty: 'guess' };
  return { value: 'ymd', certainty: year > 0 ? 'sure' : 'likely' };
}

const withComma = /^[^\d]*\d{1,3}(?:\.\d{3})*,\d{1,2}\D*$/;
const withPoint = /^[^\d]*\d{1,3}(?:,\d{3})*\.\d{1,2}\D*$|^\D*\d+\.\d{1,2}\D*$/;

/** The mark before the fraction of amounts. */
export function detectDecimal(cells: Iterable<string>): Detected<DecimalMark> {
  let comma = 0;
  let point = 0;
  for (const cell of cells) {
    const text = cell.trim();
    if (withComma.test(text) || /^\D*\d+,\d{1,2}\D*$/.test(text)) comma += 1;
    else if (withPoint.test(text)) point += 1;
  }
  if (comma === 0 && point === 0) return { value: '.', certainty: 'likely' };
  return { value: comma > point ? ',' : '.', certainty: comma > 0 && point > 0 ? 'guess' : 'sure' };
}
