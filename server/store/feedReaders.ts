import { sql } from 'kysely';
import { lockName } from './records.ts';
import type { Db, Tx } from './store.ts';

/** A record that has moved, as it is now. */
export interface MovedRecord {
  entity: string;
  id: string;
  fields: Record<string, unknown>;
}

/**
 * A reader of this name begins behind all that is there now. Where the database was restored into another
 * PostgreSQL, whose transactions count otherwise (feedOrigin.ts), it begins there anew. Answers whether it began.
 */
export async function openFeedReader(tx: Tx, name: string): Promise<boolean> {
  await lockName(tx, 'feed reader', name);
  const { rows } = await sql`
    insert into feed_reader (name, xid, seq)
    select ${name}, coalesce(last.xid, '0'::xid8), coalesce(last.seq, 0)
      from (select 1) as one
      left join (select xid, seq from record order by xid desc, seq desc limit 1) as last on true
    on conflict (name) do update set xid = excluded.xid, seq = excluded.seq
      where feed_reader.xid >= pg_snapshot_xmax(pg_current_snapshot())
    returning name`.execute(tx);
  return rows.length > 0;
}

/** Is there anything behind the reader that it may read now? */
export async function hasMoved(db: Db, name: string): Promise<boolean> {
  const { rows } = await sql<{ some: boolean }>`
    select exists (
      select from feed_reader reader
        join lateral (
          select from record
           where (record.xid, record.seq) > (reader.xid, reader.seq)
             and record.xid < pg_snapshot_xmin(pg_current_snapshot())
           limit 1) as next on true
       where reader.name = ${name}) as some`.execute(db);
  return rows[0]?.some ?? false;
}

/**
 * The next records of these entities that moved, in the order of the commits, and the reader behind them when the
 * transaction commits. Nobody else reads under the name until then. `looked` counts those of other entities as well.
 */
export async function readMoved(
  tx: Tx,
  name: string,
  { entities, limit }: { entities: readonly string[]; limit: number },
): Promise<{ moved: MovedRecord[]; looked: number }> {
  const reader = await sql<{ xid: string; seq: string }>`
    select xid::text as xid, seq::text as seq from feed_reader where name = ${name} for update`.execute(
    tx,
  );
  const [from] = reader.rows;
  if (!from) return { moved: [], looked: 0 };
  const { rows } = await sql<MovedRecord & { xid: string; seq: string; wanted: boolean }>`
    select entity, id, xid::text as xid, seq::text as seq,
           entity = any(${[...entities]}::text[]) as wanted,
           case when entity = any(${[...entities]}::text[]) then fields else '{}'::jsonb end as fields
      from record
     where (xid, seq) > (${from.xid}::text::xid8, ${from.seq}::text::bigint)
       and xid < pg_snapshot_xmin(pg_current_snapshot())
     order by record.xid, record.seq limit ${limit}`.execute(tx);
  const last = rows.at(-1);
  if (!last) return { moved: [], looked: 0 };
  await sql`
    update feed_reader set xid = ${last.xid}::text::xid8, seq = ${last.seq}::text::bigint
     where name = ${name}`.execute(tx);
  const moved = rows.filter(({ wanted }) => wanted);
  return {
    moved: moved.map(({ entity, id, fields }) => ({ entity, id, fields })),
    looked: rows.length,
  };
}
