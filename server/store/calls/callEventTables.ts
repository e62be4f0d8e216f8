import type { Generated } from 'kysely';

/** What happened to calls and agents, only appended. Times here and below are ms UTC. */
export interface CallEventTable {
  seq: Generated<number>;
  id: string;
  at: number;
  name: string;
  source: string;
  call_ref: string | null;
  agent_id: string | null;
  queue_id: string | null;
  /** The fields that only this kind of event has. */
  detail: Record<string, unknown>;
  received_at: number;
}

export interface CallAliasTable {
  desk_ref: string;
  call_ref: string;
}

export interface QueueEntryTable {
  id: string;
  call_ref: string;
  queue_id: string;
  entered_at: number;
  ended_at: number | null;
  ending: string | null;
  agent_id: string | null;
  transferred: boolean;
  source: string;
}

export interface CallHandleTable {
  id: string;
  call_ref: string;
  agent_id: string;
  queue_id: string | null;
  direction: string;
  began_at: number;
  answered_at: number | null;
  left_at: number | null;
  dial_ms: number;
  talk_ms: number;
  hold_ms: number;
  after_call_ms: number;
  done_at: number | null;
  ended_by: string | null;
  source: string;
}

export interface RingNoAnswerTable {
  id: string;
  call_ref: string;
  agent_id: string;
  queue_id: string | null;
  at: number;
}

export interface AgentStretchTable {
  agent_id: string;
  state: string;
  reason: string | null;
  from_at: number;
  to_at: number | null;
}

/** Counts of the entries of a quarter of an hour that begins at `at`. */
export interface QueueCellTable {
  at: number;
  queue_id: string;
  offered: number;
  answered: number;
  abandoned: number;
  short_abandoned: number;
  call_backs: number;
  overflowed: number;
  unseen: number;
  waiting: number;
  answered_in_time: number;
  level_base: number;
  answer_wait_ms: number;
  longest_wait_ms: number;
  transferred: number;
  answered_here: number;
}

export interface AgentCellTable {
  at: number;
  agent_id: string;
  /** Empty: no queue. */
  queue_id: string;
  answered: number;
  transferred: number;
  answered_here: number;
  ring_no_answers: number;
  handled: number;
  dial_ms: number;
  talk_ms: number;
  hold_ms: number;
  after_call_ms: number;
}

export interface AgentTimeCellTable {
  at: number;
  agent_id: string;
  break_ms: number;
  ready_ms: number;
  ringing_ms: number;
  on_call_ms: number;
  wrap_up_ms: number;
}

/** When a desk of a user was connected last, about. */
export interface DeskSeenTable {
  user_id: string;
  seen_at: number;
}
