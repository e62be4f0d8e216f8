import { returnVisitOf } from '#shared/domain/tickets/returnVisit.ts';
import type { Ticket, TicketStep } from '#shared/domain/tickets/ticket.ts';
import type { Cache, LocalChange } from '../../cache/cache.ts';
import { calledCustomer } from './calling.ts';
import { complaintAfterStep } from './complaints.ts';
import { centreZone } from './parts.ts';

/**
 * What follows from a step of a ticket, for the same transaction: the return visit of a resolved one, visits that are
 * not needed any more, the stage of a complaint. `after` is the ticket as the step leaves it.
 */
export function followUpOfStep(
  cache: Cache,
  ticketId: string,
  after: Ticket,
  step: TicketStep,
): LocalChange[] {
  return [
    ...complaintAfterStep(cache, ticketId, step),
    ...visitNotNeeded(cache, ticketId, step),
    ...visitToMake(cache, ticketId, { ...after, lastStep: step }),
  ];
}

function visitToMake(cache: Cache, ticketId: string, ticket: Ticket): LocalChange[] {
  const visit = returnVisitOf(cache.part('returnVisits'), {
    ticketId,
    ticket,
    customer: calledCustomer(cache, ticket.customerId),
    timeZone: centreZone(cache),
    nameOf(userId) {
      const user = cache.record('user', userId);
      return user?.active ? user.name : null;
    },
  });
  return visit ? [{ entity: 'task', id: visit.id, fields: visit.fields }] : [];
}

/** Opened again, or closed in another way: nobody has to call any more. */
function visitNotNeeded(cache: Cache, ticketId: string, step: TicketStep): LocalChange[] {
  if (step.action !== 'reopen' && step.action !== 'close') return [];
  return cache.followUp
    .visitsOfTicket(ticketId)
    .filter(({ state }) => state === 'open')
    .map(({ id }) => ({
      entity: 'task',
      id,
      fields: { state: 'cancelled', doneAt: step.at, doneBy: step.byName },
    }));
}
