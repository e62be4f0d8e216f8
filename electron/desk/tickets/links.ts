import { newId } from '#shared/domain/ids.ts';
import { normalizeText } from '#shared/domain/text/text.ts';
import { defaultResolveMs, type Ticket } from '#shared/domain/tickets/ticket.ts';
import { isInCharge, stepActorOf } from '#shared/domain/tickets/ticketFlow.ts';
import { DeskError } from '#shared/result.ts';
import { usualFieldsOf } from '#shared/sync/usual.ts';
import type { LocalChange } from '../../cache/cache.ts';
import { birthOf } from './create.ts';
import { eventBy, heldTicket, limited, type TicketParts, withLimit } from './parts.ts';

/** Whoever watches is told of every step. */
export function watchChanges(parts: TicketParts, ticketId: string, on: boolean): LocalChange[] {
  const { cache, user } = parts;
  const { watcherIds } = heldTicket(cache, ticketId);
  if (watcherIds.includes(user.id) === on) return [];
  const others = watcherIds.filter((id) => id !== user.id);
  return [
    { entity: 'ticket', id: ticketId, fields: { watcherIds: on ? [...others, user.id] : others } },
    eventBy(parts, ticketId, 'ticket.watched', { data: { on } }),
  ];
}

/** Each of the two names the other. */
export function relateChanges(
  parts: TicketParts,
  ticketId: string,
  otherId: string,
  on: boolean,
): LocalChange[] {
  if (ticketId === otherId) throw itself();
  const pairs = [
    [ticketId, otherId],
    [otherId, ticketId],
  ] as const;
  return pairs.flatMap(([id, to]) => {
    const { relatedIds } = heldTicket(parts.cache, id);
    if (relatedIds.includes(to) === on) return [];
    const others = relatedIds.filter((one) => one !== to);
    const fields = { relatedIds: on ? [...others, to] : others };
    return [
      { entity: 'ticket' as const, id, fields },
      eventBy(parts, id, 'ticket.related', { data: { ticketId: to, on } }),
    ];
  });
}

/**
 * `ticketId` becomes part of `intoId`, which stands for it from then on: neither loses anything of its own. Throws
 * `forbidden` for who is not in charge of it, `conflict` where one is part of the other already.
 */
export function mergeChanges(parts: TicketParts, ticketId: string, intoId: string): LocalChange[] {
  const { cache } = parts;
  if (ticketId === intoId) throw itself();
  const ticket = heldTicket(cache, ticketId);
  assertInCharge(parts, ticket);
  const standing = standingFor(parts, intoId);
  if (standing === ticketId) throw new DeskError('conflict', 'that ticket is part of this one');
  if (ticket.mergedInto !== null) throw new DeskError('conflict', 'it is part of a ticket already');
  return [
    {
      entity: 'ticket',
      id: ticketId,
      fields: withLimit(cache, ticket, { mergedInto: standing }),
    },
    eventBy(parts, ticketId, 'ticket.merged', { data: { into: standing } }),
    eventBy(parts, standing, 'ticket.merged', { data: { from: ticketId } }),
  ];
}

/** It stands for itself again, in the state that it had. */
export function unmergeChanges(parts: TicketParts, ticketId: string): LocalChange[] {
  const { cache } = parts;
  const ticket = heldTicket(cache, ticketId);
  assertInCharge(parts, ticket);
  const { mergedInto } = ticket;
  if (mergedInto === null) throw new DeskError('conflict', 'it is part of no ticket');
  return [
    { entity: 'ticket', id: ticketId, fields: withLimit(cache, ticket, { mergedInto: null }) },
    eventBy(parts, ticketId, 'ticket.merged', { data: { into: mergedInto, undone: true } }),
    eventBy(parts, mergedInto, 'ticket.merged', { data: { from: ticketId, undone: true } }),
  ];
}

/** A part of the ticket becomes one of its own, with the same customer and the same first-contact owner. */
export function splitChanges(
  parts: TicketParts,
  ticketId: string,
  given: { subject: string; description: string },
): { id: string; changes: LocalChange[] } {
  const { cache, clock, user } = parts;
  const from = heldTicket(cache, ticketId);
  const id = newId();
  const now = clock.now();
  const { type, categoryId, priority, customerId, callId, queueId, numberRaw } = from;
  const ticket: Ticket = {
    ...usualFieldsOf('ticket'),
    ...{ type, categoryId, priority, customerId, callId, queueId, numberRaw },
    no: null,
    state: 'registered',
    subject: normalizeText(given.subject),
    description: normalizeText(given.description),
    ownerId: user.id,
    firstContactId: from.firstContactId,
    firstContactName: from.firstContactName,
    createdAt: now,
    dueAt: now + defaultResolveMs[priority],
    closedAt: null,
    tags: from.tags,
    impact: from.impact,
    urgency: from.urgency,
    splitFrom: ticketId,
  };
  const changes = [
    ...birthOf(parts, id, limited(cache, ticket), { splitFrom: ticketId }),
    eventBy(parts, ticketId, 'ticket.split', { data: { ticketId: id } }),
  ];
  return { id, changes };
}

/** The ticket at the end of the chain; a damaged chain that closes ends where it began to repeat. */
function standingFor({ cache }: TicketParts, ticketId: string): string {
  const seen = new Set<string>();
  let id = ticketId;
  while (!seen.has(id)) {
    seen.add(id);
    const { mergedInto } = heldTicket(cache, id);
    if (mergedInto === null) return id;
    id = mergedInto;
  }
  return id;
}

function assertInCharge({ user }: TicketParts, ticket: Ticket): void {
  if (isInCharge(ticket, stepActorOf(user))) return;
  throw new DeskError(
    'forbidden',
    'only who is in charge of a ticket makes it part of another one',
  );
}

function itself(): DeskError {
  return new DeskError('invalid-input', 'a ticket has nothing to do with itself', {
    field: 'ticketId',
  });
}
