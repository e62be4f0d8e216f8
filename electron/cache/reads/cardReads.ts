import type { Database } from 'better-sqlite3';
import type {
  Card,
  ContactPointView,
  TaskView,
  TicketView,
  TimelineEntry,
} from '#shared/contract/models.ts';
import { columnList } from '../records/tables.ts';
import { promisesSql, type StoredTask } from './taskReads.ts';
import { openTicketsOfCustomerSql, type StoredTicket, shown } from './ticketReads.ts';

/** How many entries of the time line a card shows before the agent scrolls. */
export const cardTimelineEntries = 20;

type Customer = Card['customer'];
type StoredCustomer = Omit<Customer, 'tags' | 'profile'> & { tags: string; profile: string };
type StoredPoint = Omit<ContactPointView, 'preferred' | 'retired'> & {
  preferred: number | boolean;
  retired: number | boolean;
};
type Order = Card['orders'][number];
type StoredOrder = Omit<Order, 'amount'> & { amount: string };

const timelineSelect = `SELECT "id", ${columnList('contact')} FROM contact`;

export const cardSql = {
  customer: `SELECT "id", ${columnList('customer')} FROM customer WHERE "id" = ?`,
  points: `SELECT "id", ${columnList('contactPoint')}, "raw" AS display FROM contact_point
    WHERE "customerId" = ? LIMIT 200`,
  timeline: `${timelineSelect} WHERE "customerId" = ?
    ORDER BY "at" DESC, "id" DESC LIMIT ?`,
  timelineBefore: `${timelineSelect} WHERE "customerId" = ? AND "at" < ?
    ORDER BY "at" DESC, "id" DESC LIMIT ?`,
  timelineTotal: 'SELECT count(*) FROM contact WHERE "customerId" = ?',
  openTickets: openTicketsOfCustomerSql,
  promises: promisesSql,
  orders: `SELECT "id", ${columnList('order')} FROM customer_order
    WHERE "customerId" = ? ORDER BY "at" DESC LIMIT 20`,
};

/** `display` turns the normal form of a number into the form people read. */
export function createCardReads(db: Database, display: (normal: string) => string) {
  const customer = db.prepare<[string], StoredCustomer>(cardSql.customer);
  const points = db.prepare<[string], StoredPoint>(cardSql.points);
  const newest = db.prepare<[string, number], TimelineEntry>(cardSql.timeline);
  const before = db.prepare<[string, number, number], TimelineEntry>(cardSql.timelineBefore);
  const total = db.prepare<[string], number>(cardSql.timelineTotal).pluck();
  const openTickets = db.prepare<[string], StoredTicket>(cardSql.openTickets);
  const promises = db.prepare<[string], StoredTask>(cardSql.promises);
  const orders = db.prepare<[string], StoredOrder>(cardSql.orders);

  function pointsOf(customerId: string): ContactPointView[] {
    const rows = points.all(customerId);
    for (const row of rows) {
      row.preferred = row.preferred === 1;
      row.retired = row.retired === 1;
      if (row.kind === 'phone' && row.normal !== null) row.display = display(row.normal);
    }
    return rows.filter(isShown).sort(byUse);
  }

  function timelineTotal(customerId: string, entries: TimelineEntry[]): number {
    // A short page is the whole time line.
    return entries.length < cardTimelineEntries ? entries.length : (total.get(customerId) ?? 0);
  }

  return {
    card(customerId: string): Card | null {
      const row = customer.get(customerId);
      if (!row) return null;
      const timeline = newest.all(customerId, cardTimelineEntries);
      return {
        customer: Object.assign(row, {
          tags: row.tags === '[]' ? [] : parsed<string[]>(row.tags),
          profile: parsed<Customer['profile']>(row.profile),
        }),
        contactPoints: pointsOf(customerId),
        timeline,
        timelineTotal: timelineTotal(customerId, timeline),
        openTickets: shown<TicketView>(openTickets.all(customerId)),
        promises: shown<TaskView>(promises.all(customerId)),
        orders: orders
          .all(customerId)
          .map((order) => Object.assign(order, { amount: parsed<Order['amount']>(order.amount) })),
      };
    },
    timeline: (customerId: string, beforeAt: number | null, limit: number): TimelineEntry[] =>
      beforeAt === null ? newest.all(customerId, limit) : before.all(customerId, beforeAt, limit),
  };
}

function parsed<T>(json: string): T {
  return JSON.parse(json);
}

function isShown(row: StoredPoint): row is StoredPoint & ContactPointView {
  return typeof row.preferred === 'boolean' && typeof row.retired === 'boolean';
}

/** The preferred one first, retired ones last. */
function byUse(a: ContactPointView, b: ContactPointView): number {
  return Number(a.retired) - Number(b.retired) || Number(b.preferred) - Number(a.preferred);
}
