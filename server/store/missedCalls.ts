import { sql } from 'kysely';
import { callSchema } from '#shared/domain/call.ts';
import type { CallFact, StoredMissedCall } from '#shared/domain/missedCalls.ts';
import { missedCallSchema } from '#shared/domain/task.ts';
import { type FeedPosition, relativeTo } from './feed.ts';
import { readMeta, writeMeta } from './meta.ts';
import { lockName } from './records.ts';
import type { Db, Tx } from './store.ts';

const positionKey = 'missed calls';

/** Whose missed calls are looked after: a caller's key, else the number as it arrived; a withheld one: the call. */
export interface CallerKey {
  caller: string;
  withheld: boolean;
}

export interface SeenCalls {
  /** Calls with customers that were written since, as far as their fields fit. */
  calls: CallFact[];
  end: FeedPosition | null;
  more: boolean;
}

/** How far the feed was read, kept from all other nodes until the transaction ends. */
export async function holdPosition(tx: Tx): Promise<FeedPosition | null> {
  await lockName(tx, 'meta', positionKey);
  const [xid, seq] = ((await readMeta(tx, positionKey)) ?? '').split('.');
  return xid && seq ? { xid: BigInt(xid), seq: BigInt(seq) } : null;
}

export async function movePosition(tx: Tx, { xid, seq }: FeedPosition): Promise<void> {
  await writeMeta(tx, positionKey, `${xid}.${seq}`);
}

/** Is there anything in the feed behind that position? One look into an index. */
export async function hasNews(db: Db, origin: bigint, from: FeedPosition | null): Promise<boolean> {
  const { xid, seq } = relativeTo(origin, from);
  const { rows } = await sql`
    select from record
     where (xid, seq) > (${String(xid)}::text::xid8, ${String(seq)}::text::bigint)
       and xid < pg_snapshot_xmin(pg_current_snapshot()) limit 1`.execute(db);
  return rows.length > 0;
}

/** Calls written behind `from`, in the order of the commits; at most `looks` records are looked at. */
export async function readSeenCalls(
  tx: Tx,
  {
    origin,
    from,
    sinceMs,
    looks,
  }: {
    origin: bigint;
    from: FeedPosition | null;
    /** Older calls do not matter, ms UTC. */
    sinceMs: number;
    looks: number;
  },
): Promise<SeenCalls> {
  const { xid, seq } = relativeTo(origin, from);
  const { rows } = await sql<{ call: unknown; xid: string; seq: string; count: number }>`
    with looked as materialized (
      select entity, fields, xid, seq from record
       where (xid, seq) > (${String(xid)}::text::xid8, ${String(seq)}::text::bigint)
         and xid < pg_snapshot_xmin(pg_current_snapshot())
       order by xid, seq limit ${looks})
    select null::jsonb as call, xid::text as xid, seq::text as seq,
           (select count(*)::int from looked) as count
      from (select xid, seq from looked order by xid desc, seq desc limit 1) as last
    union all
    select fields, '', '', 0 from looked
     where entity = 'call' and (fields ->> 'offeredAt')::bigint >= ${sinceMs}::bigint`.execute(tx);
  const end = rows.find((row) => row.call === null);
  return {
    calls: rows.flatMap((row) => (row.call === null ? [] : factOf(row.call))),
    end: end ? { xid: BigInt(end.xid) + origin, seq: BigInt(end.seq) } : null,
    more: end?.count === looks,
  };
}

function factOf(fields: unknown): CallFact[] {
  const read = callSchema.safeParse(fields);
  return read.success && read.data.kind === 'customer' ? [read.data] : [];
}

const mostCalls = 2_000;

/** Calls of a caller since then, the newest where there are more than can matter. */
export async function readCallsOf(
  tx: Tx,
  { caller, withheld }: CallerKey,
  sinceMs: number,
): Promise<CallFact[]> {
  const whose = withheld
    ? sql<boolean>`fields ->> 'numberRaw' = '' and fields ->> 'numberKey' is null
                   and fields ->> 'callRef' = ${caller}`
    : sql<boolean>`true`;
  const { rows } = await sql<{ fields: unknown }>`
    select fields from record
     where entity = 'call'
       and coalesce(fields ->> 'numberKey', fields ->> 'numberRaw') = ${withheld ? '' : caller}
       and (fields ->> 'offeredAt')::bigint >= ${sinceMs}::bigint and ${whose}
     order by (fields ->> 'offeredAt')::bigint desc limit ${mostCalls}`.execute(tx);
  return rows.flatMap(({ fields }) => factOf(fields));
}

/** Records of a caller that are open, or that concern calls since then. */
export async function readMissedOf(
  tx: Tx,
  { caller, withheld }: CallerKey,
  sinceMs: number,
): Promise<StoredMissedCall[]> {
  const { rows } = await sql<{ id: string; fields: unknown }>`
    select id, fields from record
     where entity = 'missedCall'
       and coalesce(fields ->> 'numberKey', fields ->> 'numberRaw') = ${withheld ? '' : caller}
       and (fields ->> 'state' <> 'handled' or (fields ->> 'lastAt')::bigint >= ${sinceMs}::bigint)
     order by id`.execute(tx);
  return rows.flatMap(({ id, fields }) => {
    const read = missedCallSchema.safeParse(fields);
    if (!read.success) return [];
    if (withheld && !read.data.callRefs.includes(caller)) return [];
    return [{ id, fields: read.data }];
  });
}
