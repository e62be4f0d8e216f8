import { restored } from '#shared/domain/text/neutralise.ts';
import { normalizeText } from '#shared/domain/text/text.ts';
import { namesOf } from '../keys.ts';
import type { SourceRow } from '../source/rows.ts';
import { customerFields } from './customer.ts';
import { complain, type Draft, type ReadContext } from './draft.ts';
import { numberFields } from './number.ts';
import { orderFields } from './order.ts';
import { ticketFields } from './ticket.ts';

/** How the fields of one kind are read, and what the row amounts to in the end. */
export interface RowRules {
  /** By field; `profile.*` by its first part. */
  put: Record<string, (draft: Draft, text: string, field: string) => void>;
  finish(draft: Draft): void;
}

const rulesOf = {
  customers: customerFields,
  numbers: numberFields,
  orders: orderFields,
  tickets: ticketFields,
};

export type RowReader = (row: SourceRow) => Draft;

/** Reads the rows of one import: values are checked and brought into the form in which they are kept. */
export function createRowReader(context: ReadContext): RowReader {
  const { put, finish } = rulesOf[context.kind](context);
  const { columns, format } = context.settings;
  const isMarked = format === 'csv';
  const slots = columns.flatMap((field, column) => {
    const rule = field === null ? undefined : put[field.split('.')[0] ?? field];
    return field === null || !rule ? [] : [{ column, field, rule }];
  });
  const required = context.fields.filter((field) => field.required).map(({ field }) => field);

  return ({ row, cells, faults }) => {
    const draft: Draft = {
      row,
      cells,
      problems: [],
      own: [],
      names: [],
      customer: [],
      fields: {},
      points: [],
      aside: {},
    };
    if (cells.length > columns.length && cells.slice(columns.length).some((cell) => cell.trim())) {
      complain(draft, 'too-many-cells', null);
    }
    for (const { column, field, rule } of slots) {
      const fault = faults?.find((one) => one.column === column);
      if (fault) {
        complain(draft, fault.reason, field, fault.value);
        continue;
      }
      const cell = cells[column];
      if (cell === undefined || cell === '') continue;
      const text = readable(draft, cell, isMarked);
      if (text !== '') rule(draft, text, field);
    }
    finish(draft);
    draft.names = namesOf(draft);
    for (const field of required) {
      const wrong = draft.problems.some((problem) => problem.field === field);
      if (!wrong && draft.fields[field] === undefined) complain(draft, 'missing', field);
    }
    return draft;
  };
}

const plain = /^[\x20-\x7e]*$/;
const suspicious = /[\0\ufffd\ud800-\udfff]/;

/** The text of a cell: without the blanks around it, in NFC, without the mark that CSV files have before signs. */
function readable(draft: Draft, cell: string, isMarked: boolean): string {
  const text = cell.trim();
  const bare = isMarked && text.startsWith("'") ? restored(text) : text;
  if (plain.test(bare)) return bare;
  if (suspicious.test(bare) && !isText(draft, bare)) return '';
  return normalizeText(bare);
}

function isText(draft: Draft, text: string): boolean {
  const reason = text.includes('\ufffd')
    ? ('not-decodable' as const)
    : text.includes('\0') || !text.isWellFormed()
      ? ('not-text' as const)
      : null;
  if (!reason) return true;
  if (!draft.problems.some((problem) => problem.reason === reason)) complain(draft, reason, null);
  return false;
}
