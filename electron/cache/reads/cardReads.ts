import type { Database } from 'better-sqlite3';
import type {
  Card,
  ContactPointView,
  TicketView,
  TimelineEntry,
} from '#shared/contract/models/records.ts';
import { createGroupReads } from '../records/customerGroups.ts';
import { columnList } from '../records/tables.ts';
import { type Row, rowsOf } from './rows.ts';
import { promisesSql, shownTasks } from './taskReads.ts';
import { openTicketsOfCustomerSql } from './ticketReads.ts';

/** How many entries of the time line a card shows before the agent scrolls. */
export const cardTimelineEntries = 20;

type Customer = Card['customer'];
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
    ORDER BY "at" DESC, "id" DESC LIMIT +?`,
  timelineBefore: `${timelineSelect} WHERE "customerId" = ? AND "at" < ?
    ORDER BY "at" DESC, "id" DESC LIMIT +?`,
  timelineTotal: 'SELECT count(*) FROM contact WHERE "customerId" = ?',
  openTickets: openTicketsOfCustomerSql,
  promises: promisesSql,
  orders: `SELECT "id", ${columnList('order')} FROM customer_order
    WHERE "customerId" = ? ORDER BY "at" DESC LIMIT 20`,
};

/** `display` turns the normal form of a number into the form people read. */
export function createCardReads(db: Database, display: (normal: string) => string) {
  const customer = db.prepare<[string], Row>(cardSql.customer);
  const points = db.prepare<[string], StoredPoint>(cardSql.points);
  const newest = db.prepare<[string, number], TimelineEntry>(cardSql.timeline);
  const before = db.prepare<[string, number, number], TimelineEntry>(cardSql.timelineBefore);
  const total = db.prepare<[string], number>(cardSql.timelineTotal).pluck();
  const openTickets = db.prepare<[string], Row>(cardSql.openTickets);
  const promises = db.prepare<[string], Row>(cardSql.promises);
  const orders = db.prepare<[string], StoredOrder>(cardSql.orders);

  const { groupOf } = createGroupReads(db);

  function pointsOf(ids: readonly string[]): ContactPointView[] {
    const rows = each(ids, (id) => points.all(id));
    for (const row of rows) {
      row.preferred = row.preferred === 1;
      row.retired = row.retired === 1;
      if (row.kind === 'phone' && row.normal !== null) row.display = display(row.normal);
    }
    const all = rows.filter(isShown).sort(byUse);
    return ids.length === 1 ? all : withoutDoubles(all);
  }

  function timelineOf(ids: readonly string[], beforeAt: number | null, limit: number) {
    const entries = each(ids, (id) =>
      beforeAt === null ? newest.all(id, limit) : before.all(id, beforeAt, limit),
    );
    return ids.length === 1 ? entries : entries.sort(newestFirst).slice(0, limit);
  }

  function timelineTotal(ids: readonly string[], entries: TimelineEntry[]): number {
    // A short page is the whole time line.
    if (entries.length < cardTimelineEntries) return entries.length;
    return ids.reduce((sum, id) => sum + (total.get(id) ?? 0), 0);
  }

  function ordersOf(ids: readonly string[]): Order[] {
    const rows = each(ids, (id) => orders.all(id));
    if (ids.length > 1) rows.sort((a, b) => b.at - a.at);
    return rows
      .slice(0, 20)
      .map((order) => Object.assign(order, { amount: parsed<Order['amount']>(order.amount) }));
  }

  return {
    /** Of whoever stands for this customer, with what the records merged into it bring along. */
    card(customerId: string): Card | null {
      const ids = groupOf(customerId);
      // The winner may still be on its way from the server.
      const row = customer.get(ids[0] ?? customerId) ?? customer.get(customerId);
      if (!row) return null;
      const timeline = timelineOf(ids, null, cardTimelineEntries);
      const tickets = shownTickets(each(ids, (id) => openTickets.all(id)));
      const tasks = shownTasks(each(ids, (id) => promises.all(id)));
      if (ids.length > 1) {
        tickets.sort((a, b) => b.createdAt - a.createdAt);
        tasks.sort((a, b) => a.dueAt - b.dueAt);
      }
      return {
        customer: shownCustomer(row),
        contactPoints: pointsOf(ids),
        timeline,
        timelineTotal: timelineTotal(ids, timeline),
        openTickets: tickets,
        promises: tasks,
        orders: ordersOf(ids),
      };
    },
    timeline: (customerId: string, beforeAt: number | null, limit: number): TimelineEntry[] =>
      timelineOf(groupOf(customerId), beforeAt, limit),
  };
}

const shownTickets = rowsOf<TicketView>('ticket');
const shownCustomers = rowsOf<Customer>('customer');

function shownCustomer(row: Row): Customer {
  const [customer] = shownCustomers([row]);
  if (!customer) throw new Error('a row is a customer');
  return customer;
}

/** Nearly every customer is alone: then nothing is copied. */
function each<T>(ids: readonly string[], read: (id: string) => T[]): T[] {
  const [only] = ids;
  return ids.length === 1 && only !== undefined ? read(only) : ids.flatMap(read);
}

function newestFirst(a: TimelineEntry, b: TimelineEntry): number {
  return b.at - a.at || (a.id < b.id ? 1 : -1);
}

/** A number that both had is one number: the one in use, with the winner's before the loser's. */
function withoutDoubles(points: ContactPointView[]): ContactPointView[] {
  const known = new Set<string>();
  return points.filter(({ kind, normal, raw, extension }) => {
    const key = `${kind}/${normal ?? raw}/${extension ?? ''}`;
    return !known.has(key) && known.add(key);
  });
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
