import { mayDo } from '#shared/domain/permissions.ts';
import { idSchema } from '#shared/domain/primitives.ts';
import { ticketSchema } from '#shared/domain/tickets/ticket.ts';
import { isInCharge } from '#shared/domain/tickets/ticketFlow.ts';
import type { ReceivedOperation } from '../store/operations.ts';
import type { StoredRecord } from '../store/records.ts';
import type { Batch } from './batch.ts';
import type { Author, Refusal } from './rules.ts';

/** The ticket of which the operation makes its own a part; null for all other operations. */
export function standingTicket({
  entity,
  fields,
}: Pick<ReceivedOperation, 'entity' | 'fields'>): string | null {
  const into = idSchema.safeParse(entity === 'ticket' ? fields.mergedInto : null);
  return into.success ? into.data : null;
}

/**
 * Tickets become part of another one, and stand alone again, by who is in charge of them. What a ticket becomes part of
 * is part of none: so no two of them can vanish into each other. Both records are held while that is decided.
 */
export function refusalOfTicketMerge(
  batch: Pick<Batch, 'record'>,
  author: Author,
  { entityId, fields }: Pick<ReceivedOperation, 'entityId' | 'fields'>,
  held: StoredRecord | null,
): Refusal | null {
  const into = standingTicket({ entity: 'ticket', fields })?.toLowerCase() ?? null;
  const now = folded(held?.fields.mergedInto);
  if (!held || !Object.hasOwn(fields, 'mergedInto') || into === now) return null;
  const ticket = ticketSchema.safeParse(held.fields);
  const leads = 'writes' in author || mayDo(author.role, 'tickets.manage');
  const actor = { id: author.id, name: '', writes: true, leads };
  if (ticket.success && !isInCharge(ticket.data, actor)) {
    return { reason: 'forbidden', message: 'who is not in charge of a ticket does not merge it' };
  }
  if (into === null) return null;
  if (now !== null) {
    return { reason: 'conflict', message: 'this ticket became part of another meanwhile' };
  }
  const isPart = folded(batch.record('ticket', into).held?.fields.mergedInto) !== null;
  if (!isPart && into !== entityId.toLowerCase()) return null;
  return { reason: 'state-not-allowed', message: 'the other ticket is part of one itself' };
}

function folded(id: unknown): string | null {
  return typeof id === 'string' ? id.toLowerCase() : null;
}
