import { mayDo } from '#shared/domain/permissions.ts';
import type { ReceivedOperation } from '../store/operations.ts';
import type { StoredRecord } from '../store/records.ts';
import type { Batch } from './batch.ts';
import type { Author, Refusal } from './rules.ts';

/** The customer into which the operation merges its own; null for all other operations. */
export function mergeTarget({
  entity,
  fields,
}: Pick<ReceivedOperation, 'entity' | 'fields'>): string | null {
  const into = entity === 'customer' ? fields.mergedInto : null;
  return typeof into === 'string' ? into.toLowerCase() : null;
}

/**
 * Customers are merged, and made two again, by those who may. A merge that would lead back to where it
 * began is refused: two desks that merge two customers into each other offline end with the first one's word. So
 * is a second merge of a customer that has been merged meanwhile: which of both holds is for a person to say.
 */
export function refusalOfMerge(
  batch: Batch,
  author: Author,
  operation: ReceivedOperation,
  held: StoredRecord | null,
): Refusal | null {
  const { entityId, fields } = operation;
  if (!Object.hasOwn(fields, 'mergedInto')) return null;
  const now = held?.fields.mergedInto ?? null;
  if (sameId(fields.mergedInto ?? null, now)) return null;
  if ('writes' in author) {
    return { reason: 'forbidden', message: 'a key does not merge customers' };
  }
  if (!mayDo(author.role, 'customers.merge')) {
    return { reason: 'forbidden', message: `customers.merge is not granted to ${author.role}` };
  }
  const into = mergeTarget(operation);
  if (into === null) return null;
  if (now !== null) {
    return { reason: 'conflict', message: 'this customer was merged into another meanwhile' };
  }
  if (!leadsTo(batch, into, entityId.toLowerCase())) return null;
  const message = 'the other customer is merged into this one already';
  return { reason: 'state-not-allowed', message };
}

/** Whether an operation that waited for its record would merge it in a circle now. */
export function closesCircle(
  batch: Batch,
  customerId: string,
  waiting: Pick<ReceivedOperation, 'entity' | 'fields'>,
): boolean {
  const into = mergeTarget(waiting);
  return into !== null && leadsTo(batch, into, customerId.toLowerCase());
}

/** Records of this batch count as the operations before have left them. */
function leadsTo(batch: Batch, from: string, id: string): boolean {
  const seen = new Set<string>();
  for (let at: string | null = from; at !== null && !seen.has(at); at = batch.mergedInto(at)) {
    if (at === id) return true;
    seen.add(at);
  }
  return false;
}

function sameId(a: unknown, b: unknown): boolean {
  const folded = (id: unknown) => (typeof id === 'string' ? id.toLowerCase() : id);
  return folded(a) === folded(b);
}
