import type { AgentStretch } from '#shared/domain/metrics/agentTime.ts';
import { quarterMs, quarterOf } from '#shared/domain/metrics/cells.ts';
import type { CallRows } from '../store/calls/callStories.ts';

/** Cells that are to be counted anew, each once. */
export interface Touched {
  calls(rows: CallRows): void;
  stretches(stretches: readonly AgentStretch[]): void;
  queueCells(): { at: number; queueId: string }[];
  agentCells(): { at: number; agentId: string; queueId: string | null }[];
  timeCells(): { at: number; agentId: string }[];
}

export function createTouched(): Touched {
  const queues = new Map<string, { at: number; queueId: string }>();
  const agents = new Map<string, { at: number; agentId: string; queueId: string | null }>();
  const times = new Map<string, { at: number; agentId: string }>();

  function queue(moment: number, queueId: string): void {
    const at = quarterOf(moment);
    queues.set(`${at} ${queueId}`, { at, queueId });
  }

  function agent(moment: number, agentId: string, queueId: string | null): void {
    const at = quarterOf(moment);
    agents.set(JSON.stringify([at, agentId, queueId]), { at, agentId, queueId });
  }

  return {
    calls({ entries, handles, ringNoAnswers }) {
      for (const { queueId, enteredAt, end, endedAt, agentId } of entries) {
        queue(enteredAt, queueId);
        if (end !== 'answered' || endedAt === null || agentId === null) continue;
        queue(endedAt, queueId);
        agent(enteredAt, agentId, queueId);
        agent(endedAt, agentId, queueId);
      }
      for (const { doneAt, agentId, queueId } of handles) {
        if (doneAt !== null) agent(doneAt, agentId, queueId);
      }
      for (const { at, agentId, queueId } of ringNoAnswers) agent(at, agentId, queueId);
    },
    stretches(stretches) {
      for (const { agentId, state, from, to } of stretches) {
        if (to === null || state === 'signedOut') continue;
        for (let at = quarterOf(from); at < to; at += quarterMs) {
          times.set(`${at} ${agentId}`, { at, agentId });
        }
      }
    },
    queueCells: () => [...queues.values()],
    agentCells: () => [...agents.values()],
    timeCells: () => [...times.values()],
  };
}
