import { share } from '#shared/domain/metrics/queueFigures.ts';
import { catalogue } from '#shared/domain/reports/catalogue.ts';
import {
  type CountedComplaint,
  complaintFigures,
} from '#shared/domain/tickets/complaintFigures.ts';
import type { Cell, ReportRow } from '#shared/sync/reports.ts';
import {
  type ComplaintRow,
  readComplaintsMade,
  readTicketsMade,
  type TicketRow,
} from '../store/reports/reportRecords.ts';
import { edgesOf, type Frame, intervalIndex, teamOf } from './frame.ts';
import { provisionOf } from './provision.ts';
import { type Bucket, cellsIn, figures, type Sums, type Table } from './tables.ts';

export interface TicketSums {
  created: number;
  resolved: number;
  closed: number;
  open: number;
  reopened: number;
  resolveMs: number;
}

const noTickets: TicketSums = {
  created: 0,
  resolved: 0,
  closed: 0,
  open: 0,
  reopened: 0,
  resolveMs: 0,
};

/** What one ticket adds. */
export function ticketSumsOf({ createdAt, resolvedAt, closedAt, reopened }: TicketRow): TicketSums {
  const doneAt = resolvedAt ?? closedAt;
  return {
    created: 1,
    resolved: doneAt === null ? 0 : 1,
    closed: closedAt === null ? 0 : 1,
    open: doneAt === null ? 1 : 0,
    reopened: reopened > 0 ? 1 : 0,
    resolveMs: doneAt === null ? 0 : Math.max(0, doneAt - createdAt),
  };
}

export const ticketSums: Sums<TicketSums> = {
  nothing: noTickets,
  add: (a, b) => ({
    created: a.created + b.created,
    resolved: a.resolved + b.resolved,
    closed: a.closed + b.closed,
    open: a.open + b.open,
    reopened: a.reopened + b.reopened,
    resolveMs: a.resolveMs + b.resolveMs,
  }),
  isProvisional: ({ open }) => open > 0,
  cells: ({ created, resolved, closed, open, reopened, resolveMs }) => ({
    ticketsCreated: created,
    ticketsResolved: resolved,
    ticketsClosed: closed,
    ticketsOpen: open,
    ticketsReopened: reopened,
    resolveTime: share(resolveMs, resolved),
  }),
};

/** Tickets that the filters let through, by when they were registered. */
export async function ticketsOf(frame: Frame, range = frame.range): Promise<TicketRow[]> {
  const { agentIds, queueIds, categoryIds } = frame;
  return (await readTicketsMade(frame.db, range)).filter(
    ({ firstContactId, queueId, categoryId }) =>
      isOne(agentIds, firstContactId) && isOne(queueIds, queueId) && isOne(categoryIds, categoryId),
  );
}

export const isOne = (ids: readonly string[] | null, id: string | null) =>
  ids === null || (id !== null && ids.includes(id));

/** Tickets by when they were registered; those that are open make it provisional. */
export async function ticketReport(frame: Frame): Promise<Table> {
  const edges = edgesOf(frame);
  const tickets = await ticketsOf(frame);
  const buckets = tickets.map((ticket) => ({
    interval: intervalIndex(edges, ticket.createdAt),
    group: ticketGroup(frame, ticket),
    sum: ticketSumsOf(ticket),
  }));
  const { rows, totals, total } = figures(frame, catalogue.tickets.columns, buckets, ticketSums);
  return {
    rows,
    totals,
    provisional: provisionOf(frame, total.open > 0 ? [{ reason: 'openRecords', until: null }] : []),
    notes: frame.request.groupBy === 'team' ? ['teamsOfToday'] : [],
  };
}

/** The agent of a ticket is who answers for it from start to end. */
export function ticketGroup(
  frame: Frame,
  { categoryId, type, firstContactId, queueId }: TicketRow,
): string | null | undefined {
  switch (frame.request.groupBy) {
    case 'category':
      return categoryId;
    case 'type':
      return type;
    case 'agent':
      return firstContactId;
    case 'team':
      return teamOf(frame, firstContactId);
    case 'queue':
      return queueId;
    default:
      return undefined;
  }
}

/** Complaints that the filters let through, by when they were made. */
export async function complaintsOf(frame: Frame, range = frame.range): Promise<ComplaintRow[]> {
  const { agentIds, categoryIds } = frame;
  return (await readComplaintsMade(frame.db, range)).filter(
    ({ categoryId, firstContactId }) =>
      isOne(categoryIds, categoryId) && isOne(agentIds, firstContactId),
  );
}

const noDay = () => '';

const complaintSums: Sums<readonly CountedComplaint[]> = {
  nothing: [],
  add: (a, b) => (a.length === 0 ? b : [...a, ...b]),
  isProvisional: (complaints) => complaints.some(({ closedAt }) => closedAt === null),
  cells(complaints) {
    const { total, closed, oneTouch, oneTouchRate } = complaintFigures(complaints, [], noDay);
    return { complaints: total, complaintsClosed: closed, oneTouch, oneTouchRate };
  },
};

/** Complaints by interval and category, in each interval the most frequent first with the share up to there (Pareto). */
export async function complaintReport(frame: Frame): Promise<Table> {
  const { columns } = catalogue.complaints;
  const edges = edgesOf(frame);
  const byCategory = frame.request.groupBy === 'category';
  const complaints = await complaintsOf(frame);
  const grouped = new Map<string, Bucket<CountedComplaint[]>>();
  for (const complaint of complaints) {
    const interval = intervalIndex(edges, complaint.createdAt);
    const group = byCategory ? complaint.categoryId : undefined;
    const key = JSON.stringify([interval, group]);
    const bucket = grouped.get(key) ?? { interval, group, sum: [] };
    bucket.sum.push(complaint);
    grouped.set(key, bucket);
  }
  const { rows, bySum, total } = figures(frame, columns, grouped.values(), complaintSums);
  return {
    rows: byCategory
      ? withPareto(
          rows,
          bySum,
          columns.findIndex(({ id }) => id === 'paretoShare'),
        )
      : rows,
    totals: cellsIn(columns, { ...complaintSums.cells(complaints) }),
    provisional: provisionOf(
      frame,
      complaintSums.isProvisional(total) ? [{ reason: 'openRecords', until: null }] : [],
    ),
    notes: [],
  };
}

function withPareto(
  rows: ReportRow[],
  sums: ReadonlyMap<ReportRow, readonly CountedComplaint[]>,
  column: number,
): ReportRow[] {
  const ofInterval = Map.groupBy(rows, ({ interval }) => interval?.from ?? 0);
  return [...ofInterval.values()].flatMap((same) => {
    const all = same.flatMap((row) => sums.get(row) ?? []);
    const { byCategory } = complaintFigures(all, [], noDay);
    const place = new Map(byCategory.map(({ categoryId }, index) => [categoryId, index]));
    const placeOf = ({ group }: ReportRow) => place.get(group?.id ?? null) ?? byCategory.length;
    return same
      .toSorted((a, b) => placeOf(a) - placeOf(b))
      .map((row) => {
        const upTo: Cell = byCategory[placeOf(row)]?.upTo ?? null;
        return { ...row, cells: row.cells.with(column, upTo) };
      });
  });
}

/** Every complaint of the range, in the order they came. */
export async function complaintRegister(frame: Frame): Promise<Table> {
  const { columns } = catalogue.complaintRegister;
  const complaints = await complaintsOf(frame);
  const open = complaints.some(({ closedAt }) => closedAt === null);
  return {
    rows: complaints.map((complaint) => ({
      interval: null,
      group: null,
      cells: cellsIn(columns, registerCells(frame, complaint)),
      provisional: complaint.closedAt === null,
      link: { kind: 'ticket', ticketId: complaint.id },
    })),
    totals: null,
    provisional: provisionOf(frame, open ? [{ reason: 'openRecords', until: null }] : []),
    notes: [],
  };
}

/** A complaint as a line of the register. */
export function registerCells({ names }: Frame, complaint: ComplaintRow): Record<string, Cell> {
  const { no, customerName, subject, categoryId, ownerId, firstVisit, repeatOf } = complaint;
  return {
    complaintNo: no,
    createdAt: complaint.createdAt,
    customer: customerName,
    title: subject,
    category: categoryId && names.category(categoryId),
    severity: names.word('level', complaint.severity),
    impact: names.word('level', complaint.impact),
    remedySought: complaint.remedySought,
    rootCause: complaint.rootCause,
    correctiveAction: complaint.correctiveAction,
    stage: names.word('stage', complaint.stage),
    owner: ownerId && names.agent(ownerId),
    closedAt: complaint.closedAt,
    reopened: complaint.reopened,
    firstVisit: firstVisit && names.word('outcome', firstVisit),
    repeated: names.word('word', repeatOf ? 'yes' : 'no'),
  };
}
