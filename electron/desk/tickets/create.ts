import type { NewTicket } from '#shared/contract/methods/tickets.ts';
import type { TicketView } from '#shared/contract/models/records.ts';
import { newId } from '#shared/domain/ids.ts';
import { normalizeText } from '#shared/domain/text/text.ts';
import { defaultResolveMs, type Ticket } from '#shared/domain/tickets/ticket.ts';
import { usualFieldsOf } from '#shared/sync/usual.ts';
import type { LocalChange } from '../../cache/cache.ts';
import type { CallService } from '../calls.ts';
import { newComplaint } from '../followUp/complaints.ts';
import { eventBy, limited, type TicketParts, viewOf } from './parts.ts';

/** A ticket from the form, with its first event and its place on the customer's time line. */
export function createTicket(
  parts: TicketParts & { calls: CallService },
  input: NewTicket,
): TicketView {
  const { user, cache, calls } = parts;
  const id = newId();
  const call = input.callId ? calls.find(input.callId) : null;
  const ticket = limited(cache, newTicket(parts, input, call));
  cache.change(birthOf(parts, id, ticket), user.id);
  if (call) calls.update(call.id, { ticketIds: [...call.ticketIds, id] });
  return viewOf(cache, id);
}

function newTicket(
  { user, clock }: TicketParts,
  input: NewTicket,
  call: ReturnType<CallService['find']>,
): Ticket {
  const now = clock.now();
  return {
    ...usualFieldsOf('ticket'),
    no: null,
    type: input.type,
    categoryId: input.categoryId,
    priority: input.priority,
    state: 'registered',
    subject: normalizeText(input.subject),
    description: normalizeText(input.description),
    customerId: input.customerId ?? call?.customerId ?? null,
    callId: input.callId,
    queueId: call?.queueId ?? null,
    numberRaw: call?.number.raw || null,
    ownerId: user.id,
    firstContactId: user.id,
    firstContactName: user.name,
    createdAt: now,
    // Where no policy fits and nothing was promised.
    dueAt: now + defaultResolveMs[input.priority],
    closedAt: null,
    impact: input.impact ?? null,
    urgency: input.urgency ?? null,
    tags: (input.tags ?? []).map(normalizeText),
    promisedAt: input.dueAt,
  };
}

/** Everything that is written when a ticket comes into the world. */
export function birthOf(
  parts: TicketParts,
  id: string,
  ticket: Ticket,
  data: Record<string, unknown> | null = null,
): LocalChange[] {
  const { user, cache, clock } = parts;
  const now = clock.now();
  return [
    { entity: 'ticket', id, fields: ticket },
    eventBy(parts, id, 'ticket.created', { data }),
    {
      entity: 'contact',
      id: newId(),
      fields: {
        customerId: ticket.customerId,
        kind: 'ticket',
        at: now,
        title: ticket.subject,
        detail: '',
        agentId: user.id,
        agentName: user.name,
        queueId: ticket.queueId,
        direction: null,
        durationMs: null,
        refId: id,
        outcome: 'registered',
      },
    },
    ...newComplaint({ cache, now }, id, ticket),
  ];
}
