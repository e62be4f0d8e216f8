import type { Tilt } from './demand.ts';
import { meanAroundMs } from './draws.ts';

/** A queue as the simulation knows it. Times in ms. */
export interface QueuePlan {
  id: string;
  /** Agents work for the queues of one group. */
  group: number;
  /** Share of the calls, against the other queues. */
  share: number;
  /** Medians. */
  talkMs: number;
  afterCallMs: number;
  patienceMs: number;
  tilt: Tilt;
  /** Where callers are moved who have waited so long. */
  overflow: { afterMs: number; to: string } | null;
}

export interface AgentPlan {
  id: string;
  group: number;
  queueIds: readonly string[];
  /** Times against those of others: 0.8 is quick, 1.25 slow. */
  pace: number;
}

export interface CallCentre {
  queues: readonly QueuePlan[];
  agents: readonly AgentPlan[];
  /** Calls that come in on a usual working day. */
  usualCalls: number;
  /** Agents on duty at any time the lines are open, in each group; a quarter fewer on quiet days. */
  leastOnDuty: number;
}

/** Deviation of the logarithm of talk and after-call work. */
export const talkSpread = 0.55;
export const afterCallSpread = 0.6;

/** What a call costs an agent, from the ringing to the end of after-call work. */
export function meanHandleMs(queue: QueuePlan): number {
  const ringMs = 4_500;
  const holdMs = 9_000;
  return (
    ringMs +
    holdMs +
    meanAroundMs(queue.talkMs, talkSpread) +
    meanAroundMs(queue.afterCallMs, afterCallSpread)
  );
}
