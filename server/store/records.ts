import { type RawBuilder, sql } from 'kysely';
import type { Versioned } from '#shared/sync/merge.ts';
import { clocksOf } from './clockSets.ts';
import type { Db, Tx } from './store.ts';

export interface StoredRecord extends Versioned {
  version: number;
}

export interface RecordKey {
  entity: string;
  id: string;
}

export type WrittenRecord = RecordKey & StoredRecord;
export type LockedRecord = WrittenRecord & { former: string[] | null };

/** Hold what `entity` and `id` name until the transaction ends, also where there is no such thing. */
export async function lockName(tx: Tx, entity: string, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${entity}/${id}`}, 0))`.execute(tx);
}

/** Those of the records that are there, held until the transaction ends; always in the same order, against deadlock. */
export async function lockRecords(tx: Tx, keys: RecordKey[]): Promise<LockedRecord[]> {
  const { rows } = await locking(keys, sql`true`).execute(tx);
  return rows;
}

/** The statement of `lockRecords`; `turn` is a condition that is looked at first. */
export function locking(keys: RecordKey[], turn: RawBuilder<unknown>) {
  return sql<LockedRecord>`
    select r.entity, r.id, r.version, r.fields, ${clocksOf('r')} as clocks, r.former
      from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as wanted (entity text, id uuid)
      join record r on r.entity = wanted.entity and r.id = wanted.id
     where ${turn}
     order by r.entity, r.id
       for no key update of r`;
}

export async function readRecord(
  db: Db | Tx,
  entity: string,
  id: string,
): Promise<StoredRecord | null> {
  const row = await db
    .selectFrom('record')
    .select(['version', 'fields', clocksOf('record').as('clocks')])
    .where('entity', '=', entity)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

export async function readRecords(
  db: Db | Tx,
  entity: string,
  ids: readonly string[],
): Promise<{ id: string; fields: Record<string, unknown> }[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string; fields: Record<string, unknown> }>`
    select id, fields from record
     where entity = ${entity} and id = any(${[...ids]}::uuid[])`.execute(db);
  return rows;
}

/**
 * Statement that writes new records to the end of the change feed, in the given order there, and leaves out those that
 * are there already; see writePush.ts.
 */
export function making(records: readonly WrittenRecord[], atMs: number) {
  return sql`
    insert into record (entity, id, version, fields, clocks, seq, created_at, updated_at)
    select entity, id, version, fields, clocks, seq, ${atMs}::bigint, ${atMs}::bigint
      from (select *, nextval('change_seq') as seq
              from jsonb_to_recordset(${JSON.stringify(records)}::jsonb)
                as new (entity text, id uuid, version integer, fields jsonb, clocks jsonb)) as given
     order by entity, id
    on conflict (entity, id) do nothing
    returning entity, id`;
}

/** Statement that writes records held by this transaction, and moves them to the end of the change feed. */
export function changing(records: readonly WrittenRecord[], atMs: number) {
  return sql`
    update record
       set version = given.version, fields = given.fields, clocks = given.clocks, clock_set_id = null,
           xid = pg_current_xact_id(), seq = nextval('change_seq'), updated_at = ${atMs}::bigint
      from jsonb_to_recordset(${JSON.stringify(records)}::jsonb)
        as given (entity text, id uuid, version integer, fields jsonb, clocks jsonb)
     where record.entity = given.entity and record.id = given.id
    returning 1`;
}

/** Write records held by `lockRecords`, and move them to the end of the change feed. */
export async function updateRecords(
  tx: Tx,
  records: readonly WrittenRecord[],
  atMs: number,
): Promise<void> {
  await changing(records, atMs).execute(tx);
}

/** Move records held by this transaction to the end of the change feed, as they are. */
export async function moveOn(tx: Tx, keys: readonly RecordKey[]): Promise<void> {
  if (keys.length === 0) return;
  await sql`
    update record set xid = pg_current_xact_id(), seq = nextval('change_seq')
      from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as given (entity text, id uuid)
     where record.entity = given.entity and record.id = given.id`.execute(tx);
}

export interface NewRecord {
  entity: string;
  id: string;
  fields: Record<string, unknown>;
}

/** Insert many new records in one statement, every field under the same stamp. */
export async function insertRecords(
  tx: Tx,
  records: NewRecord[],
  stamp: string,
  atMs: number,
): Promise<void> {
  await sql`
    insert into record (entity, id, version, fields, clocks, created_at, updated_at)
    select entity, id, 1, fields,
           (select coalesce(jsonb_object_agg(name, ${stamp}::text), '{}')
              from jsonb_object_keys(fields) as name),
           ${atMs}::bigint, ${atMs}::bigint
      from jsonb_to_recordset(${JSON.stringify(records)}::jsonb)
        as new (entity text, id uuid, fields jsonb)`.execute(tx);
}
