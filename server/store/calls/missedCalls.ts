import { sql } from 'kysely';
import { callSchema } from '#shared/domain/calls/call.ts';
import type { CallFact, StoredMissedCall } from '#shared/domain/calls/missedCalls.ts';
import { missedCallSchema } from '#shared/domain/task.ts';
import type { Tx } from '../store.ts';

/** Whose missed calls are looked after: a caller's key, else the number as it arrived; a withheld one: the call. */
export interface CallerKey {
  caller: string;
  withheld: boolean;
}

/** A call with a customer, where the fields are those of one. */
export function factOf(fields: unknown): CallFact[] {
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
