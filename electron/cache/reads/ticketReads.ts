import type { Database } from 'better-sqlite3';
import type { TicketDetail, TicketView } from '#shared/contract/models.ts';
import { columnList } from '../records/tables.ts';
import { isOpenTicket, waitingSql } from './sqlParts.ts';

export type Stored<View extends { waiting: boolean }> = Omit<View, 'waiting'> & { waiting: number };
export type StoredTicket = Stored<TicketView>;
type Event = TicketDetail['events'][number];

const ticketSelect = `SELECT t."id", ${columnList('ticket', 't')},
    c."name" AS customerName, u."name" AS ownerName, ${waitingSql('ticket', 't')}
  FROM ticket t
  LEFT JOIN customer c ON c."id" = t."customerId"
  LEFT JOIN "user" u ON u."id" = t."ownerId"`;

export const openTicketsOfCustomerSql = `${ticketSelect}
  WHERE t."customerId" = ? AND t.${isOpenTicket} ORDER BY t."createdAt" DESC LIMIT 100`;

export const ticketSql = {
  mine: `${ticketSelect}
    WHERE t."id" IN (
      SELECT "id" FROM ticket WHERE "ownerId" = @userId AND ${isOpenTicket}
      UNION SELECT "id" FROM ticket WHERE "firstContactId" = @userId AND ${isOpenTicket})
    ORDER BY t."createdAt" DESC LIMIT @limit`,
  open: `${ticketSelect} WHERE t.${isOpenTicket} ORDER BY t."createdAt" DESC LIMIT @limit`,
  all: `${ticketSelect} ORDER BY t."createdAt" DESC LIMIT @limit`,
  one: `${ticketSelect} WHERE t."id" = ?`,
  events: `SELECT e."id", ${columnList('ticketEvent', 'e')}, ${waitingSql('ticketEvent', 'e')}
    FROM ticket_event e WHERE e."ticketId" = ? ORDER BY e."at", e."id"`,
};

/** In place: these rows are fresh, and copying each would double the cost of a read. */
export function shown<View extends { waiting: boolean }>(rows: Stored<View>[]): View[];
export function shown(rows: { waiting: number | boolean }[]): { waiting: number | boolean }[] {
  for (const row of rows) row.waiting = row.waiting === 1;
  return rows;
}

export function createTicketReads(db: Database) {
  const lists = {
    mine: db.prepare<[{ userId: string; limit: number }], StoredTicket>(ticketSql.mine),
    open: db.prepare<[{ limit: number }], StoredTicket>(ticketSql.open),
    all: db.prepare<[{ limit: number }], StoredTicket>(ticketSql.all),
  };
  const one = db.prepare<[string], StoredTicket>(ticketSql.one);
  const events = db.prepare<[string], Stored<Event>>(ticketSql.events);

  return {
    tickets(view: 'mine' | 'open' | 'all', userId: string, limit: number): TicketView[] {
      if (view === 'mine') return shown<TicketView>(lists.mine.all({ userId, limit }));
      return shown<TicketView>(lists[view].all({ limit }));
    },
    ticket(ticketId: string): TicketDetail | null {
      const [ticket] = shown<TicketView>(one.all(ticketId));
      return ticket ? { ticket, events: shown<Event>(events.all(ticketId)) } : null;
    },
  };
}
