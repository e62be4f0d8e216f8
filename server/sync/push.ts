import type { Clock } from '#shared/sync/clock.ts';
import { type EntityName, entities } from '#shared/sync/entities.ts';
import { type Merged, mergeFields } from '#shared/sync/merge.ts';
import type { PushResult } from '#shared/sync/messages.ts';
import { newsChannel, notify } from '../store/notices.ts';
import {
  claimOperation,
  type ReceivedOperation,
  readResult,
  settleWaiting,
  storeResult,
  waitingOperations,
} from '../store/operations.ts';
import { lockRecord, readRecord, type StoredRecord, writeRecord } from '../store/records.ts';
import type { Db, Tx } from '../store/store.ts';
import { invalidFields, tooLarge, unstorable } from './fields.ts';
import { type Author, mayWriteAs, type Refusal, refusalOf } from './rules.ts';
import { fieldsGivenTo, withoutServerFields } from './serverFields.ts';
import { believedStamp } from './stamps.ts';

export interface PushContext {
  db: Db;
  clock: Clock;
  now: () => number;
}

interface Decision {
  result: PushResult;
  clock: string;
  lost: string[];
}

/**
 * Apply operations in their order, each in a transaction of its own: a refused one stops no other,
 * and what has been answered has been committed.
 */
export async function push(
  context: PushContext,
  user: Author,
  device: string,
  operations: ReceivedOperation[],
): Promise<PushResult[]> {
  const results: PushResult[] = [];
  for (const operation of operations) {
    results.push(await pushOne(context, user, device, operation));
  }
  return results;
}

async function pushOne(
  context: PushContext,
  user: Author,
  device: string,
  operation: ReceivedOperation,
): Promise<PushResult> {
  // Kept out of the table of operations: its author may still bring it.
  if (operation.authorId !== user.id) return refused(operation, null, notAuthor);
  // Checked before anything is stored, the operation itself included.
  const message = unstorableMessage(operation);
  if (message) return refused(operation, null, { reason: 'invalid-fields', message });
  return context.db.transaction().execute(async (tx) => {
    const nowMs = context.now();
    const claimed = await claimOperation(tx, operation, device, nowMs);
    if (!claimed) return earlierResult(tx, operation, user);
    const decision = await decide(tx, context, user, operation, nowMs);
    await storeResult(tx, decision.result, decision);
    return decision.result;
  });
}

const notAuthor: Refusal = {
  reason: 'not-yours',
  message: 'the author of an operation is the one who is signed in',
};

async function earlierResult(
  tx: Tx,
  operation: ReceivedOperation,
  user: Author,
): Promise<PushResult> {
  const stored = await readResult(tx, operation.id);
  if (stored?.author !== user.id) return refused(operation, null, notAuthor);
  const { author: _, ...result } = stored;
  return result;
}

async function decide(
  tx: Tx,
  context: PushContext,
  user: Author,
  operation: ReceivedOperation,
  nowMs: number,
): Promise<Decision> {
  const { entityId } = operation;
  if (!isKnown(operation.entity)) {
    const message = 'this server does not know the entity';
    return decline(operation, null, { reason: 'unknown-entity', message });
  }
  const entity = operation.entity;
  await lockRecord(tx, entity, entityId);
  const held = await readRecord(tx, entity, entityId);
  const write = { entity, entityId, fields: operation.fields };
  const refusal = refusalOf(user, write, held?.fields ?? null);
  if (refusal) return decline(operation, held, refusal);
  if (isOfOtherVersion(operation, held)) return decline(operation, held, otherVersion);
  if (held && entities[entity].policy === 'append') {
    return { result: applied(operation, held.version), clock: operation.clock, lost: [] };
  }
  const { fields: schema } = entities[entity];
  if (!held && operation.baseVersion !== null && invalidFields(schema, operation.fields, 'new')) {
    const message = invalidFields(schema, operation.fields, 'change');
    if (message) return decline(operation, null, { reason: 'invalid-fields', message });
    return waits(operation, believedStamp(operation.clock, context.clock, nowMs, []));
  }
  const message = invalidFields(schema, operation.fields, held ? 'change' : 'new');
  if (message) return decline(operation, held, { reason: 'invalid-fields', message });
  return merge(tx, context, { ...operation, entity }, held, nowMs);
}

const otherVersion: Refusal = { reason: 'conflict', message: 'the record is of another version' };

function isOfOtherVersion(operation: ReceivedOperation, held: StoredRecord | null): boolean {
  const { onlyIfVersion } = operation;
  return onlyIfVersion !== undefined && onlyIfVersion !== (held?.version ?? 0);
}

async function merge(
  tx: Tx,
  context: PushContext,
  operation: ReceivedOperation & { entity: EntityName },
  held: StoredRecord | null,
  nowMs: number,
): Promise<Decision> {
  const { entity, entityId } = operation;
  const stamp = believedStamp(operation.clock, context.clock, nowMs, stampsOf(operation, held));
  const { own, aside } = withoutServerFields(entity, operation.fields);
  let merged = mergeFields(held ?? { fields: {}, clocks: {} }, { fields: own, clock: stamp });
  const lost = held
    ? [...merged.lost, ...aside.filter((name) => held.fields[name] !== operation.fields[name])]
    : merged.lost;
  if (!held) {
    const given = { fields: await fieldsGivenTo(tx, entity, nowMs), clock: context.clock.tick() };
    merged = { ...mergeFields(merged, given), won: merged.won };
  }
  if (!held) merged = await withWaiting(tx, { entity, id: entityId, merged });
  const message = tooLarge(merged.fields);
  if (message) return decline(operation, held, { reason: 'invalid-fields', message });
  const moved = !held || merged.won.length > 0;
  const version = (held?.version ?? 0) + (moved ? 1 : 0);
  if (moved) {
    const { fields, clocks } = merged;
    await writeRecord(tx, { entity, id: entityId, version, fields, clocks }, nowMs);
    await notify(tx, newsChannel);
  }
  const outcome = lost.length > 0 || stamp !== operation.clock ? 'merged' : 'applied';
  return { result: { ...applied(operation, version), outcome }, clock: stamp, lost };
}

/**
 * A change of a record that its author has seen here and that is gone: this database comes from a backup. It stands in
 * the history and waits until a desk brings the record back.
 */
function waits(operation: ReceivedOperation, stamp: string): Decision {
  const result = { ...applied(operation, 0), version: null };
  return { result, clock: stamp, lost: [] };
}

/** The record as it was made, with the changes that came before it did. */
async function withWaiting(
  tx: Tx,
  record: { entity: EntityName; id: string; merged: Merged },
): Promise<Merged> {
  const { entity, id } = record;
  let { merged } = record;
  for (const waiting of await waitingOperations(tx, entity, id)) {
    const write = { entity, entityId: id, fields: waiting.fields };
    if (!mayWriteAs(waiting.author, write, merged.fields)) continue;
    const { own } = withoutServerFields(entity, waiting.fields);
    const next = mergeFields(merged, { fields: own, clock: waiting.clock });
    // It goes on waiting: the record comes without it rather than not at all.
    if (tooLarge(next.fields)) continue;
    merged = { ...next, won: merged.won, lost: merged.lost };
    await settleWaiting(tx, waiting.id, firstVersion);
  }
  return merged;
}

/** Of what the record holds in the fields that the operation writes. */
function stampsOf({ fields }: ReceivedOperation, held: StoredRecord | null): string[] {
  const clocks = new Map(Object.entries(held?.clocks ?? {}));
  return Object.keys(fields).flatMap((name) => clocks.get(name) ?? []);
}

const firstVersion = 1;

function isKnown(entity: string): entity is EntityName {
  return Object.hasOwn(entities, entity);
}

function unstorableMessage({ entity, fields }: ReceivedOperation): string | null {
  return unstorable({ entity, fields }) ?? tooLarge(fields);
}

function applied(operation: ReceivedOperation, version: number): PushResult {
  return { operationId: operation.id, outcome: 'applied', version, reason: null, message: null };
}

function refused(
  operation: ReceivedOperation,
  held: StoredRecord | null,
  { reason, message }: Refusal,
): PushResult {
  const version = held?.version ?? null;
  return { operationId: operation.id, outcome: 'rejected', version, reason, message };
}

function decline(
  operation: ReceivedOperation,
  held: StoredRecord | null,
  refusal: Refusal,
): Decision {
  return { result: refused(operation, held, refusal), clock: operation.clock, lost: [] };
}
