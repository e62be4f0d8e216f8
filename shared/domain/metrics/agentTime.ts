import type { AgentStateName } from '../agents/agentState.ts';
import { share } from './queueFigures.ts';

/** An agent in one state; `to` null: still. Times in ms UTC. */
export interface AgentStretch {
  agentId: string;
  state: AgentStateName;
  reason: string | null;
  from: number;
  to: number | null;
}

/**
 * Nobody is in one state for longer: whoever seems to be has left a desk that died, or one that nobody signed
 * out of.
 */
export const longestStretchMs = 24 * 60 * 60_000;

/** When a stretch is over at the latest, if the next state began at `at`. */
export function endOfStretch(
  { state, from }: Pick<AgentStretch, 'state' | 'from'>,
  at: number,
): number {
  return state === 'signedOut' ? at : Math.min(at, from + longestStretchMs);
}

/** Time spent in each state, ms; all of it can be added. */
export type AgentTime = Record<Exclude<AgentStateName, 'signedOut'>, number>;

export const noTime: AgentTime = { break: 0, ready: 0, ringing: 0, onCall: 0, wrapUp: 0 };

/** What of the stretches lies within `from` to `to`: agents' time is cut at the edges of an interval. */
export function agentTimeIn(
  stretches: Iterable<AgentStretch>,
  { from, to }: { from: number; to: number },
  now: number,
): AgentTime {
  const time = { ...noTime };
  for (const stretch of stretches) {
    if (stretch.state === 'signedOut') continue;
    const begun = Math.max(stretch.from, from);
    const ended = Math.min(stretch.to ?? endOfStretch(stretch, now), to, now);
    if (ended > begun) time[stretch.state] += ended - begun;
  }
  return time;
}

export function addTime(a: AgentTime, b: AgentTime): AgentTime {
  return {
    break: a.break + b.break,
    ready: a.ready + b.ready,
    ringing: a.ringing + b.ringing,
    onCall: a.onCall + b.onCall,
    wrapUp: a.wrapUp + b.wrapUp,
  };
}

/** Signed-in time: all states together, ms. */
export function signedInMs(time: AgentTime): number {
  return time.break + time.ready + time.ringing + time.onCall + time.wrapUp;
}

/**
 * Occupancy: (ring + dial + talk + hold + after-call work) ÷ (signed-in time - break time), 0..1; null for
 * somebody who was only on break. Dialling counts as being on a call.
 */
export function occupancyOf(time: AgentTime): number | null {
  const busy = time.ringing + time.onCall + time.wrapUp;
  return share(busy, signedInMs(time) - time.break);
}
