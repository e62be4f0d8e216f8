import { noSheets, satisfactionOf, withSheet } from '#shared/domain/feedback/satisfaction.ts';

import { complaintFigures, isOneTouch } from '#shared/domain/tickets/complaintFigures.ts';
import {
  type ComplaintRow,
  readCallRefs,
  readCustomerNamesOf,
  readTicketNumbers,
  type TicketRow,
} from '../store/reports/reportRecords.ts';
import type { RowCursor } from '../store/reports/reportRows.ts';
import { caseGroup, casesIn, type Matter, sheetGroup, sheetsOf } from './contactReports.ts';
import type { Drill, DrillRow } from './drill.ts';
import { teamOf } from './frame.ts';
import {
  complaintsOf,
  registerCells,
  ticketGroup,
  ticketSumsOf,
  ticketsOf,
} from './ticketReports.ts';

/** Those of a group behind the cursor, as many as fit on a page, by time and id. */
function paged<T>(
  { group, after, limit }: Drill,
  all: readonly T[],
  groupOf: (one: T) => string | null | undefined,
  cursorOf: (one: T) => RowCursor,
): T[] {
  const mine = group === undefined ? all : all.filter((one) => groupOf(one) === group);
  const sorted = mine.toSorted((a, b) => compare(cursorOf(a), cursorOf(b)));
  const rest = after ? sorted.filter((one) => compare(cursorOf(one), after) > 0) : sorted;
  return rest.slice(0, limit);
}

function compare(a: RowCursor, b: RowCursor): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

const ticketPicks: Record<string, (ticket: TicketRow) => boolean> = {
  ticketsResolved: (ticket) => ticketSumsOf(ticket).resolved > 0,
  resolveTime: (ticket) => ticketSumsOf(ticket).resolved > 0,
  ticketsClosed: (ticket) => ticketSumsOf(ticket).closed > 0,
  ticketsOpen: (ticket) => ticketSumsOf(ticket).open > 0,
  ticketsReopened: (ticket) => ticketSumsOf(ticket).reopened > 0,
};

/** Tickets behind a number, by when they were registered. */
export async function drillTickets(drill: Drill): Promise<DrillRow[]> {
  const { frame, column, range } = drill;
  const { names } = frame;
  const pick = ticketPicks[column] ?? (() => true);
  const all = (await ticketsOf(frame, range)).filter(pick);
  const cursorOf = ({ createdAt, id }: TicketRow) => ({ at: createdAt, id });
  const page = paged(drill, all, (ticket) => ticketGroup(frame, ticket), cursorOf);
  const customers = await readCustomerNamesOf(
    frame.db,
    page.flatMap(({ customerId }) => customerId ?? []),
  );
  return page.map((ticket) => ({
    cells: {
      ticketNo: ticket.no,
      createdAt: ticket.createdAt,
      customer: customers.get(ticket.customerId ?? '') ?? null,
      title: ticket.subject,
      category: ticket.categoryId && names.category(ticket.categoryId),
      ticketState: names.word('ticketState', ticket.state),
      owner: ticket.ownerId && names.agent(ticket.ownerId),
      resolvedAt: ticket.resolvedAt,
      closedAt: ticket.closedAt,
    },
    link: { kind: 'ticket', ticketId: ticket.id },
    cursor: cursorOf(ticket),
  }));
}

const complaintPicks: Record<string, (complaint: ComplaintRow) => boolean> = {
  complaintsClosed: ({ closedAt }) => closedAt !== null,
  oneTouchRate: ({ closedAt }) => closedAt !== null,
  oneTouch: isOneTouch,
};

/** Complaints behind a number, by when they were made; behind a Pareto share, of all categories up to the row's. */
export async function drillComplaints(drill: Drill): Promise<DrillRow[]> {
  const { frame, column, range } = drill;
  const pick = complaintPicks[column] ?? (() => true);
  const made = await complaintsOf(frame, range);
  const { group, ...rest } = drill;
  // A share up to here is one of several categories.
  const upTo = column === 'paretoShare' && group !== undefined ? upToGroup(made, group) : null;
  const all = upTo ? made.filter(({ categoryId }) => upTo.has(categoryId)) : made.filter(pick);
  const groupOf = ({ categoryId, firstContactId }: ComplaintRow) => {
    const { groupBy } = frame.request;
    if (groupBy === 'category') return categoryId;
    return groupBy === 'team' ? teamOf(frame, firstContactId) : firstContactId;
  };
  const cursorOf = ({ createdAt, id }: ComplaintRow) => ({ at: createdAt, id });
  const asked = upTo ? { ...rest, group: undefined } : drill;
  return paged(asked, all, groupOf, cursorOf).map((complaint) => ({
    cells: registerCells(frame, complaint),
    link: { kind: 'ticket', ticketId: complaint.id },
    cursor: cursorOf(complaint),
  }));
}

function upToGroup(made: readonly ComplaintRow[], group: string | null): Set<string | null> {
  const { byCategory } = complaintFigures(made, [], () => '');
  const last = byCategory.findIndex(({ categoryId }) => categoryId === group);
  return new Set(byCategory.slice(0, last + 1).map(({ categoryId }) => categoryId));
}

/** Answers behind a number of satisfaction, by when they were given. */
export async function drillSheets(drill: Drill): Promise<DrillRow[]> {
  const { frame, column, range } = drill;
  const { names } = frame;
  const scored = column !== 'sheets' && column !== 'satisfiedShare';
  const all = (await sheetsOf(frame, range))
    .map((sheet) => ({ sheet, score: satisfactionOf(withSheet(noSheets, sheet)).mean }))
    .filter(({ score }) => !scored || score !== null);
  const cursorOf = ({ sheet: { at, id } }: (typeof all)[number]) => ({ at, id });
  const page = paged(drill, all, ({ sheet }) => sheetGroup(frame, sheet), cursorOf);
  const sheets = page.map(({ sheet }) => sheet);
  const customers = await readCustomerNamesOf(
    frame.db,
    sheets.flatMap(({ customerId }) => customerId ?? []),
  );
  const numbers = await readTicketNumbers(
    frame.db,
    sheets.flatMap(({ ticketId }) => ticketId ?? []),
  );
  return page.map((one) => {
    const { at, customerId, agentId, agentName, queueId, categoryId, outcome, ticketId } =
      one.sheet;
    return {
      cells: {
        at,
        customer: customers.get(customerId ?? '') ?? null,
        agent: agentId ? names.agent(agentId) : agentName,
        queue: queueId && names.queue(queueId),
        category: categoryId && names.category(categoryId),
        score: one.score,
        outcome: names.word('outcome', outcome),
        ticketNo: numbers.get(ticketId ?? '') ?? null,
      },
      link: ticketId ? { kind: 'ticket', ticketId } : null,
      cursor: cursorOf(one),
    };
  });
}

const casePicks: Record<string, (one: Matter) => boolean> = {
  resolvedAtOnce: ({ atOnce }) => atOnce,
  provisionalCases: ({ provisional }) => provisional,
};

/** Cases behind a number of first-contact resolution, by their first contact. */
export async function drillContacts(drill: Drill): Promise<DrillRow[]> {
  const { frame, column, range } = drill;
  const { names } = frame;
  const pick = casePicks[column] ?? (() => true);
  const all = (await casesIn(frame, range)).filter(pick);
  const cursorOf = ({ first: { at, id } }: Matter) => ({ at, id });
  const page = paged(drill, all, (one) => caseGroup(frame, one), cursorOf);
  const customers = await readCustomerNamesOf(
    frame.db,
    page.map(({ first }) => first.customerId),
  );
  const refs = await readCallRefs(
    frame.db,
    page.flatMap(({ first }) => first.callId ?? []),
  );
  return page.map(({ first }) => {
    const { at, id, customerId, dispositionId, result, agentId, callId } = first;
    const callRef = refs.get(callId ?? '');
    return {
      cells: {
        at,
        customer: customers.get(customerId) ?? null,
        disposition: names.disposition(dispositionId),
        result: names.word('result', result),
        agent: names.agent(agentId),
      },
      link: callRef ? { kind: 'call', callRef, agentId, callId, customerId } : null,
      cursor: { at, id },
    };
  });
}
