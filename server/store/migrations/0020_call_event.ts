import { type Kysely, sql } from 'kysely';

/** What happened to calls and agents, and what is counted from it; see server/callEvents. Times are ms UTC. */
export async function callEvent(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...told, ...derived, ...counted, deskSeen]) await statement.execute(db);
}

/** Only appended. */
const told = [
  sql`
    create table call_event (
      seq bigint generated always as identity primary key,
      id text not null unique,
      at bigint not null,
      name text not null,
      source text not null,
      call_ref text,
      agent_id uuid,
      queue_id text,
      detail jsonb not null default '{}',
      received_at bigint not null
    )`,
  sql`create index call_event_call on call_event (call_ref) where call_ref is not null`,
  sql`create index call_event_agent on call_event (agent_id, at) where name = 'agent.state'`,
  sql`create index call_event_at on call_event (at)`,
  // A desk knows the call that it dialled by a reference of its own.
  sql`
    create table call_alias (
      desk_ref text primary key,
      call_ref text not null
    )`,
  sql`create index call_alias_call on call_alias (call_ref)`,
];

/** Follows from the events of a call or an agent, made anew whenever another one comes. */
const derived = [
  sql`
    create table queue_entry (
      id text primary key,
      call_ref text not null,
      queue_id text not null,
      entered_at bigint not null,
      ended_at bigint,
      ending text,
      agent_id uuid,
      transferred boolean not null,
      source text not null
    )`,
  sql`create index queue_entry_at on queue_entry (entered_at)`,
  sql`create index queue_entry_queue on queue_entry (queue_id, entered_at)`,
  sql`create index queue_entry_answered on queue_entry (queue_id, ended_at) where ending = 'answered'`,
  sql`create index queue_entry_agent on queue_entry (agent_id, entered_at) where agent_id is not null`,
  sql`create index queue_entry_waiting on queue_entry (entered_at) where ended_at is null`,
  sql`create index queue_entry_call on queue_entry (call_ref)`,
  sql`
    create table call_handle (
      id text primary key,
      call_ref text not null,
      agent_id uuid not null,
      queue_id text,
      direction text not null,
      began_at bigint not null,
      answered_at bigint,
      left_at bigint,
      dial_ms bigint not null,
      talk_ms bigint not null,
      hold_ms bigint not null,
      after_call_ms bigint not null,
      done_at bigint,
      ended_by text,
      source text not null
    )`,
  sql`create index call_handle_done on call_handle (done_at)`,
  sql`create index call_handle_agent_done on call_handle (agent_id, done_at)`,
  sql`create index call_handle_open on call_handle (began_at) where done_at is null`,
  sql`create index call_handle_call on call_handle (call_ref)`,
  sql`create index call_handle_agent on call_handle (agent_id, began_at)`,
  sql`
    create table ring_no_answer (
      id text primary key,
      call_ref text not null,
      agent_id uuid not null,
      queue_id text,
      at bigint not null
    )`,
  sql`create index ring_no_answer_at on ring_no_answer (at)`,
  sql`create index ring_no_answer_agent on ring_no_answer (agent_id, at)`,
  sql`create index ring_no_answer_call on ring_no_answer (call_ref)`,
  sql`
    create table agent_stretch (
      agent_id uuid not null,
      state text not null,
      reason text,
      from_at bigint not null,
      to_at bigint,
      primary key (agent_id, from_at)
    )`,
  sql`create index agent_stretch_open on agent_stretch (from_at) where to_at is null`,
  sql`create index agent_stretch_to on agent_stretch (to_at)`,
];

/** Sums by quarters of an hour of UTC, as shared/domain/metrics counts them: what reports add up. */
const counted = [
  sql`
    create table queue_cell (
      at bigint not null,
      queue_id text not null,
      offered integer not null,
      answered integer not null,
      abandoned integer not null,
      short_abandoned integer not null,
      call_backs integer not null,
      overflowed integer not null,
      unseen integer not null,
      waiting integer not null,
      answered_in_time integer not null,
      level_base integer not null,
      answer_wait_ms bigint not null,
      longest_wait_ms bigint not null,
      transferred integer not null,
      answered_here integer not null,
      primary key (at, queue_id)
    )`,
  // queue_id '': no queue. By what each is booked: AgentCounts in shared/domain/metrics/agentFigures.ts.
  sql`
    create table agent_cell (
      at bigint not null,
      agent_id uuid not null,
      queue_id text not null,
      answered integer not null,
      transferred integer not null,
      answered_here integer not null,
      ring_no_answers integer not null,
      handled integer not null,
      dial_ms bigint not null,
      talk_ms bigint not null,
      hold_ms bigint not null,
      after_call_ms bigint not null,
      primary key (at, agent_id, queue_id)
    )`,
  sql`
    create table agent_time_cell (
      at bigint not null,
      agent_id uuid not null,
      break_ms bigint not null,
      ready_ms bigint not null,
      ringing_ms bigint not null,
      on_call_ms bigint not null,
      wrap_up_ms bigint not null,
      primary key (at, agent_id)
    )`,
];

/** When a desk of a user was connected last, to the minute: who was not since may still have something to tell. */
const deskSeen = sql`
  create table desk_seen (
    user_id uuid primary key,
    seen_at bigint not null
  )`;
