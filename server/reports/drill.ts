import type { Interval } from '#shared/domain/metrics/interval.ts';
import { catalogue } from '#shared/domain/reports/catalogue.ts';
import { type DrillKind, drillColumns } from '#shared/domain/reports/columns.ts';
import type { Viewer } from '#shared/domain/visibility.ts';
import type { DrillPage, DrillRequest, ReportLink } from '#shared/sync/reports.ts';
import type { RowCursor } from '../store/reports/reportRows.ts';
import type { Db } from '../store/store.ts';
import { drillEntries, drillHandles, drillRings, drillStretches } from './drillCalls.ts';
import { drillComplaints, drillContacts, drillSheets, drillTickets } from './drillRecords.ts';
import { type Frame, openFrame, ReportRequestError } from './frame.ts';
import { assertInSight } from './runReport.ts';
import { type Cells, cellsIn } from './tables.ts';

/** A number somebody looks into. */
export interface Drill {
  frame: Frame;
  column: string;
  range: Interval;
  /** `undefined`: of all groups. */
  group: string | null | undefined;
  after: RowCursor | null;
  limit: number;
}

export interface DrillRow {
  cells: Cells;
  link: ReportLink | null;
  cursor: RowCursor;
}

const drills: Record<DrillKind, (drill: Drill) => Promise<DrillRow[]>> = {
  entries: drillEntries,
  handles: drillHandles,
  ringNoAnswers: drillRings,
  stretches: drillStretches,
  tickets: drillTickets,
  complaints: drillComplaints,
  sheets: drillSheets,
  contacts: drillContacts,
};

/**
 * What is behind a number, a page at a time: of a count what was counted, of a rate what it is a share of, of a mean what
 * it is the mean of. Throws as `runReport` does.
 */
export async function drillDown(
  db: Db,
  { request, column, interval, group, after, limit }: DrillRequest,
  reader: { viewer: Viewer; now: number },
): Promise<DrillPage> {
  assertInSight(request, reader.viewer);
  const found = catalogue[request.report].columns.find(({ id }) => id === column);
  const kind = found?.drill ?? null;
  if (kind === null) throw new ReportRequestError('column-unknown');
  const frame = await openFrame(db, request, reader);
  const range = interval ?? frame.range;
  const rows = await drills[kind]({
    frame,
    column,
    range: {
      from: Math.max(range.from, frame.range.from),
      to: Math.min(range.to, frame.range.to),
    },
    group: group === null ? undefined : group.id,
    after: after === null ? null : cursorFrom(after),
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const columns = drillColumns[kind];
  return {
    kind,
    columns: [...columns],
    rows: page.map(({ cells, link }) => ({ cells: cellsIn(columns, cells), link })),
    next: rows.length > limit && last ? `${last.cursor.at}~${last.cursor.id}` : null,
  };
}

function cursorFrom(text: string): RowCursor {
  const [, at, id] = /^(\d{1,15})~([^~]{1,200})$/.exec(text) ?? [];
  if (at === undefined || id === undefined) throw new ReportRequestError('cursor-unknown');
  return { at: Number(at), id };
}
