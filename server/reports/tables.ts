import type { ReportGroup } from '#shared/domain/reports/catalogue.ts';
import type { ReportColumn } from '#shared/domain/reports/columns.ts';
import type { Cell, ReportNote, ReportResult, ReportRow } from '#shared/sync/reports.ts';
import type { Frame, Names } from './frame.ts';

/** What a report came to, with all its rows. */
export interface Table {
  rows: ReportRow[];
  totals: Cell[] | null;
  provisional: ReportResult['provisional'];
  notes: ReportNote[];
}

export type Cells = Partial<Record<string, Cell>>;

/** Sums of one interval and one group, to be added to others and never to be divided before that. */
export interface Bucket<S> {
  interval: number;
  /** `undefined`: not grouped; null: nobody, none. */
  group: string | null | undefined;
  sum: S;
}

export interface Sums<S> {
  nothing: S;
  add(a: S, b: S): S;
  cells(sum: S): Cells;
  /** Of a row whose interval is over. */
  isProvisional(sum: S): boolean;
}

/**
 * One row for each interval and group that has something, in the order of the intervals and then of names, and the
 * totals over all of them: rates of sums, never means of rates. Without groups every interval has its row.
 */
export function figures<S>(
  frame: Frame,
  columns: readonly ReportColumn[],
  buckets: Iterable<Bucket<S>>,
  sums: Sums<S>,
): { rows: ReportRow[]; totals: Cell[]; total: S; bySum: Map<ReportRow, S> } {
  const { intervals, request, now, names } = frame;
  const held = new Map<string, Bucket<S>>();
  if (request.groupBy === 'none') {
    intervals.forEach((_, interval) => {
      held.set(keyOf(interval, undefined), { interval, group: undefined, sum: sums.nothing });
    });
  }
  let total = sums.nothing;
  for (const { interval, group, sum } of buckets) {
    const key = keyOf(interval, group);
    const before = held.get(key)?.sum ?? sums.nothing;
    held.set(key, { interval, group, sum: sums.add(before, sum) });
    total = sums.add(total, sum);
  }
  const bySum = new Map<ReportRow, S>();
  const rows = [...held.values()].map(({ interval, group, sum }): ReportRow => {
    const span = intervals[interval];
    const row: ReportRow = {
      interval: request.interval === 'whole' ? null : (span ?? null),
      group:
        group === undefined ? null : { id: group, name: groupName(names, request.groupBy, group) },
      cells: cellsIn(columns, sums.cells(sum)),
      provisional: (span?.to ?? 0) > now || sums.isProvisional(sum),
      link: null,
    };
    bySum.set(row, sum);
    return row;
  });
  rows.sort(
    (a, b) =>
      (a.interval?.from ?? 0) - (b.interval?.from ?? 0) ||
      (a.group?.name ?? '').localeCompare(b.group?.name ?? '', request.language),
  );
  return { rows, totals: cellsIn(columns, sums.cells(total)), total, bySum };
}

const keyOf = (interval: number, group: string | null | undefined) =>
  group === undefined ? `${interval}` : JSON.stringify([interval, group]);

/** The cells in the order of the columns; null where there is none. */
export function cellsIn(columns: readonly ReportColumn[], cells: Cells): Cell[] {
  return columns.map(({ id }) => cells[id] ?? null);
}

function groupName(names: Names, groupBy: ReportGroup, id: string | null): string {
  if (id === null) return names.word('word', groupBy === 'agent' ? 'nobody' : 'nothing');
  switch (groupBy) {
    case 'agent':
      return names.agent(id);
    case 'team':
      return names.team(id);
    case 'queue':
      return names.queue(id);
    case 'category':
      return names.category(id);
    case 'disposition':
      return names.disposition(id);
    case 'type':
      return names.word('ticketType', id);
    default:
      return id;
  }
}
