import { sql } from 'kysely';
import type { Versioned } from '#shared/sync/merge.ts';
import type { Db, Tx } from './store.ts';

export interface StoredRecord extends Versioned {
  version: number;
}

/** Hold one record until the transaction ends, also where it does not exist yet. */
export async function lockRecord(tx: Tx, entity: string, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${entity}/${id}`}, 0))`.execute(tx);
}

export async function readRecord(
  db: Db | Tx,
  entity: string,
  id: string,
): Promise<StoredRecord | null> {
  const row = await db
    .selectFrom('record')
    .select(['version', 'fields', 'clocks'])
    .where('entity', '=', entity)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** Write the whole record and move it to the end of the change feed. The caller holds its lock. */
export async function writeRecord(
  tx: Tx,
  record: { entity: string; id: string } & StoredRecord,
  atMs: number,
): Promise<void> {
  const fields = JSON.stringify(record.fields);
  const clocks = JSON.stringify(record.clocks);
  await sql`
    insert into record (entity, id, version, fields, clocks, created_at, updated_at)
    values (${record.entity}, ${record.id}, ${record.version}, ${fields}::jsonb, ${clocks}::jsonb,
            ${atMs}, ${atMs})
    on conflict (entity, id) do update set
      version = excluded.version, fields = excluded.fields, clocks = excluded.clocks,
      xid = excluded.xid, seq = excluded.seq, updated_at = excluded.updated_at`.execute(tx);
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
