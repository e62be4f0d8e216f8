import { sql } from 'kysely';
import { withdrawnFields } from '#shared/domain/notification.ts';
import type { Db, Tx } from './store.ts';

/** Notifications behind `after` in the order of their ids, and up to where that looked; `upTo` null: to the end. */
export async function notificationsBefore(
  db: Db,
  { after, madeBefore, removedBefore, looks }: NotificationLook,
): Promise<{ due: string[]; removed: string[]; upTo: string | null }> {
  const { rows } = await sql<{ id: string; is_due: boolean; is_removed: boolean }>`
    select id, not ${isWithdrawn} and created_at < ${madeBefore}::bigint as is_due,
           ${isWithdrawn} and updated_at < ${removedBefore}::bigint as is_removed
      from record
     where entity = 'notification' and id > ${after ?? firstId}::uuid
     order by id limit ${looks}`.execute(db);
  const idsOf = (part: typeof rows) => part.map(({ id }) => id);
  return {
    due: idsOf(rows.filter((row) => row.is_due)),
    removed: idsOf(rows.filter((row) => row.is_removed)),
    upTo: rows.length < looks ? null : (rows.at(-1)?.id ?? null),
  };
}

/** Condition on a row of a notification. */
const isWithdrawn = sql<boolean>`fields = ${sql.lit(JSON.stringify(withdrawnFields))}::jsonb`;
const firstId = '00000000-0000-0000-0000-000000000000';

export interface NotificationLook {
  /** Null: from the first one. */
  after: string | null;
  /** Those made before, ms UTC. */
  madeBefore: number;
  /** Those taken back before, ms UTC. */
  removedBefore: number;
  looks: number;
}

/**
 * Take notifications back: nothing is left of them but the row, which tells the desks of their user that they are gone.
 * Held in the order in which pushes hold records.
 */
export async function withdrawNotifications(
  tx: Tx,
  ids: readonly string[],
  nowMs: number,
): Promise<number> {
  const { rows } = await sql`
    with due as (
      select id from record
       where entity = 'notification' and id = any(${[...ids]}::uuid[]) and not ${isWithdrawn}
       order by id for no key update)
    update record
       set version = version + 1, fields = ${JSON.stringify(withdrawnFields)}::jsonb, clocks = '{}',
           clock_set_id = null, updated_at = ${nowMs}::bigint,
           former = coalesce(former, '{}') || (fields ->> 'userId'),
           xid = pg_current_xact_id(), seq = nextval('change_seq')
      from due
     where record.entity = 'notification' and record.id = due.id
    returning 1`.execute(tx);
  return rows.length;
}

/** What is left of notifications that were taken back. */
export async function removeWithdrawn(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`
    delete from record
     where entity = 'notification' and id = any(${[...ids]}::uuid[]) and ${isWithdrawn}`.execute(
    tx,
  );
}

/**
 * Hashes behind `after` of bytes that came before `cameBefore` and that no record of an attachment names, now or in its
 * history, and up to where that looked; `upTo` null: to the end.
 */
export async function unnamedBytes(
  db: Db,
  { after, cameBefore, looks }: { after: string | null; cameBefore: number; looks: number },
): Promise<{ due: string[]; upTo: string | null }> {
  const { rows } = await sql<{ sha256: string }>`
    select sha256 from attachment_blob
     where sha256 > ${after ?? ''} and created_at < ${cameBefore}::bigint and ${isUnnamed}
     order by sha256 limit ${looks}`.execute(db);
  const found = rows.map(({ sha256 }) => sha256);
  if (found.length === 0) return { due: [], upTo: null };
  // Read only when there is something to ask: nobody else looks for hashes in the history.
  const { rows: named } = await sql<{ sha256: string }>`
    select distinct fields ->> 'sha256' as sha256 from operation
     where entity = 'attachment' and fields ->> 'sha256' = any(${found}::text[])`.execute(db);
  const before = new Set(named.map(({ sha256 }) => sha256));
  return {
    due: found.filter((sha256) => !before.has(sha256)),
    upTo: found.length < looks ? null : (found.at(-1) ?? null),
  };
}

/** Whoever brings such bytes at this moment waits, and then stores them anew. Answers how many bytes went. */
export async function removeBytes(tx: Tx, hashes: readonly string[]): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    delete from attachment_blob
     where sha256 = any(${[...hashes]}::text[]) and ${isUnnamed}
    returning bytes`.execute(tx);
  return rows.reduce((sum, { bytes }) => sum + Number(bytes), 0);
}

const isUnnamed = sql<boolean>`not exists (
  select from record where entity = 'attachment' and fields ->> 'sha256' = attachment_blob.sha256)`;
