import { type RawBuilder, sql } from 'kysely';
import type { AgentStateName } from '#shared/domain/agents/agentState.ts';
import type { QueueEntry } from '#shared/domain/metrics/queueEntry.ts';
import type { Db } from '../store.ts';

/** Which rows of calls and agents: null stands for all of them, null in a list for those without. */
export interface RowFilter {
  /** ms UTC, `to` not included. */
  from: number;
  to: number;
  queueIds: readonly (string | null)[] | null;
  agentIds: readonly (string | null)[] | null;
  /** Of all agents not these. */
  exceptAgentIds?: readonly string[];
}

/** Behind which row a page begins. */
export interface RowCursor {
  at: number;
  id: string;
}

interface Page extends RowFilter {
  after: RowCursor | null;
  limit: number;
}

const oneOf = (column: string, ids: readonly (string | null)[] | null): RawBuilder<boolean> =>
  ids === null
    ? sql`true`
    : sql`coalesce(${sql.ref(column)}::text, '') = any(${ids.map((id) => id ?? '')}::text[])`;

const ofAgents = ({
  agentIds,
  exceptAgentIds = [],
}: Pick<RowFilter, 'agentIds' | 'exceptAgentIds'>): RawBuilder<boolean> =>
  exceptAgentIds.length === 0
    ? oneOf('agent_id', agentIds)
    : sql`(${oneOf('agent_id', agentIds)}
           and coalesce(agent_id::text, '') <> all(${[...exceptAgentIds]}::text[]))`;

const behind = (at: string, id: string, after: RowCursor | null): RawBuilder<boolean> =>
  after === null
    ? sql`true`
    : sql`(${sql.ref(at)}, ${sql.ref(id)}::text) > (${after.at}::bigint, ${after.id}::text)`;

/** Entries by when they came, or by when they were answered (`by` ended_at). */
export async function readEntries(
  db: Db,
  { by, ending, ...page }: Page & { by: 'entered_at' | 'ended_at'; ending: string | null },
): Promise<QueueEntry[]> {
  const { from, to, queueIds, after, limit } = page;
  // Answers are found by the index on entries: nobody waits for longer than that.
  const reach =
    by === 'ended_at'
      ? sql`and entered_at >= ${from - longestStayMs} and entered_at < ${to}`
      : sql``;
  const ended = ending === null ? sql`true` : sql`ending = ${ending}`;
  const { rows } = await sql<QueueEntry>`
    select id, call_ref as "callRef", queue_id as "queueId", entered_at as "enteredAt", ending as "end",
           ended_at as "endedAt", agent_id as "agentId", transferred
      from queue_entry
     where ${sql.ref(by)} >= ${from} and ${sql.ref(by)} < ${to} ${reach}
       and ${ended} and ${oneOf('queue_id', queueIds)} and ${ofAgents(page)}
       and ${behind(by, 'id', after)}
     order by ${sql.ref(by)}, id limit ${limit}`.execute(db);
  return rows;
}

/** Who waits for longer is no caller. */
const longestStayMs = 86_400_000;

export interface HandleRow {
  id: string;
  callRef: string;
  agentId: string;
  queueId: string | null;
  direction: 'in' | 'out';
  beganAt: number;
  dialMs: number;
  talkMs: number;
  holdMs: number;
  afterCallMs: number;
  doneAt: number;
  endedBy: string | null;
}

/** Handles whose after-call work ended in the range. `queued`: only those that a queue brought. */
export async function readHandles(
  db: Db,
  { from, to, queueIds, after, limit, queued, ...filter }: Page & { queued: boolean },
): Promise<HandleRow[]> {
  const { rows } = await sql<HandleRow>`
    select id, call_ref as "callRef", agent_id as "agentId", queue_id as "queueId", direction,
           began_at as "beganAt", dial_ms as "dialMs", talk_ms as "talkMs", hold_ms as "holdMs",
           after_call_ms as "afterCallMs", done_at as "doneAt", ended_by as "endedBy"
      from call_handle
     where done_at >= ${from} and done_at < ${to}
       and ${oneOf('queue_id', queueIds)} and ${ofAgents(filter)}
       and ${queued ? sql`queue_id is not null` : sql`true`}
       and ${behind('done_at', 'id', after)}
     order by done_at, id limit ${limit}`.execute(db);
  return rows;
}

export interface RingRow {
  id: string;
  callRef: string;
  agentId: string;
  queueId: string | null;
  at: number;
}

export async function readRings(
  db: Db,
  { from, to, queueIds, after, limit, queued, ...filter }: Page & { queued: boolean },
): Promise<RingRow[]> {
  const { rows } = await sql<RingRow>`
    select id, call_ref as "callRef", agent_id as "agentId", queue_id as "queueId", at
      from ring_no_answer
     where at >= ${from} and at < ${to}
       and ${oneOf('queue_id', queueIds)} and ${ofAgents(filter)}
       and ${queued ? sql`queue_id is not null` : sql`true`}
       and ${behind('at', 'id', after)}
     order by at, id limit ${limit}`.execute(db);
  return rows;
}

export interface StretchRow {
  agentId: string;
  state: AgentStateName;
  reason: string | null;
  from: number;
  to: number | null;
}

/** Stretches that share time with the range, by agent and time; signed-out ones left out. */
export async function readStretches(
  db: Db,
  {
    from,
    to,
    after,
    limit,
    states,
    ...filter
  }: Omit<Page, 'queueIds'> & { states: readonly string[] | null },
): Promise<StretchRow[]> {
  const { rows } = await sql<StretchRow>`
    select agent_id as "agentId", state, reason, from_at as "from", to_at as "to"
      from agent_stretch
     where from_at < ${to} and coalesce(to_at, ${to}) > ${from} and state <> 'signedOut'
       and ${ofAgents(filter)} and ${oneOf('state', states)}
       and ${
         after === null
           ? sql`true`
           : sql`(agent_id::text, from_at) > (${after.id}::text, ${after.at}::bigint)`
       }
     order by agent_id::text, from_at limit ${limit}`.execute(db);
  return rows;
}

/** Whether calls of the range were told by desks only. */
export async function hasDeskEntries(db: Db, { from, to }: { from: number; to: number }) {
  const { rows } = await sql`
    select 1 from queue_entry
     where entered_at >= ${from} and entered_at < ${to} and source = 'desk' limit 1`.execute(db);
  return rows.length > 0;
}

/** Numbers of callers as they arrived, of calls that entered a queue. */
export async function readCallers(
  db: Db,
  callRefs: readonly string[],
): Promise<Map<string, string>> {
  if (callRefs.length === 0) return new Map();
  const { rows } = await sql<{ callRef: string; caller: string }>`
    select distinct on (call_ref) call_ref as "callRef", detail ->> 'caller' as caller
      from call_event
     where call_ref = any(${[...new Set(callRefs)]}::text[]) and name = 'queue.entered'
       and detail ->> 'caller' is not null
     order by call_ref, at`.execute(db);
  return new Map(rows.map(({ callRef, caller }) => [callRef, caller]));
}
