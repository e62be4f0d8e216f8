import type { RefusedStep } from '#shared/contract/methods/outbox.ts';
import { returnVisitIdOf } from '#shared/domain/ids.ts';
import { ticketStepSchema } from '#shared/domain/tickets/ticket.ts';
import type { StepCommand } from '#shared/domain/tickets/ticketFlow.ts';
import { DeskError } from '#shared/result.ts';
import type { LocalChange } from '../../cache/cache.ts';
import type { OutboxOperation } from '../../cache/outbox/outbox.ts';
import { noteChanges } from './changes.ts';
import type { TicketParts } from './parts.ts';
import { stepChanges } from './steps.ts';

type Refused = Pick<OutboxOperation, 'id' | 'entity' | 'entityId' | 'fields'>;

/** The step in a refused change of a ticket, and where the ticket is now; null where it is none. */
export function refusedStepOf(
  { cache }: Pick<TicketParts, 'cache'>,
  { entity, entityId, fields }: Refused,
): RefusedStep | null {
  if (entity !== 'ticket') return null;
  const step = ticketStepSchema.safeParse(fields.lastStep);
  const ticket = cache.record('ticket', entityId);
  if (!step.success || !ticket) return null;
  const { id, action, from, note } = step.data;
  const resolution = typeof fields.resolution === 'string' ? fields.resolution : null;
  return { id, action, from, now: ticket.state, note: note ?? resolution };
}

/** What an agent does with a step that the server did not take: the ticket was further along. */
export function createRefusedSteps(parts: TicketParts) {
  const { cache, user } = parts;

  /** The refused change, and the event that was refused with it. */
  function found(operationId: string, refused: readonly Refused[]) {
    const operation = refused.find(({ id }) => id === operationId);
    const step = operation && refusedStepOf(parts, operation);
    if (!operation || !step) throw new DeskError('not-found', 'no such refused step');
    const event = refused.find((one) => one.entity === 'ticketEvent' && one.entityId === step.id);
    return { operation, step, ids: [operationId, ...(event ? [event.id] : [])] };
  }

  function putAway(ids: readonly string[], changes: LocalChange[]): void {
    // First what is new: nothing is lost where the desk dies in between.
    if (changes.length > 0) cache.change(changes, user.id);
    for (const id of ids) cache.discardRefused(id);
  }

  /** The return visit that the refused step had made, if it did. */
  function visitOf(ticketId: string, stepId: string): LocalChange[] {
    const id = returnVisitIdOf(ticketId, stepId);
    if (cache.task(id)?.state !== 'open') return [];
    return [{ entity: 'task', id, fields: { state: 'cancelled' } }];
  }

  return {
    /** Takes the same step from where the ticket is now. Throws `state-not-allowed`, `forbidden`, `missing-field`. */
    again(operationId: string, refused: readonly Refused[]): void {
      const { operation, step, ids } = found(operationId, refused);
      const { entityId, fields } = operation;
      const command: StepCommand = {
        action: step.action,
        note: ticketStepSchema.parse(fields.lastStep).note,
        ownerId: typeof fields.ownerId === 'string' ? fields.ownerId : null,
        resolution: typeof fields.resolution === 'string' ? fields.resolution : null,
        visit: ticketStepSchema.parse(fields.lastStep).visit,
      };
      putAway(ids, [...stepChanges(parts, entityId, [command]), ...visitOf(entityId, step.id)]);
    },
    /** What was meant stands in the history as a note, and the ticket stays where it is. */
    asNote(operationId: string, note: string, refused: readonly Refused[]): void {
      const { operation, step, ids } = found(operationId, refused);
      const { entityId } = operation;
      putAway(ids, [...noteChanges(parts, entityId, note), ...visitOf(entityId, step.id)]);
    },
    discard(operationId: string, refused: readonly Refused[]): void {
      const { operation, step, ids } = found(operationId, refused);
      putAway(ids, visitOf(operation.entityId, step.id));
    },
  };
}
