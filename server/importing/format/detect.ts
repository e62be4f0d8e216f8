import type {
  Certainty,
  DetectedSetting,
  ImportKind,
  ImportSettings,
  ImportWishes,
} from '#shared/sync/importing.ts';
import { type FieldDefinition, proposeColumns } from '../fields/catalog.ts';
import { decoded } from '../source/decoded.ts';
import { FileError } from '../source/rows.ts';
import { vcardColumns } from '../source/vcardRows.ts';
import { detectEncoding } from './encoding.ts';
import {
  detectDateOrder,
  detectDecimal,
  detectDelimiter,
  detectHeader,
  detectQuote,
  firstRows,
} from './table.ts';

/** How many bytes of a file it takes to tell what it is. */
export const headBytes = 262_144;

export interface HeadOfFile {
  bytes: Uint8Array;
  /** There are no others. */
  whole: boolean;
}

export type FormatSettings = Pick<
  ImportSettings,
  'format' | 'encoding' | 'delimiter' | 'quote' | 'sheet'
>;
export type Certainties = Record<DetectedSetting, Certainty>;

const zip = [0x50, 0x4b, 0x03, 0x04];
const emptyZip = [0x50, 0x4b, 0x05, 0x06];
/** Compound file: XLS, or an encrypted workbook. */
const compound = [0xd0, 0xcf, 0x11, 0xe0];

function begins(bytes: Uint8Array, mark: number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}

/** What kind of file this is and how its text is written. What the user chose stands. Throws `FileError`. */
export async function detectFormat(
  { bytes, whole }: HeadOfFile,
  wishes: ImportWishes,
): Promise<{ settings: FormatSettings; certainty: Certainties }> {
  if (bytes.length === 0) throw new FileError('empty');
  const certainty: Certainties = {
    format: 'sure',
    encoding: 'sure',
    delimiter: 'sure',
    quote: 'sure',
    header: 'sure',
    sheet: 'sure',
    dateOrder: 'sure',
    decimal: 'sure',
  };
  const binary = begins(bytes, zip) || begins(bytes, emptyZip) || begins(bytes, compound);
  const settings: FormatSettings = {
    format: 'xlsx',
    encoding: 'utf-8',
    delimiter: ',',
    quote: '"',
    sheet: wishes.sheet ?? null,
  };
  if (binary || wishes.format === 'xlsx') {
    if (!begins(bytes, zip)) throw new FileError('not-a-workbook');
    return { settings, certainty };
  }
  const encoding = detectEncoding(bytes, whole);
  settings.encoding = wishes.encoding ?? encoding.value;
  certainty.encoding = wishes.encoding ? 'chosen' : encoding.certainty;
  const text = await textOf(bytes, settings.encoding);
  const isCard = /^\s*(?:[\w-]+\.)?BEGIN:VCARD\s/i.test(text);
  settings.format = wishes.format ?? (isCard ? 'vcard' : 'csv');
  if (wishes.format) certainty.format = 'chosen';
  if (settings.format === 'vcard') return { settings, certainty };
  const quote = detectQuote(text);
  settings.quote = wishes.quote ?? quote.value;
  certainty.quote = wishes.quote ? 'chosen' : quote.certainty;
  const delimiter = await detectDelimiter(bytes, settings.encoding, settings.quote, whole);
  settings.delimiter = wishes.delimiter ?? delimiter.value;
  certainty.delimiter = wishes.delimiter ? 'chosen' : delimiter.certainty;
  return { settings, certainty };
}

async function textOf(bytes: Uint8Array, encoding: ImportSettings['encoding']): Promise<string> {
  async function* once() {
    yield bytes;
  }
  let text = '';
  for await (const piece of decoded(once(), encoding)) text += piece;
  return text;
}

/** Rows of the head of a delimited text. */
export function headRows(head: HeadOfFile, settings: FormatSettings): Promise<string[][]> {
  return firstRows(head.bytes, settings, head.whole);
}

/** What the columns are, by their names and by what stands in them. */
export function detectColumns(
  kind: ImportKind,
  rows: readonly string[][],
  format: FormatSettings,
  wishes: ImportWishes,
  fields: readonly FieldDefinition[],
  thisYear: number,
): { settings: ImportSettings; header: string[]; certainty: Partial<Certainties> } {
  const cards = format.format === 'vcard';
  const first = cards ? [...vcardColumns] : (rows[0] ?? []);
  const known = proposeColumns(first, fields).filter((field) => field !== null).length;
  const header = detectHeader(rows, known);
  const hasHeader = cards ? false : (wishes.header ?? header.value);
  const names = cards || hasHeader ? first : [];
  const data = hasHeader ? rows.slice(1) : rows;
  const named = cards || hasHeader;
  const width = named ? names.length : Math.max(0, ...data.map((row) => row.length));
  const padded = Array.from({ length: width }, (_, column) => names[column] ?? '');
  const cells = data.flat();
  const dateOrder = detectDateOrder(cells, thisYear);
  const decimal = detectDecimal(cells);
  const columns = columnsOf(kind, padded, data, fields, named);
  const typed = format.format === 'xlsx';
  const proposed = wishes.columns ?? columns;
  return {
    header: padded,
    settings: {
      ...format,
      header: hasHeader,
      dateOrder: wishes.dateOrder ?? dateOrder.value,
      decimal: wishes.decimal ?? (typed ? '.' : decimal.value),
      columns: padded.map((_, column) => proposed[column] ?? null),
      duplicates: wishes.duplicates ?? 'skip',
      matchBy: wishes.matchBy ?? ['no', 'number', 'email'],
    },
    certainty: {
      header: cards ? 'sure' : wishes.header === undefined ? header.certainty : 'chosen',
      dateOrder: wishes.dateOrder ? 'chosen' : dateOrder.certainty,
      decimal: wishes.decimal ? 'chosen' : typed ? 'likely' : decimal.certainty,
    },
  };
}

const looks: { field: string; test: RegExp }[] = [
  { field: 'email', test: /^[^\s@]+@[^\s@]+\.[^\s@]+$/ },
  { field: 'mobile', test: /^(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}$/ },
  { field: 'phone', test: /^\+?[\d(][\d\s()-]{6,20}$/ },
  { field: 'name', test: /^\p{Script=Han}{2,4}$|^\p{Lu}\p{L}+ \p{Lu}[\p{L} .-]+$/u },
];

/** By the names of a header; customers without one also by what most cells of a column look like. */
function columnsOf(
  kind: ImportKind,
  names: string[],
  data: readonly string[][],
  fields: readonly FieldDefinition[],
  named: boolean,
): (string | null)[] {
  if (named) return proposeColumns(names, fields);
  if (kind !== 'customers') return names.map(() => null);
  const taken = new Set<string>();
  return names.map((_, column) => {
    const cells = data.map((row) => (row[column] ?? '').trim()).filter(Boolean);
    const found = looks.find(
      ({ field, test }) =>
        !taken.has(field) &&
        cells.length > 0 &&
        cells.filter((cell) => test.test(cell)).length >= cells.length * 0.8,
    );
    if (!found) return null;
    taken.add(found.field);
    return found.field;
  });
}
