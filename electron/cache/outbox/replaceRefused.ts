import { v7 as uuidv7 } from 'uuid';
import { DeskError } from '#shared/result.ts';
import { changeSchemaOf, type EntityName, entities } from '#shared/sync/entities.ts';
import { stampsOf } from '#shared/sync/merge.ts';
import type { Operation } from '#shared/sync/messages.ts';
import type { JournalLine } from '../file/safetyJournal.ts';
import type { ChangeParts } from '../records/localChange.ts';

/**
 * A refused operation is offered again under another id: of the old one the server remembers its answer. With `edits`
 * it is another change, made now: later than whatever was written meanwhile. Throws `not-found`, and `invalid-input`
 * with the field where the edited fields do not fit. Returns the entity touched.
 */
export function replaceRefused(
  parts: ChangeParts,
  operationId: string,
  edits: Record<string, unknown> | null = null,
): EntityName {
  const { db, journal } = parts;
  const mark = journal.mark();
  const transaction = db.transaction(() => {
    const refused = parts.outbox.getRefused(operationId);
    if (!refused) throw new DeskError('not-found', 'no such refused change');
    const next = edits ? edited(parts, refused, edits) : { ...refused, id: uuidv7() };
    parts.outbox.remove(operationId);
    parts.outbox.add(next);
    parts.overlay.rebuild(next.entity, next.entityId);
    const lines: JournalLine[] = [
      { type: 'operation', operation: next },
      { type: 'done', operationIds: [operationId] },
    ];
    journal.append(lines, true);
    return next.entity;
  });
  try {
    return transaction.immediate();
  } catch (error) {
    journal.cutTo(mark);
    throw error;
  }
}

function edited(
  { store, meta, clock, now }: ChangeParts,
  refused: Operation,
  edits: Record<string, unknown>,
): Operation {
  const { entity, entityId, baseVersion } = refused;
  const fields = { ...refused.fields, ...edits };
  check(entity, fields, baseVersion === null);
  const held = store.read(entity, entityId)?.clocks ?? {};
  const stamp = clock.tick([refused.clock, ...stampsOf(held)]);
  meta.set('stamp', stamp);
  return { ...refused, id: uuidv7(), fields, clock: stamp, at: now() };
}

function check(entity: EntityName, fields: Record<string, unknown>, isNew: boolean): void {
  const { fields: schema } = entities[entity];
  const parsed = (isNew ? schema : changeSchemaOf(schema)).safeParse(fields);
  const issue = parsed.error?.issues[0];
  if (!issue) return;
  throw new DeskError('invalid-input', `${entity}: ${issue.message}`, {
    field: issue.path.join('.'),
  });
}
