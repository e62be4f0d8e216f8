import type { ColumnType } from '#shared/domain/reports/columns.ts';
import type { Cell, ReportResult, ReportRow } from '#shared/sync/reports.ts';

export type ChartKind = 'lines' | 'bars' | 'stack' | 'pareto';

export interface ChartSeries {
  key: string;
  name: string;
  values: (number | null)[];
}

export interface ChartData {
  kind: ChartKind;
  /** Rows of the report, by step; null where a step stands for several. */
  rows: (ReportRow | null)[];
  labels: string[];
  series: ChartSeries[];
}

/** More groups beside each other nobody tells apart. */
const mostGroups = 4;
const mostSteps = 120;
const mostBars = 20;

export interface Labels {
  interval: (interval: NonNullable<ReportRow['interval']>) => string;
  column: (id: string) => string;
  all: string;
}

function numberOf(cell: Cell | undefined): number | null {
  return typeof cell === 'number' ? cell : null;
}

/** Columns of a result that can be drawn. */
export function drawable({ columns, rows }: Pick<ReportResult, 'columns' | 'rows'>): string[] {
  if (rows.length === 0) return [];
  const types: readonly ColumnType[] = ['count', 'rate', 'duration', 'score'];
  return columns.filter(({ type }) => types.includes(type)).map(({ id }) => id);
}

/**
 * What is drawn of one column: over time where the report has intervals (the groups with most of it apart), by group
 * where it has none. Null where there is nothing to draw.
 */
export function chartOf(
  result: Pick<ReportResult, 'columns' | 'rows' | 'request'>,
  columnId: string,
  labels: Labels,
): ChartData | null {
  const at = result.columns.findIndex(({ id }) => id === columnId);
  const column = result.columns[at];
  if (!column || result.rows.length === 0) return null;
  const figureOf = (row: ReportRow) => numberOf(row.cells[at]);
  if (result.request.interval === 'whole') {
    return byGroup(result, columnId, figureOf, labels);
  }
  return overTime(result.rows, column, figureOf, labels);
}

function byGroup(
  { rows, request }: Pick<ReportResult, 'rows' | 'request'>,
  columnId: string,
  figureOf: (row: ReportRow) => number | null,
  labels: Labels,
): ChartData {
  const sorted = rows
    .toSorted((a, b) => (figureOf(b) ?? -1) - (figureOf(a) ?? -1))
    .slice(0, mostBars);
  const isPareto = request.report === 'complaints' && columnId === 'complaints';
  return {
    kind: isPareto ? 'pareto' : 'bars',
    rows: sorted,
    labels: sorted.map(({ group }) => group?.name ?? labels.all),
    series: [{ key: columnId, name: labels.column(columnId), values: sorted.map(figureOf) }],
  };
}

function overTime(
  rows: readonly ReportRow[],
  { id, type }: { id: string; type: ColumnType },
  figureOf: (row: ReportRow) => number | null,
  labels: Labels,
): ChartData | null {
  const steps = new Map<number, NonNullable<ReportRow['interval']>>();
  const groups = new Map<string, { name: string; sum: number; values: Map<number, ReportRow> }>();
  for (const row of rows) {
    if (!row.interval) continue;
    steps.set(row.interval.from, row.interval);
    const key = JSON.stringify(row.group?.id ?? null);
    const name = row.group?.name ?? labels.column(id);
    const group = groups.get(key) ?? { name, sum: 0, values: new Map() };
    group.sum += figureOf(row) ?? 0;
    group.values.set(row.interval.from, row);
    groups.set(key, group);
  }
  const times = [...steps.keys()].sort((a, b) => a - b).slice(-mostSteps);
  if (times.length === 0) return null;
  const shown = [...groups].sort(([, a], [, b]) => b.sum - a.sum).slice(0, mostGroups);
  const only = shown.length === 1 ? shown[0]?.[1] : undefined;
  return {
    kind: type === 'count' ? (only ? 'bars' : 'stack') : 'lines',
    rows: times.map((time) => only?.values.get(time) ?? null),
    labels: times.map((time) => labels.interval(steps.get(time) ?? { from: time, to: time })),
    series: shown.map(([key, { name, values }]) => ({
      key,
      name,
      values: times.map((time) => {
        const row = values.get(time);
        return row ? figureOf(row) : null;
      }),
    })),
  };
}
