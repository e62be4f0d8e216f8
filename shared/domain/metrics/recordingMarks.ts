import type { Call } from '../calls/call.ts';
import type { CallEvent } from './callEvents.ts';

/** What was going on, ms from the beginning of the recording; `toMs` null: to its end. */
export interface Mark {
  kind: 'held' | 'paused' | 'transferred';
  fromMs: number;
  toMs: number | null;
}

/**
 * Marks along a recording that begins at `startedAt` (ms UTC): holds and transfers as events tell them, pauses as the
 * agent's desk noted them. What lies before the beginning is cut.
 */
export function marksOf(
  events: readonly CallEvent[],
  gaps: readonly Call['recordingGaps'][number][],
  startedAt: number,
): Mark[] {
  const at = (time: number) => Math.max(0, time - startedAt);
  const marks: Mark[] = gaps.map(({ from, to }) => ({
    kind: 'paused',
    fromMs: at(from),
    toMs: to === null ? null : at(to),
  }));
  const holds = new Map<string, number>();
  const release = (agentId: string, toMs: number | null) => {
    const since = holds.get(agentId);
    if (since === undefined) return;
    holds.delete(agentId);
    marks.push({ kind: 'held', fromMs: at(since), toMs });
  };
  for (const event of [...events].sort((a, b) => a.at - b.at)) {
    if (event.name === 'agent.held' && !holds.has(event.agentId)) {
      holds.set(event.agentId, event.at);
    }
    if (event.name === 'agent.resumed' || event.name === 'agent.left') {
      release(event.agentId, at(event.at));
    }
    if (event.name === 'agent.transferred') {
      marks.push({ kind: 'transferred', fromMs: at(event.at), toMs: at(event.at) });
    }
  }
  for (const agentId of [...holds.keys()]) release(agentId, null);
  return marks.sort((a, b) => a.fromMs - b.fromMs || (a.kind < b.kind ? -1 : 1));
}
