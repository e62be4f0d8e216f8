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
 * transaction commits. Nobody else reads under the name until then. Of customers only those whose tickets have clocks
 * or that others were merged into, and without their fields: an import moves hundreds of thousands. `looked` counts what was passed over as well.
 */
export async function readMoved(
  tx: Tx,
  name: string,
  { entities, limit }: { entities: readonly string[]; limit: number },
): Promise<{ moved: MovedRecord[]; looked: number }> {
  const { rows } = await sql<{ moved: MovedRecord[]; looked: number }>`
    with reader as (
      select xid, seq from feed_reader where name = ${name} for update
    ), looked as (
      select record.entity, record.id, record.fields, record.xid, record.seq
        from reader join lateral (
          select * from record
           where (record.xid, record.seq) > (reader.xid, reader.seq)
             and record.xid < pg_snapshot_xmin(pg_current_snapshot())
           order by record.xid, record.seq limit ${limit}) as record on true
    ), last as (
      select xid, seq from looked order by xid desc, seq desc limit 1
    ), moved as (
      select entity, id, fields, xid, seq from looked where entity = any(${[...entities]}::text[])
      union all
      select entity, id, '{}'::jsonb, xid, seq from looked
       where entity = 'customer'
         and (exists (select from ticket_clock where customer_id = looked.id)
              or exists (select from record merged
                          where merged.entity = 'customer'
                            and merged.fields ->> 'mergedInto' is not null
                            and merged.fields ->> 'mergedInto' = looked.id::text))
    ), gone_on as (
      update feed_reader set xid = last.xid, seq = last.seq from last where name = ${name}
    )
    select coalesce((select jsonb_agg(jsonb_build_object('entity', entity, 'id', id, 'fields', fields)
                                      order by xid, seq) from moved), '[]'::jsonb) as moved,
           (select count(*)::int from looked) as looked`.execute(tx);
  return rows[0] ?? { moved: [], looked: 0 };
}
