import { isDeepStrictEqual } from 'node:util';
import type { TicketChange } from '#shared/contract/methods/tickets.ts';
import { normalizeText } from '#shared/domain/text/text.ts';
import type { Ticket } from '#shared/domain/tickets/ticket.ts';
import { priorityOf } from '#shared/domain/tickets/ticketPriority.ts';
import type { LocalChange } from '../../cache/cache.ts';
import { newComplaint } from '../followUp/complaints.ts';
import { eventBy, heldTicket, type TicketParts, withLimit } from './parts.ts';

/** A note for ourselves. */
export function noteChanges(parts: TicketParts, ticketId: string, note: string): LocalChange[] {
  heldTicket(parts.cache, ticketId);
  return [eventBy(parts, ticketId, 'ticket.noted', { note: normalizeText(note) })];
}

/** A reply to the customer; the first one is the response that a service level waits for. */
export function replyChanges(parts: TicketParts, ticketId: string, reply: string): LocalChange[] {
  const { cache, clock } = parts;
  const ticket = heldTicket(cache, ticketId);
  const event = eventBy(parts, ticketId, 'ticket.replied', { note: normalizeText(reply) });
  if (ticket.respondedAt !== null) return [event];
  const fields = withLimit(cache, ticket, { respondedAt: clock.now() });
  return [{ entity: 'ticket', id: ticketId, fields }, event];
}

/** Fields changed in place; the history says which, from what to what. Empty where nothing is different. */
export function fieldChanges(
  parts: TicketParts,
  ticketId: string,
  change: TicketChange,
): LocalChange[] {
  const { cache, clock } = parts;
  const ticket = heldTicket(cache, ticketId);
  const fields = different(ticket, asked(ticket, change));
  const names = Object.keys(fields) as (keyof Ticket)[];
  if (names.length === 0) return [];
  const told = Object.fromEntries(names.map((name) => [name, [ticket[name], fields[name]]]));
  const after: Ticket = { ...ticket, ...fields };
  return [
    { entity: 'ticket', id: ticketId, fields: withLimit(cache, ticket, fields) },
    eventBy(parts, ticketId, 'ticket.changed', { data: { fields: told } }),
    ...newComplaint({ cache, now: clock.now() }, ticketId, after),
  ];
}

function asked(ticket: Ticket, change: TicketChange): Partial<Ticket> {
  const { subject, description, tags } = change;
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const fields: Partial<Ticket> = Object.fromEntries(given);
  if (subject !== undefined) fields.subject = normalizeText(subject);
  if (description !== undefined) fields.description = normalizeText(description);
  if (tags !== undefined) fields.tags = [...new Set(tags.map(normalizeText))];
  if (change.priority !== undefined) return fields;
  const { impact = ticket.impact, urgency = ticket.urgency } = fields;
  const moved = 'impact' in fields || 'urgency' in fields;
  const priority = moved ? priorityOf(impact, urgency) : null;
  return priority === null ? fields : { ...fields, priority };
}

function different(ticket: Ticket, fields: Partial<Ticket>): Partial<Ticket> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([name, value]) => !isDeepStrictEqual(value, ticket[name as keyof Ticket]),
    ),
  );
}
