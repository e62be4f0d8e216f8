import { type Selectable, sql } from 'kysely';
import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import { clocksOf } from '../clockSets.ts';
import { lockName } from '../records.ts';
import type { Db, Tx } from '../store.ts';
import type { CallEventTable } from './callEventTables.ts';

/** Told on commit of every transaction that took events. */
export const callEventChannel = 'switchboard_calls';

/** An event of a call; those of agents' states belong to none. */
export type CallsEvent = Exclude<CallEvent, { name: 'agent.state' }>;
export type StateEvent = Extract<CallEvent, { name: 'agent.state' }>;

export type EventRow = Omit<Selectable<CallEventTable>, 'received_at'>;

/** Nobody else takes events until the transaction ends: so the order of `seq` is that of the commits. */
export async function lockCallEvents(tx: Tx): Promise<void> {
  await lockName(tx, 'call events', 'all');
}

/** Under the lock. Appends those that are not there yet, and answers them. */
export async function appendEvents(
  tx: Tx,
  events: readonly CallEvent[],
  receivedAt: number,
): Promise<CallEvent[]> {
  const rows = [...new Map(events.map((event) => [event.id, rowOf(event)])).values()];
  const { rows: fresh } = await sql<EventRow>`
    insert into call_event (id, at, name, source, call_ref, agent_id, queue_id, detail, received_at)
    select id, at, name, source, call_ref, agent_id, queue_id, detail, ${receivedAt}::bigint
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as new (id text, at bigint, name text, source text, call_ref text, agent_id uuid, queue_id text, detail jsonb)
     where not exists (select from call_event told where told.id = new.id)
     order by at
    returning seq, id, at, name, source, call_ref, agent_id, queue_id, detail`.execute(tx);
  return fresh.map(eventOf);
}

export function rowOf(event: CallEvent): Omit<EventRow, 'seq'> {
  const { id, at, name, source, ...rest } = event;
  const { callRef, agentId, queueId, ...detail } = {
    ...{ callRef: null, agentId: null, queueId: null },
    ...rest,
  };
  return {
    ...{ id, at, name, source, detail },
    ...{ call_ref: callRef, agent_id: agentId, queue_id: queueId },
  };
}

const withQueue = new Set([
  'queue.entered',
  'queue.left',
  'agent.offered',
  'agent.notAnswered',
  'agent.answered',
]);

function eventOf(row: EventRow): CallEvent {
  const { id, at, name, source, call_ref, agent_id, queue_id, detail } = row;
  const event = {
    ...{ id, at, name, source, ...detail },
    ...(call_ref !== null && { callRef: call_ref }),
    ...(agent_id !== null && { agentId: agent_id }),
    ...(withQueue.has(name) && { queueId: queue_id }),
  };
  // Only events that are valid are appended.
  return event as CallEvent;
}

const columns = sql.raw(
  'event.seq, event.id, event.at, event.name, event.source, event.agent_id, event.queue_id, event.detail',
);

/** A desk's reference means this call. Answers whether that was not known. */
export async function appendAlias(tx: Tx, deskRef: string, callRef: string): Promise<boolean> {
  const { rows } = await sql`
    insert into call_alias (desk_ref, call_ref) values (${deskRef}, ${callRef})
    on conflict (desk_ref) do nothing returning 1`.execute(tx);
  return rows.length > 0;
}

/** The references by which the calls are known here, each once. */
export async function knownRefs(tx: Db | Tx, callRefs: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ ref: string }>`
    select distinct coalesce(alias.call_ref, given.ref) as ref
      from unnest(${[...callRefs]}::text[]) as given (ref)
      left join call_alias alias on alias.desk_ref = given.ref`.execute(tx);
  return rows.map(({ ref }) => ref);
}

/** All events of the calls, by call; those that a desk told under a reference of its own among them. */
export async function readEventsOfCalls(
  tx: Db | Tx,
  callRefs: readonly string[],
): Promise<Map<string, CallsEvent[]>> {
  const aliases = await tx
    .selectFrom('call_alias')
    .selectAll()
    .where('call_ref', 'in', sql<string>`(select unnest(${[...callRefs]}::text[]))`)
    .execute();
  const meant = new Map(aliases.map(({ desk_ref, call_ref }) => [desk_ref, call_ref]));
  const told = [...new Set([...callRefs, ...meant.keys()])];
  const { rows } = await sql<EventRow>`
    select ${columns}, event.call_ref from call_event event
     where event.call_ref = any(${told}::text[]) order by event.seq`.execute(tx);
  const found = new Map<string, CallsEvent[]>();
  for (const row of rows) {
    const event = eventOf(row);
    if (event.name === 'agent.state') continue;
    const callRef = meant.get(event.callRef) ?? event.callRef;
    const known = { ...event, callRef };
    const ofCall = found.get(callRef);
    if (ofCall) ofCall.push(known);
    else found.set(callRef, [known]);
  }
  return found;
}

/** States that agents took, each agent's from its moment on. */
export async function readStates(
  tx: Db | Tx,
  since: ReadonlyMap<string, number>,
): Promise<StateEvent[]> {
  // The earliest as a value of its own: the planner has to see how little is asked for.
  const { rows } = await sql<EventRow>`
    select ${columns}, event.call_ref from call_event event
     where event.name = 'agent.state' and event.agent_id = any(${[...since.keys()]}::uuid[])
       and event.at >= ${Math.min(...since.values())}::bigint
     order by event.at`.execute(tx);
  return rows
    .map(eventOf)
    .filter((event) => event.name === 'agent.state')
    .filter(({ agentId, at }) => at >= (since.get(agentId) ?? at));
}

/** Events behind `seq`, in order, at most so many; `last` is where the next page begins. */
export async function readEventsAfter(
  db: Db,
  seq: number,
  limit: number,
): Promise<{ events: CallEvent[]; last: number }> {
  const { rows } = await sql<EventRow>`
    select ${columns}, event.call_ref from call_event event
     where event.seq > ${seq}::bigint order by event.seq limit ${limit}`.execute(db);
  return { events: rows.map(eventOf), last: rows.at(-1)?.seq ?? seq };
}

/** The newest event's `seq`; 0 where there is none. */
export async function lastSeq(db: Db | Tx): Promise<number> {
  const { rows } = await sql<{ seq: number }>`
    select coalesce(max(seq), 0) as seq from call_event`.execute(db);
  return rows[0]?.seq ?? 0;
}

/** When a field of records was written last, as the stamps say (shared/sync/clock.ts: 12 hex digits of ms UTC). */
export async function readStampTimes(
  tx: Tx,
  entity: string,
  field: string,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; stamp: string }>`
    select id, stamp
      from (select id, ${clocksOf('record')} ->> ${field}::text as stamp from record
             where entity = ${entity} and id = any(${[...ids]}::uuid[])) as held
     where stamp is not null`.execute(tx);
  return new Map(rows.map(({ id, stamp }) => [id, Number.parseInt(stamp.slice(0, 12), 16)]));
}

/** Who sits at these extensions. */
export async function readAgentsAt(
  db: Db,
  extensions: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ extension: string; id: string }>`
    select distinct on (fields ->> 'extension') fields ->> 'extension' as extension, id
      from record
     where entity = 'user' and fields ->> 'extension' = any(${[...extensions]}::text[])
       and (fields ->> 'active')::boolean
     order by fields ->> 'extension', id`.execute(db);
  return new Map(rows.map(({ extension, id }) => [extension, id]));
}
