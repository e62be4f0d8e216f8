import type { Clock } from '#shared/sync/clock.ts';
import type { PushResult } from '#shared/sync/messages.ts';
import { readPart } from '../store/configuration.ts';
import { readMergedChains } from '../store/customers/mergedChains.ts';
import { noteLeft } from '../store/feed/scope.ts';
import {
  lockBesideOthers,
  pushAlone,
  type ReceivedOperation,
  readResults,
  settleWaiting,
  waitingOperations,
} from '../store/operations.ts';
import { lockRecords, moveOn, type RecordKey } from '../store/records.ts';
import type { Db, Tx } from '../store/store.ts';
import { writePush } from '../store/writePush.ts';
import { Batch, keyOf } from './batch.ts';
import { mergeTarget } from './customerMerges.ts';
import { decide, type Handed, refusalAtSight } from './decide.ts';
import type { Author } from './rules.ts';
import { numberNew } from './serverFields.ts';
import { takenBackBy } from './takeBack.ts';
import { mayClose, recordsBeside } from './ticketSteps.ts';
import { mayEditWrapUp } from './wrapUpEdits.ts';

export interface PushContext {
  db: Db;
  clock: Clock;
  now: () => number;
}

/** What one desk, or one program, hands in at once. */
export interface Push {
  author: Author;
  device: string;
  operations: ReceivedOperation[];
}

/**
 * Apply operations in their order, in one transaction: a refused one stops no other, and what has been
 * answered has been committed.
 */
export async function push(
  context: PushContext,
  author: Author,
  device: string,
  operations: ReceivedOperation[],
): Promise<PushResult[]> {
  const [results] = await pushTogether(context, [{ author, device, operations }]);
  return results ?? [];
}

/** Several pushes in one transaction, in their order. It fails as a whole, and then nothing of it was done. */
export async function pushTogether(context: PushContext, pushes: Push[]): Promise<PushResult[][]> {
  const handed = pushes.map(({ author, device, operations }) =>
    operations.map((operation) => ({ author, device, operation })),
  );
  const results = new Map<Handed, PushResult>();
  const acceptable: Handed[] = [];
  for (const one of handed.flat()) {
    const refusal = refusalAtSight(one);
    if (refusal) results.set(one, refusal);
    else acceptable.push(one);
  }
  const decided = await applyAll(context, acceptable);
  acceptable.forEach((one, index) => {
    const result = decided[index];
    if (result) results.set(one, result);
  });
  return handed.map((of) => of.flatMap((one) => results.get(one) ?? []));
}

/** Thrown to take a transaction back that has to be done again, alone. */
class ContestedError extends Error {}

/**
 * Pushes run side by side, and hold the records that they change until their end. Three things cannot be decided so,
 * and all are rare: an operation that was pushed before or is being pushed by another request, a new record that
 * somebody else is making at this moment, a change that has to wait for its record. Then all is taken back and done
 * once more while nobody else pushes.
 */
async function applyAll(context: PushContext, handed: Handed[]): Promise<PushResult[]> {
  if (handed.length === 0) return [];
  // Two that merge customers into each other at the same moment would not see each other.
  if (handed.some(({ operation }) => mergeTarget(operation) !== null)) {
    return applyOnce(context, handed, { alone: true });
  }
  try {
    return await applyOnce(context, handed, { alone: false });
  } catch (error) {
    if (!(error instanceof ContestedError || isDeadlock(error))) throw error;
    return applyOnce(context, handed, { alone: true });
  }
}

/** Whoever writes records in another order than pushes do: PostgreSQL takes one of the two back (SQLSTATE 40P01). */
function isDeadlock(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '40P01';
}

async function applyOnce(
  { db, clock, now }: PushContext,
  handed: Handed[],
  { alone }: { alone: boolean },
): Promise<PushResult[]> {
  return db.transaction().execute(async (tx) => {
    if (alone) await pushAlone(tx);
    const batch = new Batch(clock, now());
    await read(tx, batch, handed, alone);
    const results = handed.map((one) => decide(batch, one));
    // Whoever makes the record at this moment would not see it wait.
    if (batch.hasWaiting && !alone) throw new ContestedError();
    await write(tx, batch, alone);
    return results;
  });
}

async function read(tx: Tx, batch: Batch, handed: Handed[], alone: boolean): Promise<void> {
  const ids = handed.map(({ operation }) => operation.id);
  const touched = handed.flatMap(({ operation }): RecordKey[] => [
    { entity: operation.entity, id: operation.entityId },
    ...recordsBeside(operation),
    ...takenBackBy(operation),
  ]);
  const keys = new Map(touched.map((key) => [keyOf(key.entity, key.id), key]));
  const found = await (alone ? readAlone(tx, ids, keys) : readBesideOthers(tx, keys));
  batch.read(found);
  if (handed.some(({ operation }) => mayClose(operation))) {
    batch.complaintsNeedVisit = (await readPart(tx, 'complaints')).needsVisit;
  }
  const targets = [...handed.map(({ operation }) => operation), ...found.waiting].flatMap(
    (operation) => mergeTarget(operation) ?? [],
  );
  if (targets.length > 0) batch.chains = await readMergedChains(tx, targets);
  if (handed.some(({ operation }) => mayEditWrapUp(operation))) {
    batch.wrapUpRules = await readPart(tx, 'wrapUps');
  }
}

/** Who is alone looks for everything. */
async function readAlone(tx: Tx, operationIds: string[], keys: Map<string, RecordKey>) {
  const known = await readResults(tx, operationIds);
  const records = await lockRecords(tx, [...keys.values()]);
  const missing = new Map(keys);
  for (const { entity, id } of records) missing.delete(keyOf(entity, id));
  const waiting = missing.size > 0 ? await waitingOperations(tx, [...missing.values()]) : [];
  return { known, records, waiting };
}

/** Side by side the write tells that an operation is known, or a new record is waited for: both are rare. */
async function readBesideOthers(tx: Tx, keys: Map<string, RecordKey>) {
  return { known: [], records: await lockBesideOthers(tx, [...keys.values()]), waiting: [] };
}

/**
 * In the same order for all, so that two pushes never wait for each other: the counter, operations, new records, and
 * only then the records held before: whoever makes one of them at this moment waits for it from here on.
 */
async function write(tx: Tx, batch: Batch, alone: boolean): Promise<void> {
  const { operations, settled, nowMs } = batch;
  const { made, changed, left, shownAgain } = batch.moved();
  if (operations.length + made.length === 0) return;
  await numberNew(tx, made, nowMs);
  const written = await writePush(tx, { operations, made, changed }, nowMs);
  const isContested = written.operations < operations.length || written.made < made.length;
  if (isContested || (written.awaited && !alone)) throw new ContestedError();
  if (settled.length > 0) await settleWaiting(tx, settled);
  await noteLeft(tx, left);
  await moveOn(tx, shownAgain);
}
