import type { TicketSort } from '#shared/contract/methods/ticketLists.ts';
import type { CodedColumn, TicketTable } from './ticketTable.ts';

/** Rows by one column, those without a value apart: they come last either way. */
export interface Order {
  valued: Uint32Array;
  without: Uint32Array;
}

/** Names by which rows are put in order, where a column holds ids. */
export interface OrderNames {
  category(id: string): string;
  queue(id: string): string;
  team(id: string): string;
}

type Key = number | string | null;

/** All rows in the order of a column; among equals the older ticket first. */
export function orderBy(table: TicketTable, by: TicketSort['by'], names: OrderNames): Order {
  const keys = keysOf(table, by, names);
  const valued: number[] = [];
  const without: number[] = [];
  for (let row = 0; row < table.count; row += 1) {
    if (!table.stands[row]) continue;
    (keys[row] === null || Number.isNaN(keys[row]) ? without : valued).push(row);
  }
  const created = table.times.createdAt;
  const older = (a: number, b: number) => (created[a] ?? 0) - (created[b] ?? 0);
  return {
    valued: Uint32Array.from(valued).sort((a, b) => compare(keys[a], keys[b]) || older(a, b)),
    without: Uint32Array.from(without).sort(older),
  };
}

function compare(a: Key | undefined, b: Key | undefined): number {
  if (a === b) return 0;
  return (a ?? '') < (b ?? '') ? -1 : 1;
}

function keysOf(table: TicketTable, by: TicketSort['by'], names: OrderNames): readonly Key[] {
  const rows = () => Array.from({ length: table.count }, (_, row) => row);
  switch (by) {
    case 'createdAt':
    case 'dueAt':
    case 'closedAt':
      return table.times[by];
    case 'state':
    case 'type':
    case 'priority':
      return table.coded[by];
    case 'no':
      return table.no.map((no) => (no === '' ? null : no));
    case 'subject':
      return table.subject;
    case 'customer':
      return rows().map((row) => table.customer(row)?.name ?? null);
    case 'class':
      return rows().map((row) => table.customer(row)?.valueClass ?? null);
    case 'category':
      return ranked(table, 'categoryId', names.category);
    case 'queue':
      return ranked(table, 'queueId', names.queue);
    case 'owner':
      return ranked(table, 'ownerId', (id) => table.users().get(id)?.name ?? '');
    case 'team':
      return ranked(table, 'ownerId', (id) => {
        const teamId = table.users().get(id)?.teamId ?? null;
        return teamId === null ? '' : names.team(teamId);
      });
    case 'firstContact':
      return ranked(table, 'firstContactName', (name) => name);
  }
}

/** Few names stand for many rows: they are put in the order of people's languages once. */
function ranked(
  table: TicketTable,
  column: CodedColumn,
  nameOf: (value: string) => string,
): readonly Key[] {
  const collator = new Intl.Collator(['zh-CN', 'en'], { numeric: true });
  const named = table.codes[column].values.map((value) => (value === null ? null : nameOf(value)));
  const sorted = [...new Set(named.filter((name) => name !== null))].sort(collator.compare);
  const rank = new Map(sorted.map((name, place) => [name, place]));
  const keys = named.map((name) => (name === null ? null : (rank.get(name) ?? null)));
  return table.coded[column].map((code) => keys[code] ?? null);
}
