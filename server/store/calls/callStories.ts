import { sql } from 'kysely';
import type { AgentStretch } from '#shared/domain/metrics/agentTime.ts';
import type { EventSource } from '#shared/domain/metrics/callEvents.ts';
import type { RingNoAnswer } from '#shared/domain/metrics/callHistory.ts';
import type { Handle } from '#shared/domain/metrics/handling.ts';
import type { QueueEntry } from '#shared/domain/metrics/queueEntry.ts';
import type { Db, Tx } from '../store.ts';

/** What follows from the events of calls. */
export interface CallRows {
  entries: QueueEntry[];
  handles: Handle[];
  ringNoAnswers: RingNoAnswer[];
}

export interface CallRowsOf extends CallRows {
  callRef: string;
  source: EventSource;
}

/** Columns in the names of shared/domain, for a part of a statement. */
export const entryColumns = sql.raw(`
  id, call_ref as "callRef", queue_id as "queueId", entered_at as "enteredAt", ending as "end",
  ended_at as "endedAt", agent_id as "agentId", transferred, source`);
export const handleColumns = sql.raw(`
  id, call_ref as "callRef", agent_id as "agentId", queue_id as "queueId", direction, began_at as "beganAt",
  answered_at as "answeredAt", left_at as "leftAt", ended_by as "endedBy", dial_ms as "dialMs",
  talk_ms as "talkMs", hold_ms as "holdMs", after_call_ms as "afterCallMs", done_at as "doneAt", source`);
export const ringColumns = sql.raw(`
  id, call_ref as "callRef", agent_id as "agentId", queue_id as "queueId", at`);
export const stretchColumns = sql.raw(`
  agent_id as "agentId", state, reason, from_at as "from", to_at as "to"`);

type Told<Row> = Row & { source?: EventSource };

/** What follows from the calls of these references, as it stands. */
export async function readCallRows(tx: Db | Tx, callRefs: readonly string[]): Promise<CallRows> {
  const refs = [...callRefs];
  return rowsWhere(tx, sql`call_ref = any(${refs}::text[])`);
}

/** Of every call of which something was entered, rung, begun or done since `from`, or that is not over. */
export async function readCallRowsSince(db: Db | Tx, from: number): Promise<CallRows> {
  return rowsWhere(
    db,
    sql`call_ref in (
      select call_ref from queue_entry where entered_at >= ${from}::bigint or ended_at is null
      union select call_ref from call_handle where done_at >= ${from}::bigint or done_at is null
      union select call_ref from ring_no_answer where at >= ${from}::bigint)`,
  );
}

async function rowsWhere(db: Db | Tx, condition: ReturnType<typeof sql>): Promise<CallRows> {
  const { rows: entries } = await sql<Told<QueueEntry>>`
    select ${entryColumns} from queue_entry where ${condition} order by entered_at, id`.execute(db);
  const { rows: handles } = await sql<Told<Handle>>`
    select ${handleColumns} from call_handle where ${condition} order by began_at, id`.execute(db);
  const { rows: ringNoAnswers } = await sql<RingNoAnswer>`
    select ${ringColumns} from ring_no_answer where ${condition} order by at, id`.execute(db);
  return { entries, handles, ringNoAnswers };
}

/** Puts what follows from these calls in the place of what was there. */
export async function replaceCallRows(tx: Tx, calls: readonly CallRowsOf[]): Promise<void> {
  const refs = calls.map(({ callRef }) => callRef);
  for (const table of ['queue_entry', 'call_handle', 'ring_no_answer']) {
    await sql`delete from ${sql.table(table)} where call_ref = any(${refs}::text[])`.execute(tx);
  }
  const marked = <Row>(rows: (call: CallRows) => Row[]) =>
    JSON.stringify(
      calls.flatMap((call) => rows(call).map((row) => ({ ...row, source: call.source }))),
    );
  await sql`
    insert into queue_entry (id, call_ref, queue_id, entered_at, ending, ended_at, agent_id, transferred, source)
    select id, "callRef", "queueId", "enteredAt", "end", "endedAt", "agentId", transferred, source
      from jsonb_to_recordset(${marked(({ entries }) => entries)}::jsonb)
        as new (id text, "callRef" text, "queueId" text, "enteredAt" bigint, "end" text, "endedAt" bigint,
                "agentId" uuid, transferred boolean, source text)`.execute(tx);
  await sql`
    insert into call_handle (id, call_ref, agent_id, queue_id, direction, began_at, answered_at, left_at, ended_by,
                             dial_ms, talk_ms, hold_ms, after_call_ms, done_at, source)
    select id, "callRef", "agentId", "queueId", direction, "beganAt", "answeredAt", "leftAt", "endedBy",
           "dialMs", "talkMs", "holdMs", "afterCallMs", "doneAt", source
      from jsonb_to_recordset(${marked(({ handles }) => handles)}::jsonb)
        as new (id text, "callRef" text, "agentId" uuid, "queueId" text, direction text, "beganAt" bigint,
                "answeredAt" bigint, "leftAt" bigint, "endedBy" text, "dialMs" bigint, "talkMs" bigint,
                "holdMs" bigint, "afterCallMs" bigint, "doneAt" bigint, source text)`.execute(tx);
  await sql`
    insert into ring_no_answer (id, call_ref, agent_id, queue_id, at)
    select id, "callRef", "agentId", "queueId", at
      from jsonb_to_recordset(${marked(({ ringNoAnswers }) => ringNoAnswers)}::jsonb)
        as new (id text, "callRef" text, "agentId" uuid, "queueId" text, at bigint)`.execute(tx);
}

/** Takes some stretches of agents away, and puts others in their place. */
export async function replaceStretches(
  tx: Tx,
  gone: readonly AgentStretch[],
  made: readonly AgentStretch[],
): Promise<void> {
  if (gone.length > 0) {
    await sql`
      delete from agent_stretch
       using jsonb_to_recordset(${JSON.stringify(gone)}::jsonb) as gone ("agentId" uuid, "from" bigint)
       where agent_stretch.agent_id = gone."agentId" and agent_stretch.from_at = gone."from"`.execute(
      tx,
    );
  }
  if (made.length === 0) return;
  await sql`
    insert into agent_stretch (agent_id, state, reason, from_at, to_at)
    select "agentId", state, reason, "from", "to"
      from jsonb_to_recordset(${JSON.stringify(made)}::jsonb)
        as new ("agentId" uuid, state text, reason text, "from" bigint, "to" bigint)`.execute(tx);
}

/** For each agent the beginning of the stretch that covers the moment before this one; the moment where none does. */
export async function stretchesBefore(
  tx: Db | Tx,
  since: ReadonlyMap<string, number>,
): Promise<Map<string, number>> {
  const wanted = [...since].map(([agent_id, from]) => ({ agent_id, from }));
  const { rows } = await sql<{ agentId: string; from: number }>`
    select wanted.agent_id as "agentId", coalesce(before.at, wanted."from") as "from"
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as wanted (agent_id uuid, "from" bigint)
      join lateral (select max(from_at) as at from agent_stretch
                     where agent_id = wanted.agent_id and from_at < wanted."from") as before on true`.execute(
    tx,
  );
  return new Map(rows.map(({ agentId, from }) => [agentId, from]));
}

/** Stretches of agents that begin at their moment or later, and before `until`; in order of time. */
export async function readStretchesFrom(
  db: Db | Tx,
  since: ReadonlyMap<string, number>,
  until = Number.MAX_SAFE_INTEGER,
): Promise<AgentStretch[]> {
  // The earliest as a value of its own: the planner has to see how little is asked for.
  const { rows } = await sql<AgentStretch>`
    select ${stretchColumns} from agent_stretch
     where agent_id = any(${[...since.keys()]}::uuid[])
       and from_at >= ${Math.min(...since.values())}::bigint and from_at <= ${until}::bigint
     order by from_at`.execute(db);
  return rows.filter(({ agentId, from }) => from >= (since.get(agentId) ?? from));
}

/** Of all agents. */
export async function readAllStretchesSince(db: Db | Tx, from: number): Promise<AgentStretch[]> {
  const { rows } = await sql<AgentStretch>`
    select ${stretchColumns} from agent_stretch
     where to_at is null or to_at >= ${from}::bigint
     order by from_at`.execute(db);
  return rows;
}

/** What agents, all or these, are in now. */
export async function readOpenStretches(
  db: Db | Tx,
  agentIds: readonly string[] | null = null,
): Promise<AgentStretch[]> {
  const whose = agentIds === null ? sql`true` : sql`agent_id = any(${[...agentIds]}::uuid[])`;
  const { rows } = await sql<AgentStretch>`
    select ${stretchColumns} from agent_stretch where to_at is null and ${whose}
     order by from_at, agent_id`.execute(db);
  return rows;
}

/** The stretch of each agent that began last. */
export async function readLastStretches(
  db: Db | Tx,
  agentIds: readonly string[],
): Promise<Map<string, AgentStretch>> {
  const { rows } = await sql<AgentStretch>`
    select ${stretchColumns}
      from unnest(${[...agentIds]}::uuid[]) as agent (id)
      join lateral (select * from agent_stretch where agent_id = agent.id
                     order by from_at desc limit 1) as stretch on true`.execute(db);
  return new Map(rows.map((stretch) => [stretch.agentId, stretch]));
}

/** Calls that agents left in these spans, begun at most `reachMs` before. */
export async function callsLeftIn(
  tx: Tx,
  spans: ReadonlyMap<string, { from: number; to: number }>,
  reachMs: number,
): Promise<string[]> {
  if (spans.size === 0) return [];
  const all = [...spans.values()];
  const from = Math.min(...all.map((span) => span.from));
  const to = Math.max(...all.map((span) => span.to));
  const { rows } = await sql<{ callRef: string; agentId: string; leftAt: number }>`
    select call_ref as "callRef", agent_id as "agentId", left_at as "leftAt" from call_handle
     where agent_id = any(${[...spans.keys()]}::uuid[])
       and began_at >= ${from - reachMs}::bigint and began_at <= ${to}::bigint
       and left_at >= ${from}::bigint and left_at <= ${to}::bigint`.execute(tx);
  const within = rows.filter(({ agentId, leftAt }) => {
    const span = spans.get(agentId);
    return span && leftAt >= span.from && leftAt <= span.to;
  });
  return [...new Set(within.map(({ callRef }) => callRef))];
}

/** What a PBX told of and that is not over, with the time of the newest event that it told. */
export async function readOpenParts(
  db: Db,
): Promise<{ entries: QueueEntry[]; handles: Handle[]; newestAt: number }> {
  const { rows: entries } = await sql<QueueEntry>`
    select ${entryColumns} from queue_entry where ended_at is null and source = 'pbx'`.execute(db);
  const { rows: handles } = await sql<Handle>`
    select ${handleColumns} from call_handle
     where done_at is null and left_at is null and source = 'pbx'`.execute(db);
  const { rows } = await sql<{ at: number }>`
    select at from call_event where source = 'pbx' order by seq desc limit 1`.execute(db);
  return { entries, handles, newestAt: rows[0]?.at ?? 0 };
}
