import type { Language } from '#shared/domain/text/text.ts';
import {
  detectedSettings,
  type ImportKind,
  type ImportPreview,
  type ImportSettings,
  type ImportWishes,
} from '#shared/sync/importing.ts';
import type { Db } from '../store/store.ts';
import { type BatchContext, workBatch } from './batch/workBatch.ts';
import { fieldsOf } from './fields/catalog.ts';
import {
  type Certainties,
  detectColumns,
  detectFormat,
  type FormatSettings,
  headRows,
} from './format/detect.ts';
import { headOf, type ImportFile, withFileOnDisk, withRows } from './importFile.ts';
import { configurationOf, readContextOf } from './readContext.ts';
import type { Draft, Named } from './rows/draft.ts';
import { createRowReader } from './rows/readRow.ts';
import { FileError, type SourceRow } from './source/rows.ts';
import { sheetNames, xlsxRows } from './source/xlsxRows.ts';
import { writeMoney } from './values/money.ts';

const shownRows = 20;
const sampleRows = 200;
const maxCellShown = 300;

export interface PreviewRequest {
  file: ImportFile;
  kind: ImportKind;
  wishes: ImportWishes;
  language: Language;
  importer: Named;
}

type BatchTools = Pick<BatchContext, 'clock' | 'newId' | 'now'>;

/** How a file is understood with these settings, and what would become of its first rows. Nothing is written. */
export async function previewOf(
  db: Db,
  tools: BatchTools,
  request: PreviewRequest,
): Promise<ImportPreview> {
  const nowMs = tools.now();
  const { kind, wishes } = request;
  const fields = fieldsOf(kind, await configurationOf(db));
  const told = fields.map(({ field, label, required, several }) => ({
    field,
    label,
    required,
    several,
  }));
  const format = await formatOf(db, request).catch(unreadable);
  const { head, sheets, failure } = format;
  const found = detectColumns(
    kind,
    head,
    format.settings,
    wishes,
    fields,
    new Date(nowMs).getFullYear(),
  );
  const base = {
    settings: found.settings,
    certainty: { ...format.certainty, ...found.certainty },
    columns: found.header.map((name) => name.slice(0, maxCellShown)),
    sheets,
    fields: told,
    missing: missingFields(found.settings, kind, fields),
    failure,
  };
  if (failure) return { ...base, rows: [] };
  try {
    return { ...base, rows: await previewRows(db, tools, request, found.settings) };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return { ...base, rows: [], failure: { failure: error.failure, row: error.row } };
  }
}

/** Fields without which no row can be taken. A name may come in two parts, or be that of a company. */
export function missingFields(
  { columns }: Pick<ImportSettings, 'columns'>,
  kind: ImportKind,
  fields: readonly { field: string; required: boolean }[],
): string[] {
  const missing = fields
    .filter(({ field, required }) => required && !columns.includes(field))
    .map(({ field }) => field);
  const has = (...names: string[]) => names.some((name) => columns.includes(name));
  if (kind === 'customers' && !has('name', 'familyName', 'givenName', 'company'))
    missing.push('name');
  const reference = kind === 'numbers' || kind === 'orders';
  if (reference && !has('customerNo', 'customerNumber', 'customerEmail'))
    missing.push('customerNo');
  return missing;
}

/** Columns that fill the same field although only one may. */
export function mappedTwice(
  { columns }: Pick<ImportSettings, 'columns'>,
  fields: readonly { field: string; several: boolean }[],
): string | null {
  const seen = new Set<string>();
  for (const field of columns) {
    if (field === null) continue;
    const known = fields.find((one) => one.field === field);
    if (seen.has(field) && !known?.several) return field;
    seen.add(field);
  }
  return null;
}

/** Nothing can be told of a file that cannot be read, but why. */
function unreadable(error: unknown): FoundFormat {
  if (!(error instanceof FileError)) throw error;
  const certain = Object.fromEntries(detectedSettings.map((name) => [name, 'guess' as const]));
  return {
    settings: { format: 'csv', encoding: 'utf-8', delimiter: ',', quote: '"', sheet: null },
    certainty: certain as Certainties,
    head: [],
    sheets: [],
    failure: { failure: error.failure, row: error.row },
  };
}

interface FoundFormat {
  settings: FormatSettings;
  certainty: Certainties;
  head: string[][];
  sheets: string[];
  failure: ImportPreview['failure'];
}

async function formatOf(db: Db, { file, wishes }: PreviewRequest): Promise<FoundFormat> {
  const head = await headOf(db, file);
  const { settings, certainty } = await detectFormat(head, wishes);
  switch (settings.format) {
    case 'csv':
      return {
        settings,
        certainty,
        head: await headRows(head, settings),
        sheets: [],
        failure: null,
      };
    case 'vcard':
      return { settings, certainty, head: [], sheets: [], failure: null };
    case 'xlsx':
      return withFileOnDisk(db, file, async (path) => {
        const sheets = await sheetNames(path);
        const sheet = settings.sheet ?? sheets[0] ?? null;
        const rows = await take(xlsxRows({ path, sheet }), sampleRows);
        return {
          settings: { ...settings, sheet },
          certainty: {
            ...certainty,
            sheet: wishes.sheet ? 'chosen' : sheets.length > 1 ? 'guess' : 'sure',
          },
          head: rows.map(({ cells }) => cells),
          sheets,
          failure: null,
        };
      });
  }
}

async function take(rows: AsyncIterable<SourceRow[]>, most: number): Promise<SourceRow[]> {
  const taken: SourceRow[] = [];
  for await (const group of rows) {
    taken.push(...group.filter(({ cells }) => cells.some((cell) => cell !== '')));
    if (taken.length >= most) break;
  }
  return taken.slice(0, most);
}

class Undone extends Error {}

async function previewRows(
  db: Db,
  tools: BatchTools,
  { file, kind, language, importer }: PreviewRequest,
  settings: ImportSettings,
): Promise<ImportPreview['rows']> {
  const skip = settings.header ? 1 : 0;
  const rows = (
    await withRows(db, file, settings, (source) => take(source, shownRows + skip))
  ).slice(skip);
  const read = await readContextOf(db, { kind, settings, language, importer, nowMs: tools.now() });
  const drafts = rows.map(createRowReader(read));
  const fates = await fatesOf(db, drafts, { ...tools, importId: file.id, read, device: 'preview' });
  return drafts.map((draft) => ({
    row: draft.row,
    fate: fates.get(draft.row) ?? 'wrong',
    cells: draft.cells.map((cell) => cell.slice(0, maxCellShown)),
    values: settings.columns.map((field, column) =>
      writtenValue(draft, field, draft.cells[column] ?? ''),
    ),
    problems: draft.problems,
  }));
}

/** What would become of the rows: tried in a transaction that is taken back. */
async function fatesOf(db: Db, drafts: Draft[], context: BatchContext) {
  const fates = new Map<number, ImportPreview['rows'][number]['fate']>();
  try {
    await db.transaction().execute(async (tx) => {
      const plan = await workBatch(tx, drafts, context, 'check');
      for (const [row, fate] of plan.fates) fates.set(row, fate);
      throw new Undone();
    });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
  }
  return fates;
}

/** What a cell became, in words. */
function writtenValue(draft: Draft, field: string | null, cell: string): string | null {
  if (field === null || cell.trim() === '') return null;
  if (draft.problems.some((problem) => problem.field === field)) return null;
  const [name = '', part] = field.split('.');
  const value = draft.fields[name];
  if (part !== undefined) {
    const entry = (value as Record<string, { value: string }> | undefined)?.[part];
    return entry?.value ?? null;
  }
  const point = draft.points.find(({ raw }) => cell.includes(raw));
  if (point && (value === undefined || name === 'value')) return point.normal ?? point.raw;
  if (value === undefined) return cell.trim().slice(0, maxCellShown);
  if (typeof value === 'string') return value.slice(0, maxCellShown);
  if (Array.isArray(value)) return value.join(', ').slice(0, maxCellShown);
  if (typeof value === 'number') return new Date(value).toISOString();
  if (typeof value === 'boolean') return String(value);
  return moneyText(value) ?? cell.trim().slice(0, maxCellShown);
}

function moneyText(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('minor' in value)) return null;
  const { minor, currency } = value as { minor: number; currency: string };
  return `${writeMoney({ minor, currency })} ${currency}`;
}
