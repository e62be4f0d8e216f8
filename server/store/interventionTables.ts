import type { WantedRest } from '#shared/sync/intervention.ts';

/** What was asked of a desk, and by whom. */
export interface AskedOfDesk {
  byId: string;
  byName: string;
  device: string;
  agentName: string;
  rest: WantedRest;
}

/** A state that a supervisor has asked an agent's desk to take. Kept for a day. */
export interface InterventionTable {
  id: string;
  at: number;
  user_id: string;
  asked: AskedOfDesk;
  /** `now`, `afterWork`: the desk takes it; `lapsed`: it was given up; null: not answered yet. */
  effect: string | null;
}

/** Queues as supervisors have given or taken them; the PBX is brought to it whenever the line to it comes up. */
export interface QueueMemberTable {
  user_id: string;
  queue_id: string;
  is_member: boolean;
  penalty: number;
  changed_at: number;
  changed_by: string;
}
