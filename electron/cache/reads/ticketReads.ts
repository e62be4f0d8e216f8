import type { Database } from 'better-sqlite3';
import type { TicketDetail, TicketView } from '#shared/contract/models/records.ts';
import { columnList } from '../records/tables.ts';
import { type Row, rowsOf } from './rows.ts';
import { byOpenOfCustomer, isOpenTicket, waitingSql, winnerSql } from './sqlParts.ts';

type Event = TicketDetail['events'][number];

const ticketSelectBy = (index: string) => `SELECT t."id", ${columnList('ticket', 't')},
    c."name" AS customerName, c."valueClass" AS customerClass, u."name" AS ownerName, ${waitingSql('ticket', 't')}
  FROM ticket t ${index}
  LEFT JOIN customer c ON c."id" = ${winnerSql('t."customerId"')}
  LEFT JOIN "user" u ON u."id" = t."ownerId"`;

const ticketSelect = ticketSelectBy('');

export const openTicketsOfCustomerSql = `${ticketSelectBy(byOpenOfCustomer)}
  WHERE t."customerId" = ? AND t.${isOpenTicket} ORDER BY t."createdAt" DESC LIMIT 100`;

export const ticketSql = {
  mine: `${ticketSelect}
    WHERE t."id" IN (
      SELECT "id" FROM ticket WHERE "ownerId" = @userId AND ${isOpenTicket}
      UNION SELECT "id" FROM ticket WHERE "firstContactId" = @userId AND ${isOpenTicket})
    ORDER BY t."createdAt" DESC LIMIT +@limit`,
  open: `${ticketSelect} WHERE t.${isOpenTicket} ORDER BY t."createdAt" DESC LIMIT +@limit`,
  all: `${ticketSelect} ORDER BY t."createdAt" DESC LIMIT +@limit`,
  one: `${ticketSelect} WHERE t."id" = ?`,
  events: `SELECT e."id", ${columnList('ticketEvent', 'e')}, ${waitingSql('ticketEvent', 'e')}
    FROM ticket_event e WHERE e."ticketId" = ? ORDER BY e."at", e."id"`,
};

export const shownTickets = rowsOf<TicketView>('ticket');
const shownTicketEvents = rowsOf<Event>('ticketEvent');

export function createTicketReads(db: Database) {
  const lists = {
    mine: db.prepare<[{ userId: string; limit: number }], Row>(ticketSql.mine),
    open: db.prepare<[{ limit: number }], Row>(ticketSql.open),
    all: db.prepare<[{ limit: number }], Row>(ticketSql.all),
  };
  const one = db.prepare<[string], Row>(ticketSql.one);
  const events = db.prepare<[string], Row>(ticketSql.events);

  return {
    tickets(view: 'mine' | 'open' | 'all', userId: string, limit: number): TicketView[] {
      if (view === 'mine') return shownTickets(lists.mine.all({ userId, limit }));
      return shownTickets(lists[view].all({ limit }));
    },
    ticket(ticketId: string): TicketDetail | null {
      const [ticket] = shownTickets(one.all(ticketId));
      return ticket ? { ticket, events: shownTicketEvents(events.all(ticketId)) } : null;
    },
  };
}
