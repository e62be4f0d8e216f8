import { Readable } from 'node:stream';
import type { ColumnType } from '#shared/domain/reports/columns.ts';
import type { Zone } from '#shared/domain/serviceLevels/zonedTime.ts';
import type { Cell } from '#shared/sync/reports.ts';
import { byteOrderMark, csvLine } from '../../exporting/csv.ts';
import { type XlsxCell, xlsxStream } from '../../exporting/xlsx.ts';
import type { ReportDocument } from './document.ts';

const pieceLength = 65_536;
const delimiter = ',';

/**
 * The table as CSV (RFC 4180, UTF-8 with a byte order mark), then an empty line and what the report is about. Rates are
 * ratios of 0 to 1, durations seconds, times what the clocks of the zone show.
 */
export function csvFile(document: ReportDocument): Readable {
  return Readable.from(csvPieces(document));
}

function* csvPieces(document: ReportDocument): Generator<Buffer> {
  const { columns, rows, totals, zone } = document;
  const line = (cells: readonly string[]) => csvLine(cells, delimiter);
  let piece = byteOrderMark;
  piece += line(columns.map(({ title, type }) => (type === 'duration' ? `${title} (s)` : title)));
  for (const row of totals ? [...rows, totals] : rows) {
    piece += line(columns.map(({ type }, index) => plain(type, row[index] ?? null, zone)));
    if (piece.length < pieceLength) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  piece += line(['']);
  for (const { label, text } of aboutOf(document)) piece += line([label, text]);
  yield Buffer.from(piece);
}

function plain(type: ColumnType, value: Cell, zone: Zone): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  switch (type) {
    case 'rate':
      return value.toFixed(4);
    case 'duration':
      return (value / 1_000).toFixed(0);
    case 'score':
      return value.toFixed(2);
    case 'time':
      return new Date(localOf(value, zone)).toISOString().slice(0, 19).replace('T', ' ');
    default:
      return String(value);
  }
}

const localOf = (at: number, zone: Zone) => at + zone.offsetAt(at);

/** Title, facts, formulas and notes, as two columns. */
function aboutOf({ title, facts, formulas, notes, words }: ReportDocument) {
  return [
    { label: title, text: '' },
    ...facts,
    ...(formulas.length === 0 ? [] : [{ label: words.formulas, text: '' }, ...formulas]),
    ...notes.map((text) => ({ label: words.notes, text })),
  ];
}

/** A workbook: the table with cells of their real types and a header that stays in sight, and what it is about. */
export function xlsxFile(document: ReportDocument): Readable {
  const { title, columns, rows, totals, zone, words } = document;
  async function* table() {
    for (const row of totals ? [...rows, totals] : rows) {
      yield columns.map(({ type }, index) => cellOf(type, row[index] ?? null, zone));
    }
  }
  async function* about() {
    for (const { label, text } of aboutOf(document).slice(1)) yield [textOf(label), textOf(text)];
  }
  return xlsxStream(
    {
      name: title,
      columns: columns.map(({ title: heading, type }) => ({
        title: heading,
        width: Math.max(widths[type], Math.min(24, heading.length + 2)),
      })),
      rows: table(),
    },
    {
      name: words.notes,
      columns: [
        { title, width: 34 },
        { title: '', width: 110 },
      ],
      rows: about(),
    },
  );
}

const widths: Record<ColumnType, number> = {
  count: 10,
  rate: 10,
  duration: 11,
  score: 8,
  text: 20,
  time: 17,
  date: 12,
};

const textOf = (value: string): XlsxCell => ({ type: 'text', value });

function cellOf(type: ColumnType, value: Cell, zone: Zone): XlsxCell | null {
  if (value === null) return null;
  if (typeof value === 'string') {
    return type === 'date' && /^\d{4}-\d\d-\d\d$/.test(value)
      ? { type: 'date', value }
      : textOf(value);
  }
  switch (type) {
    case 'rate':
    case 'duration':
      return { type, value };
    case 'time':
      return { type: 'local', value: localOf(value, zone) };
    case 'score':
      return { type: 'number', value, digits: 2 };
    default:
      return { type: 'number', value, digits: 0 };
  }
}
