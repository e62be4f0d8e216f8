import type { TicketView } from '#shared/contract/models/records.ts';
import { newId } from '#shared/domain/ids.ts';
import { withDueAt } from '#shared/domain/serviceLevels/serviceLevels.ts';
import type { Ticket, TicketEvent } from '#shared/domain/tickets/ticket.ts';
import { DeskError } from '#shared/result.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache, LocalChange } from '../../cache/cache.ts';
import type { Clock } from '../../core/providers.ts';

/** What everything about tickets works with. */
export interface TicketParts {
  user: SignedInUser;
  cache: Cache;
  clock: Clock;
}

export function heldTicket(cache: Pick<Cache, 'record'>, ticketId: string): Ticket {
  const ticket = cache.record('ticket', ticketId);
  if (!ticket) throw new DeskError('not-found', 'no such ticket here');
  return ticket;
}

export function viewOf(cache: Pick<Cache, 'ticket'>, ticketId: string): TicketView {
  const detail = cache.ticket(ticketId);
  if (!detail) throw new DeskError('not-found', 'no such ticket here');
  return detail.ticket;
}

/** What changes of a ticket, with the next time limit as it is then. */
export function withLimit(
  cache: Pick<Cache, 'record' | 'part' | 'winnerOf'>,
  ticket: Ticket,
  fields: Partial<Ticket>,
): Partial<Ticket> {
  const after = { ...ticket, ...fields };
  return { ...fields, dueAt: limited(cache, after).dueAt };
}

export function limited(
  cache: Pick<Cache, 'record' | 'part' | 'winnerOf'>,
  ticket: Ticket,
): Ticket {
  const { customerId } = ticket;
  const customer =
    customerId === null ? null : cache.record('customer', cache.winnerOf(customerId));
  return withDueAt(ticket, cache.part('serviceLevels'), customer?.valueClass ?? null);
}

/** An entry in the history that is no step. */
export function eventBy(
  { user, clock }: Pick<TicketParts, 'user' | 'clock'>,
  ticketId: string,
  name: TicketEvent['name'],
  said: Partial<Pick<TicketEvent, 'note' | 'data'>> = {},
): LocalChange {
  const fields: TicketEvent = {
    ticketId,
    name,
    at: clock.now(),
    byId: user.id,
    byName: user.name,
    note: null,
    data: null,
    ...said,
  };
  return { entity: 'ticketEvent', id: newId(), fields };
}

export function found<T>(value: T | null): T {
  if (value === null) throw new DeskError('not-found', 'no such ticket here');
  return value;
}
