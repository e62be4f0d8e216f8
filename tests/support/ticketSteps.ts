import { v7 as uuidv7 } from 'uuid';
import { withDueAt } from '#shared/domain/serviceLevels/serviceLevels.ts';
import { usualServiceLevels } from '#shared/domain/settings/serviceLevels.ts';
import { type Ticket, ticketSchema } from '#shared/domain/tickets/ticket.ts';
import { type StepCommand, stepActorOf, takeStep } from '#shared/domain/tickets/ticketFlow.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import { operationBy } from './serverClient.ts';

export interface StepTaken {
  /** On the ticket, as its desk hands it in. */
  step: ReturnType<typeof operationBy>;
  event: ReturnType<typeof operationBy>;
  /** The ticket as that desk then has it. */
  after: Ticket;
}

/** What a desk hands in for a step on the ticket as the desk knows it. Throws where the desk would not let it. */
export function stepOn(
  user: Pick<SignedInUser, 'id' | 'name' | 'role'>,
  ticketId: string,
  known: unknown,
  command: StepCommand,
  { at = Date.now(), clock }: { at?: number; clock?: string } = {},
): StepTaken {
  const ticket = ticketSchema.parse(known);
  const taken = takeStep(ticket, command, {
    ticketId,
    id: uuidv7(),
    at,
    actor: stepActorOf(user),
    complaintsNeedVisit: true,
  });
  if (!taken.ok) throw new Error(taken.error.message);
  const { event } = taken.value;
  const { dueAt } = withDueAt({ ...ticket, ...taken.value.fields }, usualServiceLevels, null);
  const fields = { ...taken.value.fields, dueAt };
  const changed = Object.fromEntries(
    Object.entries(fields).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(ticket[name as keyof Ticket]),
    ),
  );
  const stamp = clock === undefined ? {} : { clock };
  return {
    step: operationBy(user.id, {
      entity: 'ticket',
      entityId: ticketId,
      fields: changed,
      baseVersion: 1,
      ...stamp,
    }),
    event: operationBy(user.id, {
      entity: 'ticketEvent',
      entityId: event.id,
      fields: { ...event.fields },
    }),
    after: { ...ticket, ...fields },
  };
}
