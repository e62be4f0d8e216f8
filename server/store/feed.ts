import { type RawBuilder, sql } from 'kysely';
import type { Change } from '#shared/sync/messages.ts';
import type { Db, Tx } from './store.ts';

/** Which records a reader may see. */
export interface FeedScope {
  records: 'all';
}

/** `xid` is a transaction's id plus the feed's origin (see feedOrigin.ts). */
export interface FeedPosition {
  xid: bigint;
  seq: bigint;
}

export interface FeedRequest {
  origin: bigint;
  scope: FeedScope;
  /** Null: from the beginning. */
  from: FeedPosition | null;
  limit: number;
}

export interface FeedPage {
  changes: Change[];
  /** Position behind the last change; null where the page is empty. */
  end: FeedPosition | null;
  more: boolean;
}

interface FeedRow extends Omit<Change, 'withdrawn'> {
  at_xid: string;
  at_seq: string;
}

/**
 * Records moved after `from`, in commit order: rows of transactions that might still be overtaken by
 * an older one are held back until that has ended, so that a position never skips a record.
 */
export async function readFeed(db: Db | Tx, request: FeedRequest): Promise<FeedPage> {
  const { origin, scope, limit } = request;
  const { xid, seq } = relativeTo(origin, request.from);
  const { rows } = await sql<FeedRow>`
    select entity, id, version, fields, clocks, xid::text as at_xid, seq::text as at_seq
      from record
     where (xid, seq) > (${String(xid)}::text::xid8, ${String(seq)}::text::bigint)
       and xid < pg_snapshot_xmin(pg_current_snapshot())
       and ${inScope(scope)}
     order by xid, seq
     limit ${limit + 1}`.execute(db);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    changes: page.map(changeOf),
    end: last ? { xid: BigInt(last.at_xid) + origin, seq: BigInt(last.at_seq) } : null,
    more: rows.length > limit,
  };
}

const beginning: FeedPosition = { xid: 0n, seq: 0n };

function relativeTo(origin: bigint, from: FeedPosition | null): FeedPosition {
  if (!from || from.xid < origin) return beginning;
  return { xid: from.xid - origin, seq: from.seq };
}

function inScope(scope: FeedScope): RawBuilder<boolean> {
  switch (scope.records) {
    case 'all':
      return sql<boolean>`true`;
  }
}

function changeOf({ entity, id, version, fields, clocks }: FeedRow): Change {
  return { entity, id, version, fields, clocks, withdrawn: false };
}

/** Are there committed records that a pull does not show yet, because an older transaction is running? */
export async function hasHeldBack(db: Db): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select exists (
      select from record where xid >= pg_snapshot_xmin(pg_current_snapshot())
    ) as held`.execute(db);
  return rows[0]?.held ?? false;
}
