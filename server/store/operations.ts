import { sql } from 'kysely';
import type { Operation, PushResult } from '#shared/sync/messages.ts';
import { type LockedRecord, locking, type RecordKey } from './records.ts';
import type { Db, Tx } from './store.ts';

export type ReceivedOperation = Omit<Operation, 'entity'> & {
  entity: string;
  /** Refused as a `conflict` where the record is of another version; 0: where it is there. Desks send none. */
  onlyIfVersion?: number;
};
export type StoredResult = Omit<PushResult, 'clock'> & { author: string; clock: string };

/** An operation as it goes into the history. */
export interface StoredOperation {
  operation: ReceivedOperation;
  device: string;
  result: PushResult;
  /** Stamp under which it was merged. */
  clock: string;
  /** Names of the fields that a later write already held. */
  lost: string[];
}

const pushLock = 1_936_221_541;

/**
 * Push while others do: as `lockRecords`, but it waits before that until nobody pushes alone. In one statement; what was
 * made while it waited is not seen.
 */
export async function lockBesideOthers(tx: Tx, keys: RecordKey[]): Promise<LockedRecord[]> {
  // It depends on no row, so it comes before any: a one-time filter.
  const turn = sql`(select pg_advisory_xact_lock_shared(${pushLock}::int, 0)) is not null`;
  const { rows } = await locking(keys, turn).execute(tx);
  return rows;
}

/** Wait until nobody pushes, and keep everybody from it until this transaction ends. */
export async function pushAlone(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${pushLock}::int, 0)`.execute(tx);
}

/** What was answered for those of the operations that were stored before; ids in lower case. */
export async function readResults(db: Db | Tx, operationIds: string[]): Promise<StoredResult[]> {
  const { rows } = await sql<StoredResult>`
    select id as "operationId", author, outcome, version, reason, message, clock
      from operation where id = any(${operationIds}::uuid[])`.execute(db);
  return rows;
}

/** Statement that stores decided operations and leaves out those whose id is taken; see writePush.ts. */
export function storing(operations: readonly StoredOperation[], atMs: number) {
  const rows = operations.map(({ operation, device, result, clock, lost }) => ({
    id: operation.id,
    device,
    author: operation.authorId,
    entity: operation.entity,
    entity_id: operation.entityId,
    base_version: operation.baseVersion,
    clock,
    made_at: operation.at,
    fields: operation.fields,
    outcome: result.outcome,
    version: result.version,
    reason: result.reason,
    message: result.message,
    lost,
  }));
  return sql`
    insert into operation (id, device, author, entity, entity_id, base_version, clock, made_at, received_at, fields,
                           outcome, version, reason, message, lost)
    select id, device, author, entity, entity_id, base_version, clock, made_at, ${atMs}::bigint, fields,
           outcome, version, reason, message, lost
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as given (id uuid, device text, author uuid, entity text, entity_id uuid, base_version bigint, clock text,
                  made_at bigint, fields jsonb, outcome text, version integer, reason text, message text, lost jsonb)
     order by id
    on conflict (id) do nothing
    returning 1`;
}

/**
 * Those of the ids that this author never brought here, or that stand refused: whoever asks believes that they were
 * taken. Another desk of the same author may have offered one again after a backup came back, and was refused.
 */
export async function unknownOperations(
  db: Db,
  author: string,
  operationIds: readonly string[],
): Promise<string[]> {
  const known = await db
    .selectFrom('operation')
    .select('id')
    .where('id', 'in', operationIds)
    .where('author', '=', author)
    .where('outcome', '<>', 'rejected')
    .execute();
  const ids = new Set(known.map(({ id }) => id));
  return operationIds.filter((id) => !ids.has(id));
}

export interface WaitingOperation {
  id: string;
  author: string;
  entity: string;
  entityId: string;
  clock: string;
  fields: Record<string, unknown>;
}

/** Condition on a row of `operation`: a change taken before the record it is of was here. */
const isWaiting = sql`(outcome = 'applied' and operation.version is null)`;

/** Expression: are there changes that wait for any of the records that `made` lists? */
export const anyWaiting = sql<boolean>`exists (
  select from made join operation on operation.entity = made.entity and operation.entity_id = made.id
   where ${isWaiting})`;

/** Changes taken before the records they are of were here. */
export async function waitingOperations(
  tx: Tx,
  records: { entity: string; id: string }[],
): Promise<WaitingOperation[]> {
  const { rows } = await sql<WaitingOperation>`
    select operation.id, author, operation.entity, entity_id as "entityId", clock, fields
      from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as wanted (entity text, id uuid)
      join operation on operation.entity = wanted.entity and entity_id = wanted.id
     where ${isWaiting}`.execute(tx);
  return rows;
}

const firstVersion = 1;

/** The record has come, and they have gone into it. */
export async function settleWaiting(tx: Tx, operationIds: string[]): Promise<void> {
  await sql`
    update operation set version = ${firstVersion}
     where id = any(${operationIds}::uuid[])`.execute(tx);
}
