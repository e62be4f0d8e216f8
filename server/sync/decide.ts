import { type EntityName, entities } from '#shared/sync/entities.ts';
import { madeOf, mergeFields, stampsHeld, type Versioned } from '#shared/sync/merge.ts';
import type { PushResult } from '#shared/sync/messages.ts';
import type { ReceivedOperation, StoredResult } from '../store/operations.ts';
import type { StoredRecord } from '../store/records.ts';
import type { Batch, BatchRecord } from './batch.ts';
import { closesCircle, refusalOfMerge } from './customerMerges.ts';
import { invalidFields, overfull, tooLarge, unstorable } from './fields.ts';
import { refusalOfFollowUp } from './followUpRules.ts';
import { refusalOfIntervention } from './interventionRules.ts';
import {
  type Author,
  isHidden,
  isHiddenNew,
  isWithdrawn,
  mayWriteAs,
  ofSomebodyElse,
  type Refusal,
  refusalOf,
} from './rules.ts';
import { fieldsGivenTo, withoutServerFields } from './serverFields.ts';
import { refusalOfSignature, signed } from './signatures.ts';
import { believedStamp } from './stamps.ts';
import { takeBackRefused } from './takeBack.ts';
import { refusalOfTicketMerge } from './ticketMerges.ts';
import { judgeTicket, putEvent, refusalOfEvent } from './ticketSteps.ts';
import { judgeWrapUp } from './wrapUpEdits.ts';

/** An operation, and who hands it in. */
export interface Handed {
  author: Author;
  device: string;
  operation: ReceivedOperation;
}

interface Decision {
  result: PushResult;
  clock: string;
  lost: string[];
}

const notAuthor: Refusal = {
  reason: 'not-yours',
  message: 'the author of an operation is the one who is signed in',
};

/** Refusals before anything is looked up. The operation itself is not stored: its author may still bring it. */
export function refusalAtSight({ author, operation }: Handed): PushResult | null {
  const { authorId, entity, fields } = operation;
  if (authorId !== author.id) return refused(operation, null, notAuthor);
  const message = unstorable({ entity, fields }) ?? tooLarge(fields);
  return message ? refused(operation, null, { reason: 'invalid-fields', message }) : null;
}

/** What becomes of an operation, and of its record in the batch. One that is known is answered as it was. */
export function decide(batch: Batch, handed: Handed): PushResult {
  const { author, device } = handed;
  const known = batch.known(handed.operation.id);
  if (known) {
    if (known.author === author.id) takeBackRefused(batch, handed.operation, known);
    return earlierResult(known, handed);
  }
  const operation = signed(author, handed.operation);
  const { result: outcome, clock, lost } = decisionOf(batch, author, operation);
  const result = withStamp(outcome, clock, operation);
  batch.add({ operation, result, device, clock, lost });
  takeBackRefused(batch, operation, result);
  return result;
}

function earlierResult(known: StoredResult, { author, operation }: Handed): PushResult {
  if (known.author !== author.id) return refused(operation, null, notAuthor);
  const { author: _, clock, ...result } = known;
  return withStamp({ ...result, operationId: operation.id }, clock, operation);
}

/** A desk hears of a stamp that is not its own. */
function withStamp(result: PushResult, clock: string, operation: ReceivedOperation): PushResult {
  return clock === operation.clock ? result : { ...result, clock };
}

function decisionOf(batch: Batch, author: Author, operation: ReceivedOperation): Decision {
  const { entity, entityId, fields } = operation;
  if (!isKnown(entity)) {
    const message = 'this server does not know the entity';
    return decline(operation, null, { reason: 'unknown-entity', message });
  }
  const record = batch.record(entity, entityId);
  const { held } = record;
  if (held && isWithdrawn(author, entity, { ...held, former: record.former })) {
    return { result: applied(operation, held.version), clock: operation.clock, lost: [] };
  }
  if (held && isHidden(author, entity, { ...held, former: record.former }, operation.clock)) {
    return decline(operation, null, ofSomebodyElse(entity));
  }
  const refusal = refusalOf(author, { entity, entityId, fields }, held?.fields ?? null);
  if (refusal) return decline(operation, held, refusal);
  if (isOfOtherVersion(operation, held)) return decline(operation, held, otherVersion);
  if (held && entities[entity].policy === 'append') {
    return { result: applied(operation, held.version), clock: operation.clock, lost: [] };
  }
  const { fields: schema } = entities[entity];
  if (!held && operation.baseVersion !== null && invalidFields(schema, fields, 'new')) {
    const message = invalidFields(schema, fields, 'change');
    if (message) return decline(operation, null, { reason: 'invalid-fields', message });
    // Who may is not asked again when its record comes; whether it closes a circle is.
    const merging = entity === 'customer' ? refusalOfMerge(batch, author, operation, null) : null;
    if (merging?.reason === 'forbidden') return decline(operation, null, merging);
    return wait(batch, operation);
  }
  const message = invalidFields(schema, fields, held ? 'change' : 'new');
  if (message) return decline(operation, held, { reason: 'invalid-fields', message });
  if (!held && isHiddenNew(author, entity, fields)) {
    return decline(operation, null, ofSomebodyElse(entity));
  }
  const forged = held ? null : refusalOfSignature(author, { entity, fields });
  if (forged) return decline(operation, null, forged);
  return decideKnown(batch, author, { ...operation, entity }, record);
}

/** What the state machine of tickets says; everything else is merged as it is. */
function decideKnown(
  batch: Batch,
  author: Author,
  operation: ReceivedOperation & { entity: EntityName },
  record: BatchRecord,
): Decision {
  const { entity } = operation;
  const { held } = record;
  if (entity === 'ticketEvent') {
    const refusal = refusalOfEvent(batch, operation);
    if (refusal) return decline(operation, held, refusal);
  }
  if (entity === 'wrapUp') {
    const edit = judgeWrapUp(operation, held, batch.wrapUpRules);
    if (edit.refusal) return decline(operation, held, edit.refusal);
    return merge(batch, { ...edit.operation, entity }, record);
  }
  if (entity === 'customer') {
    const refusal = refusalOfMerge(batch, author, operation, held);
    if (refusal) return decline(operation, held, refusal);
  }
  const broken =
    refusalOfFollowUp(operation, held) ?? refusalOfIntervention(author, operation, held);
  if (broken) return decline(operation, held, broken);
  if (entity !== 'ticket') return merge(batch, operation, record);
  const unmerged = refusalOfTicketMerge(batch, author, operation, held);
  if (unmerged) return decline(operation, held, unmerged);
  const judged = judgeTicket(batch, author, operation, held);
  if (judged.refusal) return decline(operation, held, judged.refusal);
  const decision = merge(batch, operation, record);
  const wasMerged = decision.result.outcome !== 'rejected';
  if (judged.step && wasMerged) putEvent(batch, judged.step, decision.clock);
  return decision;
}

const otherVersion: Refusal = { reason: 'conflict', message: 'the record is of another version' };

function isOfOtherVersion(operation: ReceivedOperation, held: StoredRecord | null): boolean {
  const { onlyIfVersion } = operation;
  return onlyIfVersion !== undefined && onlyIfVersion !== (held?.version ?? 0);
}

function merge(
  batch: Batch,
  operation: ReceivedOperation & { entity: EntityName },
  record: BatchRecord,
): Decision {
  const { held } = record;
  const { entity, fields } = operation;
  const { clock, nowMs } = batch;
  const stamp = believedStamp(operation.clock, clock, nowMs, () => stampsOf(operation, held));
  const { own, aside } = withoutServerFields(entity, fields, held?.fields);
  const write = { fields: own, clock: stamp };
  const change = held ? mergeFields(held, write) : madeOf(entity, write);
  const kept = held ? aside.filter((name) => held.fields[name] !== fields[name]) : [];
  const lost = [...change.lost, ...kept];
  const whole = held
    ? { merged: change, settled: [], shown: [] }
    : asNew(batch, record, entity, change);
  const message = tooLarge(whole.merged.fields) ?? overfull(entity, own, whole.merged);
  if (message) return decline(operation, held, { reason: 'invalid-fields', message });
  const moved = !held || change.won.length > 0;
  const version = (held?.version ?? 0) + (moved ? 1 : 0);
  if (moved) batch.put(record, { ...whole.merged, version }, whole.settled);
  for (const shown of [own, ...whole.shown]) batch.noteShown(record, shown);
  const outcome = lost.length > 0 || stamp !== operation.clock ? 'merged' : 'applied';
  return { result: { ...applied(operation, version), outcome }, clock: stamp, lost };
}

/** The record as it was made, with what the server gives it and the changes that came before it did. */
function asNew(
  batch: Batch,
  record: BatchRecord,
  entity: EntityName,
  made: Versioned,
): { merged: Versioned; settled: string[]; shown: Versioned['fields'][] } {
  const given = { fields: fieldsGivenTo(entity), clock: batch.clock.tick() };
  let merged: Versioned = mergeFields(made, given);
  const settled: string[] = [];
  const shown: Versioned['fields'][] = [];
  for (const waiting of batch.waitingFor(record)) {
    const write = { entity, entityId: record.id, fields: waiting.fields };
    if (!mayWriteAs(waiting.author, write, merged.fields)) continue;
    if (closesCircle(batch, record.id, waiting)) continue;
    const { own } = withoutServerFields(entity, waiting.fields, merged.fields);
    const next = mergeFields(merged, { fields: own, clock: waiting.clock });
    // It goes on waiting: the record comes without it rather than not at all.
    if (tooLarge(next.fields) || overfull(entity, own, next)) continue;
    merged = next;
    settled.push(waiting.id);
    shown.push(own);
  }
  return { merged, settled, shown };
}

/**
 * A change of a record that its author has seen here and that is gone: this database comes from a backup. It stands in
 * the history and waits until a desk brings the record back.
 */
function wait(batch: Batch, operation: ReceivedOperation): Decision {
  const stamp = believedStamp(operation.clock, batch.clock, batch.nowMs, () => []);
  batch.addWaiting({ ...operation, author: operation.authorId, clock: stamp });
  return { result: { ...applied(operation, 0), version: null }, clock: stamp, lost: [] };
}

/** Of what the record holds in the fields that the operation writes. */
function stampsOf({ fields }: ReceivedOperation, held: StoredRecord | null): string[] {
  return stampsHeld(held?.clocks ?? {}, fields);
}

function isKnown(entity: string): entity is EntityName {
  return Object.hasOwn(entities, entity);
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
