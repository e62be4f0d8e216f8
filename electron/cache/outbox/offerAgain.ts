import type { EntityName } from '#shared/sync/entities.ts';
import type { Operation } from '#shared/sync/messages.ts';
import { type ChangeParts, restoreOperation } from '../records/localChange.ts';
import type { Sent } from './sent.ts';

/** Operations that the server has lost go back to the outbox. Returns the entities touched. */
export function offerAgain(
  parts: ChangeParts,
  sent: Sent,
  operationIds: readonly string[],
): EntityName[] {
  const { db, journal } = parts;
  const mark = journal.mark();
  const transaction = db.transaction(() => {
    const operations: Operation[] = [];
    for (const id of operationIds) {
      const operation = sent.take(id);
      if (operation) operations.push(operation);
    }
    for (const operation of operations) restoreOperation(parts, operation);
    journal.append(
      operations.map((operation) => ({ type: 'operation', operation })),
      true,
    );
    return operations;
  });
  try {
    return [...new Set(transaction.immediate().map(({ entity }) => entity))];
  } catch (error) {
    journal.cutTo(mark);
    throw error;
  }
}
