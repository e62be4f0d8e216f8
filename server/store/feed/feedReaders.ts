import { type RawBuilder, sql } from 'kysely';
import { lockName } from '../records.ts';
import type { Db, Tx } from '../store.ts';
import { heldBack } from './feed.ts';

/** A record that has moved, as it is now. */
export interface MovedRecord {
  entity: string;
  id: string;
  fields: Record<string, unknown>;
}

/** Behind every record of its transaction. */
const lastSeq = '9223372036854775807';

/**
 * A reader of this name begins behind all that it might read now, not behind the last commit: what an older transaction
 * is still writing comes to it. Where the database was restored into another PostgreSQL, whose transactions count
 * otherwise (feedOrigin.ts), it begins there anew. Answers whether it began.
 */
export async function openFeedReader(tx: Tx, name: string): Promise<boolean> {
  await lockName(tx, 'feed reader', name);
  const { rows } = await sql`
    insert into feed_reader (name, xid, seq)
    select ${name}, ${justBelow(sql`feed_horizon()`)}, ${lastSeq}::bigint
    on conflict (name) do update set xid = excluded.xid, seq = excluded.seq
      where feed_reader.xid >= pg_snapshot_xmax(pg_current_snapshot())
    returning name`.execute(tx);
  return rows.length > 0;
}

/** The last transaction that a reader may see who sees all before `mark`. */
function justBelow(mark: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`((${mark})::text::bigint - 1)::text::xid8`;
}

/**
 * Is there anything behind the reader: that it may read now, or only what an older transaction holds back until that has
 * ended? In order: asked otherwise, it reads the whole table.
 */
export async function whatMoved(db: Db, name: string): Promise<'some' | 'held' | 'nothing'> {
  const { rows } = await sql<{ some: boolean; held: boolean }>`
    with horizon as materialized (
      select feed_horizon() as mark
    )
    select (${heldBack(sql`(select mark from horizon)`)}) as held, exists (
      select from feed_reader reader
        join lateral (
          select from record
           where (record.xid, record.seq) > (reader.xid, reader.seq)
             and record.xid < (select mark from horizon)
           order by record.xid, record.seq limit 1) as next on true
       where reader.name = ${name}) as some`.execute(db);
  if (rows[0]?.some) return 'some';
  return rows[0]?.held ? 'held' : 'nothing';
}

/**
 * Of customers only those whose tickets have clocks or that others were merged into: an import moves hundreds of
 * thousands. Whom others were merged into is asked one by one: all of them at once would be looked for among all customers.
 */
const counts = sql<boolean>`
  (wanted.entity <> 'customer'
   or id in (select customer_id from ticket_clock where customer_id is not null)
   or (select true from record merged
        where merged.entity = 'customer' and merged.fields ->> 'mergedInto' is not null
          and merged.fields ->> 'mergedInto' = record.id::text
        limit 1))`;

/**
 * The next records of these entities that moved, in the order of the commits, and the reader behind them when the
 * transaction commits: where there are fewer than `limit`, behind all that it may read now. Nobody else reads under the
 * name until then. Customers come without their fields, and not all of them (`counts`). Records of other entities are
 * passed over in the index. One horizon for all of it: it may be further on a moment later (feed.ts).
 */
export async function readMoved(
  tx: Tx,
  name: string,
  { entities, limit }: { entities: readonly string[]; limit: number },
): Promise<MovedRecord[]> {
  const { rows } = await sql<{ moved: MovedRecord[] }>`
    with horizon as materialized (
      select feed_horizon() as mark
    ), reader as (
      select xid, seq from feed_reader where name = ${name} for update
    ), moved as (
      select record.*
        from reader
        join unnest(${[...entities]}::text[]) as wanted (entity) on true
        join lateral (
          select record.entity, id, case wanted.entity when 'customer' then '{}' else fields end as fields,
                 record.xid, record.seq
            from record
           where (record.xid, record.seq) > (reader.xid, reader.seq)
             and record.xid < (select mark from horizon)
             and record.entity = wanted.entity ${entities.includes('customer') ? sql`and ${counts}` : sql``}
           order by record.xid, record.seq limit ${limit}) as record on true
       order by record.xid, record.seq limit ${limit}
    ), place as (
      select xid, seq from moved order by xid, seq offset ${limit - 1} limit 1
    ), end_of_all as (
      select ${justBelow(sql`mark`)} as xid, ${lastSeq}::bigint as seq
        from horizon
       where not exists (select from place)
    ), gone_on as (
      update feed_reader set xid = next.xid, seq = next.seq
        from (select * from place union all select * from end_of_all) as next
       where name = ${name} and (next.xid, next.seq) > (feed_reader.xid, feed_reader.seq)
    )
    select coalesce(jsonb_agg(jsonb_build_object('entity', entity, 'id', id, 'fields', fields) order by xid, seq),
                    '[]'::jsonb) as moved
      from moved`.execute(tx);
  return rows[0]?.moved ?? [];
}
