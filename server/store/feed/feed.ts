import { type RawBuilder, sql } from 'kysely';
import { clocksOf, sizeOf, sizeOfClocks } from '../clockSets.ts';
import type { Db, Tx } from '../store.ts';
import { type Lineage, lineageColumns, lineageOf } from './lineage.ts';
import { inScope, leftScope, type Scope } from './scope.ts';
import { takenBack } from './takenBack.ts';

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
  /** The changes as JSON texts with commas between them: nobody here reads them, so nobody parses them. */
  changes: string;
  count: number;
  /** Position behind all that was looked at; null where nothing moved. */
  end: FeedPosition | null;
  more: boolean;
  /** There are committed records that nobody is shown yet, because an older transaction is running. */
  held: boolean;
  lineage: Lineage;
}

interface PageRow {
  changes: string | null;
  count: number;
  last: string | null;
  has_next: boolean | null;
  looked_last: string | null;
  looked_count: number | null;
  current: string | null;
  known: boolean;
  next: string | null;
  held: boolean;
}

/**
 * Rows looked at for each record asked for: a reader who sees few of many gets pages with few records or none,
 * instead of waiting while the server looks for more.
 */
const looksPerRecord = 10;

/**
 * Records moved after `from`, in commit order: rows of transactions that might still be overtaken by
 * an older one are held back until that has ended, so that a position never skips a record. Records that
 * left the reader's scope come without their fields. One statement, hence one snapshot: neither the page nor the
 * lineage may know of what the other does not. And one horizon: it is no part of the snapshot, and may be further on a
 * moment later, where the look would pass over what the page could not show. `token` is the lineage that the reader knows.
 */
export async function readFeed(
  db: Db | Tx,
  request: FeedRequest,
  token: string | null,
): Promise<FeedPage> {
  const { origin, scope, limit, maxBytes } = request;
  const looks = limit * looksPerRecord;
  const { rows } = await sql<PageRow>`
    with horizon as materialized (
      select feed_horizon() as mark
    ), found as (
      select *, lead(true, 1, false) over feed as has_next,
             sum(bytes) over (feed rows unbounded preceding) - bytes as bytes_before
        from (select entity, id, version, fields, visible, xid, seq,
                     case when visible then ${clocksOf('looked')} end as clocks,
                     case when visible then ${sizeOf('fields')} + ${sizeOfClocks} else 0 end as bytes
                from (select *, ${inScope(scope)} as visible from record
                       where ${after(request)}
                       order by xid, seq limit ${looks}) as looked
               where visible or ${leftScope(scope)}
               order by xid, seq limit ${limit + 1}) as wanted
      window feed as (order by xid, seq)
    ), page as (
      select string_agg(change, ',') as changes, count(*) as count,
             (array_agg(at))[count(*)] as last, (array_agg(has_next))[count(*)] as has_next
        from (select ${changeText} as change, ${positionText} as at, has_next
                from (select * from found order by xid, seq limit ${limit}) as first
               where bytes_before < ${maxBytes}
               order by xid, seq) as listed
    )
    select page.*,
           case when has_next then null else (select count(*) from (${lookedAt(request, looks)}) as looked) end
             as looked_count,
           case when has_next then null
                else (select ${positionText} from (${lookedAt(request, looks)}) as looked
                       order by xid desc, seq desc limit 1) end as looked_last,
           (${heldBack(markOfPage)}) as held, ${lineageColumns(token)}
      from page`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('the feed gave no page');
  const { changes, count, held, current, known, next } = row;
  const last = row.has_next ? row.last : row.looked_last;
  return {
    changes: changes ?? '',
    count,
    end: last === null ? null : positionOf(last, origin),
    more: row.has_next === true || row.looked_count === looks,
    held,
    lineage: lineageOf({ current, known, next }),
  };
}

/** The last entry of the index, and nothing else: asked in other words it may read the whole table. */
export function heldBack(mark: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`
    select coalesce((select xid from record order by xid desc, seq desc limit 1) >= ${mark}, false)`;
}

const markOfPage = sql`(select mark from horizon)`;

/** How far the look goes, also past records that the reader does not see: of interest where it finds no more. */
function lookedAt(request: FeedRequest, looks: number) {
  return sql`select xid, seq from record where ${after(request)} order by xid, seq limit ${looks}`;
}

const positionText = sql<string>`xid::text || '.' || seq::text`;
const shownEntity = sql<string>`case when entity = ${sql.lit(takenBack)} then fields ->> 'entity' else entity end`;
const changeText = sql<string>`
  '{"entity":' || to_json(${shownEntity})::text || ',"id":"' || id::text || '","version":' || version::text
    || ',"withdrawn":' || (not visible)::text
    || ',"fields":' || case when visible then fields::text else '{}' end
    || ',"clocks":' || case when visible then clocks::text else '{}' end || '}'`;

function after({ origin, from }: FeedRequest) {
  const { xid, seq } = relativeTo(origin, from);
  return sql<boolean>`(xid, seq) > (${String(xid)}::text::xid8, ${String(seq)}::text::bigint)
                  and xid < ${markOfPage}`;
}

function positionOf(at: string, origin: bigint): FeedPosition {
  const [xid = '0', seq = '0'] = at.split('.');
  return { xid: BigInt(xid) + origin, seq: BigInt(seq) };
}

const beginning: FeedPosition = { xid: 0n, seq: 0n };

/** A desk's position as the database counts. */
export function relativeTo(origin: bigint, from: FeedPosition | null): FeedPosition {
  if (!from || from.xid < origin) return beginning;
  return { xid: from.xid - origin, seq: from.seq };
}

/** How many records the reader would get from the beginning. */
export async function countRecords(db: Db | Tx, scope: Scope): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from record where ${inScope(scope)}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Are there committed records that a pull does not show yet, because an older transaction is running? */
export async function hasHeldBack(db: Db): Promise<boolean> {
  const { rows } = await sql<{
    held: boolean;
  }>`select (${heldBack(sql`feed_horizon()`)}) as held`.execute(db);
  return rows[0]?.held ?? false;
}
