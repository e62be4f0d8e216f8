import { type RawBuilder, sql } from 'kysely';
import { type Call, callSchema } from '#shared/domain/calls/call.ts';
import type { Sight } from '#shared/domain/visibility.ts';
import type { JournalCursor, JournalFilter } from '#shared/sync/journal.ts';
import { inSight } from '../feed/scope.ts';
import type { Db } from '../store.ts';
import { type CallsEvent, knownRefs, readEventsOfCalls } from './callEvents.ts';

export interface JournalCall {
  id: string;
  fields: Call;
}

/** A stay in a queue of which no desk has a record. */
export interface LoneEntry {
  id: string;
  callRef: string;
  queueId: string;
  enteredAt: number;
  endedAt: number | null;
  /** Null while it waits. */
  ending: 'answered' | 'abandoned' | 'callBack' | 'overflowed' | 'unseen' | null;
  agentId: string | null;
  caller: string | null;
}

export interface PageOf {
  after: JournalCursor | null;
  limit: number;
}

const offeredAt = sql`(fields ->> 'offeredAt')::bigint`;
const all = (parts: RawBuilder<boolean>[]) => sql<boolean>`${sql.join(parts, sql` and `)}`;

/** Records of calls with customers that the filter names, the newest first. */
export async function readJournalCalls(
  db: Db,
  sight: Sight,
  filter: JournalFilter,
  { after, limit }: PageOf,
): Promise<JournalCall[]> {
  const { rows } = await sql<{ id: string; fields: unknown }>`
    select id, fields from record
     where entity = 'call' and ${inSight(sight)} and ${all(callConditions(filter))}
       and ${behind(offeredAt, sql`id::text`, after)}
     order by ${offeredAt} desc, id desc limit ${limit}`.execute(db);
  return rows.flatMap(asCall);
}

function asCall({ id, fields }: { id: string; fields: unknown }): JournalCall[] {
  const read = callSchema.safeParse(fields);
  return read.success ? [{ id, fields: read.data }] : [];
}

function callConditions(filter: JournalFilter): RawBuilder<boolean>[] {
  const { from, to, queueId, agentId, direction, result, customerId, callRefs } = filter;
  const is = (field: string, value: string | null) =>
    value === null ? [] : [sql<boolean>`fields ->> ${sql.lit(field)} = ${value}`];
  const talk = sql`((fields ->> 'endedAt')::bigint - (fields ->> 'answeredAt')::bigint
                    - coalesce((fields ->> 'heldMs')::bigint, 0))`;
  const atLeast = filter.talkAtLeastMs;
  const atMost = filter.talkAtMostMs;
  return [
    sql`coalesce(fields ->> 'kind', 'customer') = 'customer'`,
    sql`${offeredAt} >= ${from}::bigint`,
    sql`${offeredAt} < ${to}::bigint`,
    ...is('queueId', queueId),
    ...is('agentId', agentId),
    ...is('direction', direction),
    ...is('result', result),
    ...is('customerId', customerId),
    ...(callRefs.length > 0 ? [sql<boolean>`fields ->> 'callRef' = any(${callRefs}::text[])`] : []),
    ...numberCondition(sql`coalesce(fields ->> 'numberKey', fields ->> 'numberRaw')`, filter),
    ...(atLeast === null ? [] : [sql<boolean>`${talk} >= ${atLeast}::bigint`]),
    ...(atMost === null ? [] : [sql<boolean>`${talk} <= ${atMost}::bigint`]),
    ...dispositionCondition(filter),
  ];
}

/** Whether there is anything in the filter's number to look for. */
export function digitsOf({ number }: Pick<JournalFilter, 'number'>): string {
  // Nobody knows whether a number is written with the zero of its country's trunk prefix.
  return number.replace(/\D/gu, '').replace(/^0+/u, '');
}

function numberCondition(column: RawBuilder<unknown>, filter: JournalFilter) {
  const digits = digitsOf(filter);
  if (digits === '') return [];
  return [sql<boolean>`regexp_replace(${column}, '[^0-9]', '', 'g') like ${`%${digits}%`}`];
}

function dispositionCondition({ dispositionIds }: JournalFilter): RawBuilder<boolean>[] {
  if (dispositionIds.length === 0) return [];
  return [
    sql`exists (select from record w
                 where w.entity = 'wrapUp' and w.fields ->> 'callId' = record.id::text
                   and w.fields ->> 'dispositionId' = any(${dispositionIds}::text[]))`,
  ];
}

function behind(at: RawBuilder<unknown>, id: RawBuilder<unknown>, after: JournalCursor | null) {
  if (!after) return sql<boolean>`true`;
  return sql<boolean>`(${at} <= ${after.at}::bigint
    and (${at} < ${after.at}::bigint or ${id} collate "C" < ${after.id}))`;
}

/** Whether the filter asks for something that only desks know. */
export function asksOfDesks(filter: JournalFilter): boolean {
  return (
    filter.customerId !== null ||
    filter.direction === 'out' ||
    filter.dispositionIds.length > 0 ||
    filter.talkAtLeastMs !== null ||
    filter.talkAtMostMs !== null
  );
}

/** Stays in queues of which no desk has a record, the newest first, not before `since` (ms UTC). */
export async function readLoneEntries(
  db: Db,
  filter: JournalFilter,
  { after, limit, since }: PageOf & { since: number },
): Promise<LoneEntry[]> {
  const { to, queueId, agentId, result, callRefs } = filter;
  const enteredAt = sql`q.entered_at`;
  const conditions = [
    sql<boolean>`q.entered_at >= ${Math.max(since, filter.from)}::bigint`,
    sql<boolean>`q.entered_at < ${to}::bigint`,
    behind(enteredAt, sql`q.id`, after),
    ...(queueId === null ? [] : [sql<boolean>`q.queue_id = ${queueId}`]),
    ...(agentId === null ? [] : [sql<boolean>`q.agent_id = ${agentId}::uuid`]),
    ...(result === null ? [] : [sql<boolean>`q.ending = ${result}`]),
    ...(callRefs.length > 0 ? [sql<boolean>`q.call_ref = any(${callRefs}::text[])`] : []),
    ...numberCondition(callerOf, filter),
  ];
  return readEntries(db, all(conditions), limit);
}

const callerOf = sql`(
  select e.detail ->> 'caller' from call_event e
   where e.call_ref = q.call_ref and e.name = 'queue.entered' and e.detail ->> 'caller' is not null
   order by e.at limit 1)`;

async function readEntries(db: Db, where: RawBuilder<boolean>, limit: number) {
  const { rows } = await sql<LoneEntry>`
    select q.id, q.call_ref as "callRef", q.queue_id as "queueId", q.entered_at as "enteredAt",
           q.ended_at as "endedAt", q.ending, q.agent_id as "agentId", ${callerOf} as caller
      from queue_entry q
     where ${where}
       and not exists (select from record r
                        where r.entity = 'call' and r.fields ->> 'callRef' = q.call_ref)
     order by q.entered_at desc, q.id collate "C" desc limit ${limit}`.execute(db);
  return rows;
}

const mostParts = 200;

/** The parts of one journey, the first first; `callRef` may be the one that a desk gave its own call. */
export async function readJourney(
  db: Db,
  callRef: string,
): Promise<{ calls: JournalCall[]; entries: LoneEntry[]; events: CallsEvent[] }> {
  const [known = callRef] = await knownRefs(db, [callRef]);
  const { rows } = await sql<{ id: string; fields: unknown }>`
    select id, fields from record
     where entity = 'call'
       and fields ->> 'callRef' = any(array(
             select ${known}::text union select desk_ref from call_alias where call_ref = ${known}))
     order by ${offeredAt}, id limit ${mostParts}`.execute(db);
  const entries = await readEntries(db, sql<boolean>`q.call_ref = ${known}`, mostParts);
  const events = (await readEventsOfCalls(db, [known])).get(known) ?? [];
  return { calls: rows.flatMap(asCall), entries: entries.reverse(), events };
}

/** A time of a call, ms UTC; null: nothing is known of it. */
export async function readTimeOf(db: Db, callRef: string): Promise<number | null> {
  const { rows } = await sql<{ at: number | null }>`
    select coalesce(
      (select min(at) from call_event where call_ref = ${callRef}),
      (select min(${offeredAt}) from record
        where entity = 'call' and fields ->> 'callRef' = ${callRef})) as at`.execute(db);
  return rows[0]?.at ?? null;
}

/** References by which the PBX knows calls that desks gave others, by the desks'. */
export async function readAliases(
  db: Db,
  callRefs: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ desk: string; known: string }>`
    select desk_ref as desk, call_ref as known from call_alias
     where desk_ref = any(${[...callRefs]}::text[])`.execute(db);
  return new Map(rows.map(({ desk, known }) => [desk, known]));
}

export interface OfCalls {
  entity: 'wrapUp' | 'ticket' | 'task';
  id: string;
  fields: Record<string, unknown>;
}

/** What came of calls: wrap-ups, tickets that were opened on them, tasks. */
export async function readOfCalls(db: Db, callIds: readonly string[]): Promise<OfCalls[]> {
  if (callIds.length === 0) return [];
  const { rows } = await sql<OfCalls>`
    select entity, id, fields from record
     where entity in ('ticket', 'task', 'wrapUp') and fields ->> 'callId' = any(${[...callIds]}::text[])
     order by id`.execute(db);
  return rows;
}

/** Names of records by their ids. */
export async function readNames(
  db: Db,
  entity: 'customer' | 'user',
  ids: readonly (string | null)[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string | null }>`
    select id, fields ->> 'name' as name from record
     where entity = ${entity} and id = any(${wanted}::uuid[])`.execute(db);
  return new Map(rows.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])));
}
