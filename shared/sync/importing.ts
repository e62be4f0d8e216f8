import { z } from 'zod';
import { idSchema, shortTextSchema, timeSchema } from '../domain/primitives.ts';
import { languageSchema } from '../domain/text/text.ts';

/** What a file may bring in, one thing a row. `numbers` are contact points of customers who are there already. */
export const importKinds = ['customers', 'numbers', 'orders', 'tickets'] as const;
export const importKindSchema = z.enum(importKinds);
export type ImportKind = (typeof importKinds)[number];

const importFormats = ['csv', 'xlsx', 'vcard'] as const;
export const importEncodings = [
  'utf-8',
  'gb18030',
  'utf-16le',
  'utf-16be',
  'windows-1252',
] as const;
export type ImportEncoding = (typeof importEncodings)[number];
export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];
export const quotes = ['"', "'", 'none'] as const;
/** Order of day, month and year; ISO 8601 is understood in each of them. */
export const dateOrders = ['ymd', 'dmy', 'mdy'] as const;
export type DateOrder = (typeof dateOrders)[number];
export const decimalMarks = ['.', ','] as const;
export type DecimalMark = (typeof decimalMarks)[number];

/**
 * What becomes of a row whose record is here already: nothing, its values are taken over, or a second record is made
 * and listed in the file of rows to look at.
 */
export const duplicatePolicies = ['skip', 'update', 'flag'] as const;
export type DuplicatePolicy = (typeof duplicatePolicies)[number];

/** By what a customer is recognised, tried in this order. Orders and tickets are recognised by their number. */
export const matchKeys = ['no', 'number', 'email'] as const;

/** Name of a field that a column fills, such as `name`, `mobile` or `profile.birthday`. */
export const importFieldSchema = z.string().regex(/^[A-Za-z]{1,40}(\.[\w-]{1,64})?$/);
export const maxImportColumns = 500;

export const importSettingsSchema = z.object({
  format: z.enum(importFormats),
  encoding: z.enum(importEncodings),
  delimiter: z.enum(delimiters),
  quote: z.enum(quotes),
  /** The first row names the columns. */
  header: z.boolean(),
  /** XLSX: name of the sheet; null takes the first. */
  sheet: shortTextSchema.nullable(),
  dateOrder: z.enum(dateOrders),
  decimal: z.enum(decimalMarks),
  /** What each column fills, from the first on; null: nothing. */
  columns: z.array(importFieldSchema.nullable()).max(maxImportColumns),
  duplicates: z.enum(duplicatePolicies),
  matchBy: z.array(z.enum(matchKeys)).max(matchKeys.length),
});
export type ImportSettings = z.infer<typeof importSettingsSchema>;
/** What the user decided; the rest is detected. */
export const importWishesSchema = importSettingsSchema.partial();
export type ImportWishes = z.infer<typeof importWishesSchema>;

/** Why a row, or one of its values, cannot be taken as it is. Texts: `reason.*` in locales/…/importing.json. */
export const rowReasons = [
  'missing',
  'too-long',
  'not-a-date',
  'not-a-number',
  'not-an-amount',
  'not-an-email',
  'not-a-phone',
  'not-in-list',
  'not-yes-or-no',
  'not-text',
  'not-decodable',
  'too-many-cells',
  'customer-missing',
  'customer-unknown',
  'customer-ambiguous',
  'user-unknown',
  'category-unknown',
  'cell-error',
  'formula-without-value',
  'already-here',
  'several-matches',
] as const;
export type RowReason = (typeof rowReasons)[number];

export const rowProblemSchema = z.object({
  reason: z.enum(rowReasons),
  /** The field, null where the whole row is meant. */
  field: z.string().nullable(),
  /** The value that was not understood, cut; or what it met. */
  value: z.string().max(200).nullable(),
});
export type RowProblem = z.infer<typeof rowProblemSchema>;

/** Why a file cannot be read. Texts: `failure.*` in locales/…/importing.json. */
const fileFailures = [
  'empty',
  'not-a-workbook',
  'encrypted-workbook',
  'sheet-missing',
  'too-large-inside',
  'row-too-long',
  'quote-not-closed',
  'too-many-columns',
  'no-cards',
  'disk-full',
  'internal',
] as const;
export type FileFailure = (typeof fileFailures)[number];
export const fileFailureSchema = z.object({
  failure: z.enum(fileFailures),
  /** Where in the file, counted from 1; null where no row is meant. */
  row: z.int().positive().nullable(),
});

/** What becomes of a row. `unchanged`: its record has all of it already. */
export const rowFates = ['new', 'updated', 'unchanged', 'skipped', 'flagged', 'wrong'] as const;
export type RowFate = (typeof rowFates)[number];

const importCountsSchema = z.object({
  rows: z.int().nonnegative(),
  new: z.int().nonnegative(),
  updated: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  skipped: z.int().nonnegative(),
  flagged: z.int().nonnegative(),
  wrong: z.int().nonnegative(),
  /** How many rows of the file gave each reason. */
  reasons: z.partialRecord(z.enum(rowReasons), z.int().nonnegative()),
});
export type ImportCounts = z.infer<typeof importCountsSchema>;

/**
 * - `uploading`: the file is not whole yet; `ready`: it can be looked at, checked and run;
 * - `checking`: a dry run is under way; `checked`: it told its counts, nothing was written;
 * - `running`, then `done`; `cancelled`: what was written until then stays;
 * - `failed`: the file could not be read further; `run` goes on where it stopped.
 */
const importStates = [
  'uploading',
  'ready',
  'checking',
  'checked',
  'running',
  'done',
  'cancelled',
  'failed',
] as const;
export type ImportState = (typeof importStates)[number];

export const importViewSchema = z.object({
  id: idSchema,
  /** Counts imports from 1; the history of a record says `import` and this number. */
  no: z.int().positive(),
  kind: importKindSchema,
  fileName: shortTextSchema,
  state: z.enum(importStates),
  /** Bytes of the file, and how many of them are here. */
  size: z.int().nonnegative(),
  received: z.int().nonnegative(),
  settings: importSettingsSchema.nullable(),
  /** Of the dry run or of the run, as far as it got; null before. */
  counts: importCountsSchema.nullable(),
  /** Share of the file that is worked off, 0 to 1; null where nothing is under way. */
  progress: z.number().min(0).max(1).nullable(),
  failure: fileFailureSchema.nullable(),
  createdAt: timeSchema,
  createdByName: shortTextSchema,
  endedAt: timeSchema.nullable(),
});
export type ImportView = z.infer<typeof importViewSchema>;

export const maxImportsListed = 100;
export const importListSchema = z.object({ imports: z.array(importViewSchema) });

export const newImportSchema = z.object({
  kind: importKindSchema,
  fileName: shortTextSchema.min(1),
  size: z.int().positive(),
  /** Of what the import itself writes, such as the tag of a possible duplicate. */
  language: languageSchema.default('en'),
});
export type NewImport = z.input<typeof newImportSchema>;

/** The most bytes of a file in one request of an upload. */
export const maxUploadBytes = 4_194_304;

const importFieldViewSchema = z.object({
  field: z.string(),
  /** Fields that have a text of their own: the configuration names them. */
  label: z.record(languageSchema, z.string()).nullable(),
  required: z.boolean(),
  /** More than one column may fill it. */
  several: z.boolean(),
});

const previewRowSchema = z.object({
  /** Row in the file, from 1. */
  row: z.int().positive(),
  fate: z.enum(rowFates),
  cells: z.array(z.string()),
  /** What the columns became, in their order; null where nothing was taken. */
  values: z.array(z.string().nullable()),
  problems: z.array(rowProblemSchema),
});

/** How sure a detected setting is: nothing else fits, it fits best, it is only the usual. */
const certainties = ['sure', 'likely', 'guess', 'chosen'] as const;
export type Certainty = (typeof certainties)[number];
export const detectedSettings = [
  'format',
  'encoding',
  'delimiter',
  'quote',
  'header',
  'sheet',
  'dateOrder',
  'decimal',
] as const;
export type DetectedSetting = (typeof detectedSettings)[number];

export const importPreviewSchema = z.object({
  settings: importSettingsSchema,
  certainty: z.record(z.enum(detectedSettings), z.enum(certainties)),
  /** Names of the columns: the header's, or empty. */
  columns: z.array(z.string()),
  sheets: z.array(z.string()),
  fields: z.array(importFieldViewSchema),
  rows: z.array(previewRowSchema),
  /** What keeps the import from being run with these settings: required fields without a column. */
  missing: z.array(z.string()),
  failure: fileFailureSchema.nullable(),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

/** `complaints`: the register of complaints, which is taken out only. */
export const exportKinds = [...importKinds, 'complaints'] as const;
export type ExportKind = (typeof exportKinds)[number];
export const exportFormats = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportRequestSchema = z.object({
  kind: z.enum(exportKinds),
  format: z.enum(exportFormats),
  /** CSV: begin with a byte order mark, by which Excel knows UTF-8. */
  bom: z.stringbool().default(true),
  delimiter: z.enum(delimiters).default(','),
  language: languageSchema.default('en'),
});
export type ExportRequest = z.infer<typeof exportRequestSchema>;
