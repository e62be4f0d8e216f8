import type { Database } from 'better-sqlite3';
import { v7 as uuidv7 } from 'uuid';
import { DeskError } from '#shared/result.ts';
import type { Clock } from '#shared/sync/clock.ts';
import { changeSchemaOf, type EntityName, entities } from '#shared/sync/entities.ts';
import {
  differingFields,
  madeOf,
  mergeFields,
  narrowedLists,
  stampsHeld,
} from '#shared/sync/merge.ts';
import type { Operation } from '#shared/sync/messages.ts';
import type { LocalChange } from '../cache.ts';
import type { SafetyJournal } from '../file/safetyJournal.ts';
import type { Meta } from '../meta.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Overlay } from './overlay.ts';
import type { RecordStore } from './recordStore.ts';
import type { StoredRecord } from './typedTable.ts';

export interface ChangeParts {
  db: Database;
  meta: Meta;
  store: RecordStore;
  overlay: Overlay;
  outbox: Outbox;
  journal: SafetyJournal;
  clock: Clock;
  /** ms UTC, corrected to the server's clock. */
  now(): number;
}

/**
 * Applies changes made at this desk: record, outbox row and safety journal become durable together
 * or not at all. Returns the entities touched. Throws `invalid-input`.
 */
export function changeLocally(
  parts: ChangeParts,
  changes: LocalChange[],
  authorId: string,
): EntityName[] {
  const { db, meta, journal } = parts;
  const mark = journal.mark();
  const transaction = db.transaction(() => {
    const operations: Operation[] = [];
    for (const change of changes) {
      const operation = changeOne(parts, change, authorId);
      if (operation) operations.push(operation);
    }
    const last = operations.at(-1);
    if (!last) return [];
    meta.set('stamp', last.clock);
    journal.append(
      operations.map((operation) => ({ type: 'operation', operation })),
      true,
    );
    return operations;
  });
  try {
    const made = transaction.immediate();
    return [...new Set(made.map(({ entity }) => entity))];
  } catch (error) {
    journal.cutTo(mark);
    throw error;
  }
}

function changeOne(
  { store, overlay, outbox, clock, now }: ChangeParts,
  change: LocalChange,
  authorId: string,
): Operation | null {
  const { entity, id } = change;
  const { policy } = entities[entity];
  if (policy === 'server') throw new DeskError('invalid-input', `${entity} is read-only at a desk`);
  const current = store.read(entity, id);
  if (current && policy === 'append') return null;
  const changed = changedFields(validFields(change, current !== null), current);
  if (Object.keys(changed).length === 0) return null;

  // The change sorts after what the agent saw, whichever desk's clock that came from.
  const stamp = clock.tick(stampsHeld(current?.clocks ?? {}, changed));
  const fields = current ? narrowedLists(entity, changed, current, stamp) : changed;
  if (Object.keys(fields).length === 0) return null;
  const operation: Operation = {
    id: uuidv7(),
    entity,
    entityId: id,
    fields,
    clock: stamp,
    baseVersion: current?.version || null,
    authorId,
    at: now(),
  };
  overlay.hold(entity, id, current);
  outbox.add(operation);
  const merged = current ? mergeFields(current, operation) : madeOf(entity, operation);
  store.write(entity, id, {
    fields: merged.fields,
    clocks: merged.clocks,
    version: current?.version ?? 0,
  });
  return operation;
}

/** Puts an operation back that only the safety journal still had. */
export function restoreOperation(
  { store, overlay, outbox }: Pick<ChangeParts, 'store' | 'overlay' | 'outbox'>,
  operation: Operation,
): void {
  const { entity, entityId } = operation;
  overlay.hold(entity, entityId, store.read(entity, entityId));
  outbox.add(operation);
  overlay.rebuild(entity, entityId);
}

const partials = Object.fromEntries(
  Object.entries(entities).map(([entity, { fields }]) => [entity, changeSchemaOf(fields)]),
);

function validFields({ entity, fields }: LocalChange, exists: boolean): Record<string, unknown> {
  const schema = exists ? (partials[entity] ?? entities[entity].fields) : entities[entity].fields;
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new DeskError('invalid-input', `${entity}: ${issue?.message ?? 'invalid'}`, {
    field: issue?.path.join('.') ?? '',
  });
}

/** A field that keeps its value is no change: it must not win over another desk's write. */
function changedFields(
  fields: Record<string, unknown>,
  current: StoredRecord | null,
): Record<string, unknown> {
  return current ? differingFields(fields, current.fields) : fields;
}
