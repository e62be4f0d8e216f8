import { ticketStepSchema } from '#shared/domain/tickets/ticket.ts';
import { audiencesLeft } from '#shared/domain/visibility.ts';
import { entities } from '#shared/sync/entities.ts';
import type { PushResult } from '#shared/sync/messages.ts';
import { takenBack } from '../store/feed/takenBack.ts';
import type { ReceivedOperation } from '../store/operations.ts';
import type { RecordKey } from '../store/records.ts';
import type { Batch } from './batch.ts';

/** Rows that tell of what a refused operation takes back with it; see `takeBackRefused`. */
export function takenBackBy(operation: ReceivedOperation): RecordKey[] {
  return operation.again ? touchedBy(operation).map(({ id }) => ({ entity: takenBack, id })) : [];
}

/**
 * An operation of before the database went back to a backup is refused: what it made then stays with its author alone.
 * Desks that have it from then drop it: a record that it would have made, the event of a step, and a record as it
 * showed it to others than those who see it now. Who may see that one gets it anew.
 */
export function takeBackRefused(
  batch: Batch,
  operation: ReceivedOperation,
  { outcome, reason }: Pick<PushResult, 'outcome' | 'reason'>,
): void {
  // An entity that this server does not know may be known to the next one.
  if (!operation.again || outcome !== 'rejected' || reason === 'unknown-entity') return;
  for (const { entity, id } of touchedBy(operation)) {
    if (!Object.hasOwn(entities, entity)) continue;
    const isOwn = entity === operation.entity;
    const record = batch.record(entity, id);
    if (record.held) {
      const shown = isOwn ? operation.fields : {};
      const isShownToOthers = audiencesLeft(entity, shown, record.held.fields).length > 0;
      if (isShownToOthers) batch.takeBack(record);
    } else if (!isOwn || operation.baseVersion === null) {
      batch.takeBack(record);
    }
  }
}

function touchedBy({ entity, entityId, fields }: ReceivedOperation): RecordKey[] {
  const step = entity === 'ticket' ? ticketStepSchema.safeParse(fields.lastStep) : null;
  return [
    { entity, id: entityId },
    ...(step?.success ? [{ entity: 'ticketEvent', id: step.data.id }] : []),
  ];
}
