import { sql } from 'kysely';
import type { Change } from '#shared/sync/messages.ts';
import { inScope, leftScope, type Scope } from './scope.ts';
import type { Db, Tx } from './store.ts';

/** `xid` is a transaction's id plus the feed's origin (see feedOrigin.ts). */
export interface FeedPosition {
  xid: bigint;
  seq: bigint;
}

export interface FeedRequest {
  origin: bigint;
  scope: Scope;
  /** Null: from the beginning. */
  from: FeedPosition | null;
  limit: number;
  /** A page ends where its records take more than this, but has at least one; bytes of JSON, about. */
  maxBytes: number;
}

export interface FeedPage {
  changes: Change[];
  /** Position behind all that was looked at; null where nothing moved. */
  end: FeedPosition | null;
  more: boolean;
}

interface FeedRow extends Omit<Change, 'withdrawn'> {
  visible: boolean;
  at_xid: string;
  at_seq: string;
  has_next: boolean;
}

/**
 * Rows looked at for each record asked for: a reader who sees few of many gets pages with few records or none,
 * instead of waiting while the server looks for more.
 */
const looksPerRecord = 10;

/**
 * Records moved after `from`, in commit order: rows of transactions that might still be overtaken by
 * an older one are held back until that has ended, so that a position never skips a record. Records that
 * left the reader's scope come without their fields.
 */
export async function readFeed(db: Db | Tx, request: FeedRequest): Promise<FeedPage> {
  const { origin, scope, limit, maxBytes } = request;
  const looks = limit * looksPerRecord;
  const { rows } = await sql<FeedRow>`
    select entity, id, version, visible, at_xid, at_seq, has_next,
           case when visible then fields else '{}' end as fields,
           case when visible then clocks else '{}' end as clocks
      from (select *,
                   lead(true, 1, false) over feed as has_next,
                   sum(bytes) over (feed rows unbounded preceding) - bytes as bytes_before
              from (select entity, id, version, fields, clocks, visible,
                           xid::text as at_xid, seq::text as at_seq, xid, seq,
                           case when visible then ${sizeOf('fields')} + ${sizeOf('clocks')}
                                else 0 end as bytes
                      from (select *, ${inScope(scope)} as visible from record
                             where ${after(request)}
                             order by xid, seq limit ${looks}) as looked_at
                     where visible or ${leftScope(scope)}
                     order by xid, seq limit ${limit + 1}) as found
            window feed as (order by xid, seq)
             order by xid, seq limit ${limit}) as page
     where bytes_before < ${maxBytes}`.execute(db);
  const last = rows.at(-1);
  const page = { changes: rows.map(changeOf), more: true };
  if (last?.has_next) return { ...page, end: positionOf(last, origin) };
  const looked = await lookedAt(db, request, looks);
  return { ...page, end: looked.end, more: looked.count === looks };
}

function sizeOf(column: 'fields' | 'clocks') {
  const name = sql.ref(column);
  // What is stored compressed may be a hundred times as long.
  return sql<number>`case when pg_column_compression(${name}) is null then pg_column_size(${name})
                          else octet_length(${name}::text) end`;
}

function after({ origin, from }: FeedRequest) {
  const { xid, seq } = relativeTo(origin, from);
  return sql<boolean>`(xid, seq) > (${String(xid)}::text::xid8, ${String(seq)}::text::bigint)
                  and xid < pg_snapshot_xmin(pg_current_snapshot())`;
}

/** How far the look went where it found no more: also past records that the reader does not see. */
async function lookedAt(
  db: Db | Tx,
  request: FeedRequest,
  looks: number,
): Promise<{ end: FeedPosition | null; count: number }> {
  const { rows } = await sql<{ at_xid: string; at_seq: string; count: number }>`
    select xid::text as at_xid, seq::text as at_seq, count(*) over () as count
      from (select xid, seq from record where ${after(request)}
             order by xid, seq limit ${looks}) as looked_at
     order by xid desc, seq desc limit 1`.execute(db);
  const last = rows[0];
  return last
    ? { end: positionOf(last, request.origin), count: last.count }
    : { end: null, count: 0 };
}

function positionOf(row: { at_xid: string; at_seq: string }, origin: bigint): FeedPosition {
  return { xid: BigInt(row.at_xid) + origin, seq: BigInt(row.at_seq) };
}

const beginning: FeedPosition = { xid: 0n, seq: 0n };

/** A desk's position as the database counts. */
export function relativeTo(origin: bigint, from: FeedPosition | null): FeedPosition {
  if (!from || from.xid < origin) return beginning;
  return { xid: from.xid - origin, seq: from.seq };
}

function changeOf({ entity, id, version, fields, clocks, visible }: FeedRow): Change {
  return { entity, id, version, fields, clocks, withdrawn: !visible };
}

/** How many records the reader would get from the beginning. */
export async function countRecords(db: Db | Tx, scope: Scope): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from record where ${inScope(scope)}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Are there committed records that a pull does not show yet, because an older transaction is running? */
export async function hasHeldBack(db: Db): Promise<boolean> {
  // The last entry of the index, and nothing else: asked in other words it may read the whole table.
  const { rows } = await sql<{ held: boolean }>`
    select last.xid >= pg_snapshot_xmin(pg_current_snapshot()) as held
      from (select xid from record order by xid desc, seq desc limit 1) as last`.execute(db);
  return rows[0]?.held ?? false;
}
