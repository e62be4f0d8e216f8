import type {
  TicketColumn,
  TicketFilter,
  TicketQuery,
  TicketSort,
} from '#shared/contract/methods/ticketLists.ts';
import { ticketStates } from '#shared/domain/tickets/ticket.ts';

/** States in which somebody has something to do. */
export const openStates = ticketStates.filter(
  (state) => state !== 'resolved' && state !== 'closed',
);

export const usualSort: TicketSort = { by: 'dueAt', descending: false };

/** Views that everybody has; others are saved. */
const givenViews = {
  mine: { mine: true, states: openStates },
  open: { states: openStates },
  unassigned: { ownerIds: ['none'], states: openStates },
  watching: { watching: true },
  all: {},
} as const satisfies Record<string, TicketFilter>;
export type GivenView = keyof typeof givenViews;
export const givenViewNames = Object.keys(givenViews) as GivenView[];

export function queryOfView(view: GivenView): TicketQuery {
  return { filter: givenViews[view], sort: usualSort };
}

export type FilterField = Exclude<keyof TicketFilter, 'text' | 'mine' | 'watching'>;

/** A filter without the fields that ask for nothing, so that two that mean the same are the same. */
export function tidy(filter: TicketFilter): TicketFilter {
  const asked = Object.entries(filter).filter(
    ([, value]) =>
      value !== undefined &&
      value !== false &&
      value !== '' &&
      !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(asked);
}

export function sameQuery(a: TicketQuery, b: TicketQuery): boolean {
  return wordOf(a) === wordOf(b);
}

function wordOf({ filter, sort }: TicketQuery): string {
  const fields = Object.entries(tidy(filter)).toSorted(([x], [y]) => (x < y ? -1 : 1));
  return JSON.stringify([fields, sort.by, sort.descending]);
}

/** A click on a head sorts by it, one more the other way round. */
export function sortedBy(sort: TicketSort, by: TicketSort['by']): TicketSort {
  return { by, descending: sort.by === by ? !sort.descending : false };
}

export const usualColumns: readonly TicketColumn[] = [
  'priority',
  'no',
  'subject',
  'customer',
  'state',
  'dueAt',
];

/** Width of each column as CSS has it; the subject takes what is left. */
export const columnWidths: Record<TicketColumn, string> = {
  priority: '36px',
  no: '120px',
  subject: 'minmax(160px, 1fr)',
  customer: 'minmax(96px, 0.4fr)',
  state: '116px',
  dueAt: '128px',
  type: '112px',
  category: '160px',
  owner: '112px',
  team: '88px',
  queue: '112px',
  firstContact: '112px',
  class: '64px',
  tags: '144px',
  createdAt: '112px',
  closedAt: '112px',
};
