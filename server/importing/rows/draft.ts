import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import type { Language } from '#shared/domain/text/text.ts';
import type { ImportKind, ImportSettings, RowProblem, RowReason } from '#shared/sync/importing.ts';
import type { FieldDefinition } from '../fields/catalog.ts';

export interface Named {
  id: string;
  name: string;
}

/** What it takes to read the rows of one import. */
export interface ReadContext {
  kind: ImportKind;
  settings: ImportSettings;
  fields: readonly FieldDefinition[];
  home: HomeCountry;
  /** ISO 4217, where the file names none. */
  currency: string;
  nowMs: number;
  language: Language;
  /** Who imports. */
  importer: Named;
  userOf(text: string): Named | null;
  /** Profile fields that are days. */
  profileDates: readonly string[];
  /** Id of a ticket category by its id or name. */
  categoryOf(text: string): string | null;
}

/** A way to reach a customer, as a row names it. */
export interface PointDraft {
  kind: 'phone' | 'email' | 'address';
  label: 'mobile' | 'landline' | 'work' | 'home' | 'other';
  raw: string;
  normal: string | null;
  extension: string | null;
}

/** A row as it was understood. Its record is not decided yet: it may be here already. */
export interface Draft {
  row: number;
  cells: string[];
  problems: RowProblem[];
  /** By what its record is recognised, in this order; see `keys.ts`. */
  own: string[];
  /** All names that a customer has once this row is written, whichever of them it is recognised by. */
  names: string[];
  /** What names the customer that an order, a ticket or a number belongs to, in this order. */
  customer: string[];
  /** Fields of the record that the row has, and no others. */
  fields: Record<string, unknown>;
  points: PointDraft[];
  /** What becomes a field only when the whole row is read. */
  aside: Partial<Record<string, string>>;
}

const maxShown = 200;

export function complain(
  draft: Draft,
  reason: RowReason,
  field: string | null,
  value: string | null = null,
): void {
  const shown =
    value === null ? null : value.slice(0, maxShown).toWellFormed().replaceAll('\0', '');
  draft.problems.push({ reason, field, value: shown });
}

export const maxShort = 500;
export const maxLong = 100_000;

/** Keep a text of the row, if it is not too long. */
export function keepText(draft: Draft, field: string, text: string, most = maxShort): void {
  if (text.length > most) complain(draft, 'too-long', field);
  else draft.fields[field] = text;
}
