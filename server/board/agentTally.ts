import type { AgentStateName } from '#shared/domain/agents/agentState.ts';
import {
  type AgentStretch,
  agentTimeIn,
  longestStretchMs,
} from '#shared/domain/metrics/agentTime.ts';
import type { RingNoAnswer } from '#shared/domain/metrics/callHistory.ts';
import type { Handle } from '#shared/domain/metrics/handling.ts';
import type { BoardAgent } from '#shared/sync/board.ts';

/** What one agent has done since midnight, and does now. */
export interface AgentTally {
  addHandle(handle: Handle): void;
  removeHandle(handle: Handle): void;
  addMissed(missed: RingNoAnswer): void;
  removeMissed(missed: RingNoAnswer): void;
  /** Replaces what was known from the first of these on. */
  putStretches(stretches: readonly AgentStretch[]): void;
  now(now: number): Pick<BoardAgent, 'state' | 'reason' | 'since' | 'today'>;
}

const unseen = { state: 'signedOut' as AgentStateName, reason: null, since: 0 };

export function createAgentTally(dayFrom: number): AgentTally {
  const handles = new Map<string, Handle>();
  const missed = new Map<string, RingNoAnswer>();
  let stretches: AgentStretch[] = [];

  function stateAt(now: number): Pick<BoardAgent, 'state' | 'reason' | 'since'> {
    const last = stretches.at(-1);
    if (!last) return unseen;
    const { state, reason, from } = last;
    // Nobody has said what came after it, or nobody will.
    const to = last.to ?? from + longestStretchMs;
    return to <= now ? { ...unseen, since: to } : { state, reason, since: from };
  }

  function work(): Omit<BoardAgent['today'], 'time'> {
    let [handled, handleMs, missedToday] = [0, 0, 0];
    for (const handle of handles.values()) {
      if (handle.doneAt === null || handle.doneAt < dayFrom) continue;
      handled += 1;
      handleMs += handle.dialMs + handle.talkMs + handle.holdMs + handle.afterCallMs;
    }
    for (const { at } of missed.values()) if (at >= dayFrom) missedToday += 1;
    return { handled, handleMs, missed: missedToday };
  }

  return {
    addHandle(handle) {
      if (handle.doneAt !== null) handles.set(handle.id, handle);
    },
    removeHandle(handle) {
      handles.delete(handle.id);
    },
    addMissed: (one) => void missed.set(one.id, one),
    removeMissed: (one) => void missed.delete(one.id),
    putStretches(told) {
      const first = told[0];
      if (!first) return;
      const all = [...stretches.filter(({ from }) => from < first.from), ...told];
      const last = all.at(-1);
      stretches = all.filter((one) => one === last || one.to === null || one.to > dayFrom);
    },
    now(now) {
      const state = stateAt(now);
      const { since } = state;
      const time = agentTimeIn(stretches, { from: dayFrom, to: Math.max(since, dayFrom) }, since);
      return { ...state, today: { ...work(), time } };
    },
  };
}
