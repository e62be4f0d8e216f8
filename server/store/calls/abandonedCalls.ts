import { sql } from 'kysely';
import type { CallFact } from '#shared/domain/calls/missedCalls.ts';
import { winnersOf } from '../customers/customerGroups.ts';
import { readMeta, writeMeta } from '../meta.ts';
import { lockName } from '../records.ts';
import type { Tx } from '../store.ts';

/** A caller who gave up in a queue. Times in ms UTC. */
export interface AbandonedCall {
  callRef: string;
  /** Whose missed calls these are: the number's key, else the number as it arrived; a withheld one: the call. */
  caller: string;
  /** Empty: withheld. */
  numberRaw: string;
  numberKey: string | null;
  customerId: string | null;
  queueId: string;
  enteredAt: number;
  endedAt: number;
}

const place = 'abandonedCalls.seq';

/** Up to which event abandoned calls have been looked for; nobody else looks until the transaction ends. */
export async function lockAbandonedPlace(tx: Tx): Promise<number> {
  await lockName(tx, 'meta', place);
  return Number((await readMeta(tx, place)) ?? 0);
}

export async function moveAbandonedPlace(tx: Tx, seq: number): Promise<void> {
  await writeMeta(tx, place, String(seq));
}

/** Puts what is known of these calls in the place of what was; answers the callers for whom something changed. */
export async function replaceAbandoned(
  tx: Tx,
  callRefs: readonly string[],
  calls: readonly AbandonedCall[],
): Promise<AbandonedCall[]> {
  const gone = await sql<AbandonedCall>`
    delete from abandoned_call where call_ref = any(${[...callRefs]}::text[])
    returning ${columns}`.execute(tx);
  await sql`
    insert into abandoned_call
      (call_ref, caller, number_raw, number_key, customer_id, queue_id, entered_at, ended_at)
    select "callRef", caller, "numberRaw", "numberKey", "customerId", "queueId", "enteredAt", "endedAt"
      from jsonb_to_recordset(${JSON.stringify(calls)}::jsonb)
        as new ("callRef" text, caller text, "numberRaw" text, "numberKey" text, "customerId" uuid,
                "queueId" text, "enteredAt" bigint, "endedAt" bigint)`.execute(tx);
  const known = new Map(gone.rows.map((call) => [call.callRef, JSON.stringify(call)]));
  const changed = calls.filter((call) => known.get(call.callRef) !== JSON.stringify(call));
  const left = new Set(calls.map(({ callRef }) => callRef));
  return [...changed, ...gone.rows.filter(({ callRef }) => !left.has(callRef))];
}

const columns = sql.raw(`
  call_ref as "callRef", caller, number_raw as "numberRaw", number_key as "numberKey",
  customer_id as "customerId", queue_id as "queueId", entered_at as "enteredAt", ended_at as "endedAt"`);

/** Those of these calls that were abandoned, as far as is known yet. */
export async function knownAbandoned(tx: Tx, callRefs: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ callRef: string }>`
    select call_ref as "callRef" from abandoned_call
     where call_ref = any(${[...callRefs]}::text[])`.execute(tx);
  return rows.map(({ callRef }) => callRef);
}

/** Abandoned calls of a caller since then, as facts of the call. */
export async function readAbandonedOf(
  tx: Tx,
  caller: string,
  sinceMs: number,
): Promise<CallFact[]> {
  const { rows } = await sql<AbandonedCall>`
    select ${columns} from abandoned_call
     where caller = ${caller} and entered_at >= ${sinceMs}::bigint
     order by entered_at`.execute(tx);
  return rows.map(({ callRef, numberRaw, numberKey, customerId, queueId, enteredAt, endedAt }) => ({
    ...{ callRef, numberRaw, numberKey, customerId, queueId, direction: 'in', answeredAt: null },
    ...{ offeredAt: enteredAt, endedAt, result: 'abandoned' },
  }));
}

/** The customers with these numbers, where there is just one of each; records that were found to be one are one. */
export async function customersByKey(
  tx: Tx,
  numberKeys: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ key: string; customerId: string }>`
    select distinct coalesce(fields ->> 'normal', fields ->> 'numberKey') as key,
                    fields ->> 'customerId' as "customerId"
      from record
     where entity = 'contactPoint'
       and coalesce(fields ->> 'normal', fields ->> 'numberKey') = any(${[...numberKeys]}::text[])
       and (fields ->> 'retired')::boolean is not true`.execute(tx);
  const winners = await winnersOf(
    tx,
    rows.map(({ customerId }) => customerId),
  );
  const holders = new Map<string, Set<string>>();
  for (const { key, customerId } of rows) {
    const held = holders.get(key) ?? new Set();
    holders.set(key, held.add(winners.get(customerId) ?? customerId));
  }
  return new Map(
    [...holders].flatMap(([key, ids]) => {
      const [only] = ids;
      return only !== undefined && ids.size === 1 ? [[key, only] as const] : [];
    }),
  );
}
