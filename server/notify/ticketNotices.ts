import { maxSubject } from '#shared/domain/notification.ts';
import { type Ticket, ticketEventSchema, ticketSchema } from '#shared/domain/tickets/ticket.ts';
import type { MovedRecord } from '../store/feed/feedReaders.ts';
import { readRecords } from '../store/records.ts';
import type { Tx } from '../store/store.ts';
import { readPeople } from '../store/users.ts';
import type { Notice } from './notify.ts';
import { recipientsOf } from './recipients.ts';

/** What users have to be told of these events of tickets. */
export async function noticesOf(tx: Tx, moved: readonly MovedRecord[]): Promise<Notice[]> {
  const events = moved.flatMap(({ id, fields }) => {
    const event = ticketEventSchema.safeParse(fields);
    return event.success ? [{ id, ...event.data }] : [];
  });
  if (events.length === 0) return [];
  const tickets = await readTickets(
    tx,
    events.map(({ ticketId }) => ticketId),
  );
  const people = await readPeople(tx);
  return events.flatMap((event): Notice[] => {
    const ticket = tickets.get(event.ticketId);
    if (!ticket) return [];
    const subject = [ticket.no, ticket.subject].filter((part) => part !== null).join(' ');
    return recipientsOf(event, ticket, people).map(({ userId, kind }) => ({
      cause: event.id,
      userId,
      kind,
      ticketId: event.ticketId,
      taskId: null,
      subject: subject.slice(0, maxSubject),
      byName: event.byName || null,
    }));
  });
}

async function readTickets(tx: Tx, ids: readonly string[]): Promise<Map<string, Ticket>> {
  const records = await readRecords(tx, 'ticket', [...new Set(ids)]);
  return new Map(
    records.flatMap(({ id, fields }) => {
      const ticket = ticketSchema.safeParse(fields);
      return ticket.success ? [[id, ticket.data] as const] : [];
    }),
  );
}
