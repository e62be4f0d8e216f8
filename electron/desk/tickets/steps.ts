import { newId } from '#shared/domain/ids.ts';
import { normalizeText } from '#shared/domain/text/text.ts';
import type { Ticket } from '#shared/domain/tickets/ticket.ts';
import { type StepCommand, stepActorOf, takeStep } from '#shared/domain/tickets/ticketFlow.ts';
import type { LocalChange } from '../../cache/cache.ts';
import { unwrap } from '../../session/session.ts';
import { followUpOfStep } from '../followUp/afterStep.ts';
import { heldTicket, type TicketParts, withLimit } from './parts.ts';

/**
 * The changes of steps that follow each other at once: ticket, history, next time limit, and what follows from them.
 * Throws `not-found`, `state-not-allowed`, `forbidden`, `missing-field`.
 */
export function stepChanges(
  { user, cache, clock }: TicketParts,
  ticketId: string,
  commands: readonly StepCommand[],
): LocalChange[] {
  let ticket: Ticket = heldTicket(cache, ticketId);
  const changes: LocalChange[] = [];
  for (const command of commands) {
    const taken = unwrap(
      takeStep(ticket, normalized(command), {
        ticketId,
        id: newId(),
        at: clock.now(),
        actor: stepActorOf(user),
        complaintsNeedVisit: cache.part('complaints').needsVisit,
      }),
    );
    const { event } = taken;
    const fields = withLimit(cache, ticket, taken.fields);
    ticket = { ...ticket, ...fields };
    changes.push(
      { entity: 'ticket', id: ticketId, fields },
      { entity: 'ticketEvent', id: event.id, fields: event.fields },
      ...followUpOfStep(cache, ticketId, ticket, taken.fields.lastStep),
    );
  }
  return changes;
}

function normalized(command: StepCommand): StepCommand {
  const { note, resolution } = command;
  return {
    ...command,
    note: note == null ? null : normalizeText(note),
    resolution: resolution == null ? null : normalizeText(resolution),
  };
}
