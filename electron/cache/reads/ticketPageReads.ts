import type { Database } from 'better-sqlite3';
import type { TemplateView, TicketLink, TicketTaker } from '#shared/contract/methods/tickets.ts';
import type { TicketDetail } from '#shared/contract/models/records.ts';
import type { Role } from '#shared/domain/permissions.ts';
import type { Attachment } from '#shared/domain/tickets/ticket.ts';
import { columnList } from '../records/tables.ts';
import { type Row, rowsOf } from './rows.ts';
import { isOpenTicket, waitingSql, winnerSql } from './sqlParts.ts';

export type StoredAttachment = Attachment & { id: string; waiting: boolean };
export type Taker = TicketTaker & { role: Role };
type Event = TicketDetail['events'][number];

const linkSelect = `SELECT t."id", t."no", t."subject", t."state", u."name" AS ownerName
  FROM ticket t LEFT JOIN "user" u ON u."id" = t."ownerId"`;
const attachmentSelect = `SELECT a."id", ${columnList('attachment', 'a')}, ${waitingSql('attachment', 'a')}
  FROM attachment a`;

const sql = {
  links: `${linkSelect} WHERE t."id" IN (SELECT "value" FROM json_each(?)) ORDER BY t."createdAt"`,
  merged: `${linkSelect} WHERE t."mergedInto" = ? ORDER BY t."createdAt"`,
  splits: `${linkSelect} WHERE t."splitFrom" = ? ORDER BY t."createdAt"`,
  ofCustomer: `${linkSelect} WHERE ${winnerSql('t."customerId"')} = ? AND t."mergedInto" IS NULL
    ORDER BY t."createdAt" DESC LIMIT +?`,
  byNumber: `${linkSelect} WHERE t."no" LIKE ? AND t."mergedInto" IS NULL
    ORDER BY t."createdAt" DESC LIMIT +?`,
  events: `SELECT e."id", ${columnList('ticketEvent', 'e')}, ${waitingSql('ticketEvent', 'e')}
    FROM ticket_event e WHERE e."ticketId" IN (SELECT "value" FROM json_each(?))
    ORDER BY e."at", e."id"`,
  attachments: `${attachmentSelect} WHERE a."ticketId" = ? ORDER BY a."at", a."id"`,
  attachment: `${attachmentSelect} WHERE a."id" = ?`,
  names: `SELECT "id", "name" FROM "user" WHERE "id" IN (SELECT "value" FROM json_each(?))
    ORDER BY "name"`,
  takers: `SELECT u."id", u."name", u."teamId", u."role", p."state",
      (SELECT count(*) FROM ticket WHERE "ownerId" = u."id" AND ${isOpenTicket}) AS open
    FROM "user" u LEFT JOIN presence p ON p."id" = u."id"
    WHERE u."active" = 1 ORDER BY u."name"`,
  templates: `SELECT m."id", ${columnList('ticketTemplate', 'm')}, ${waitingSql('ticketTemplate', 'm')}
    FROM ticket_template m WHERE m."retired" <= ? ORDER BY m."name"`,
};

/** What stands on the page of a ticket beside the ticket itself. */
export function createTicketPageReads(db: Database) {
  const links = db.prepare<[string], TicketLink>(sql.links);
  const merged = db.prepare<[string], TicketLink>(sql.merged);
  const splits = db.prepare<[string], TicketLink>(sql.splits);
  const ofCustomer = db.prepare<[string, number], TicketLink>(sql.ofCustomer);
  const byNumber = db.prepare<[string, number], TicketLink>(sql.byNumber);
  const events = db.prepare<[string], Row>(sql.events);
  const attachments = db.prepare<[string], Row>(sql.attachments);
  const attachment = db.prepare<[string], Row>(sql.attachment);
  const names = db.prepare<[string], { id: string; name: string }>(sql.names);
  const takers = db.prepare<[], Taker>(sql.takers);
  const templates = db.prepare<[number], Row>(sql.templates);

  const eventsOf = rowsOf<Event>('ticketEvent');
  const attachmentsOf = rowsOf<StoredAttachment>('attachment');
  const templatesOf = rowsOf<TemplateView>('ticketTemplate');

  return {
    links: (ids: readonly string[]) => (ids.length > 0 ? links.all(JSON.stringify(ids)) : []),
    merged: (ticketId: string) => merged.all(ticketId),
    splits: (ticketId: string) => splits.all(ticketId),
    ticketsOfCustomer: (winnerId: string, limit: number) => ofCustomer.all(winnerId, limit),
    /** Numbers that end in these digits. */
    ticketsByNumber: (digits: string, limit: number) => byNumber.all(`%${digits}`, limit),
    events: (ticketIds: readonly string[]): Event[] =>
      ticketIds.length > 0 ? eventsOf(events.all(JSON.stringify(ticketIds))) : [],
    attachments: (ticketId: string) => attachmentsOf(attachments.all(ticketId)),
    attachment: (id: string) => attachmentsOf(attachment.all(id))[0] ?? null,
    names: (ids: readonly string[]) => (ids.length > 0 ? names.all(JSON.stringify(ids)) : []),
    takers: () => takers.all(),
    templates: ({ retired }: { retired: boolean }) => templatesOf(templates.all(retired ? 1 : 0)),
  };
}
export type TicketPageReads = ReturnType<typeof createTicketPageReads>;
