import type { AgentStretch } from './agentTime.ts';

/** End of a call and change of state are one moment that two clocks saw, or one clock twice; ms. */
const sameMomentMs = 2_000;

/**
 * When after-call work on a call that the agent left at `leftAt` was over, by the states of the agent (in order of
 * time): with the state after-call work that followed, whether or not the wrap-up was finished; at once where none
 * followed, or where another call went on. Null while that is not known. Times in ms UTC.
 */
export function releasedAt(leftAt: number, stretches: readonly AgentStretch[]): number | null {
  const at = stretches.findIndex(({ from, to }) => from <= leftAt && (to === null || leftAt < to));
  const during = stretches[at];
  if (!during) return null;
  const { state, from, to } = during;
  if (state === 'wrapUp') return to;
  if (state !== 'onCall') {
    const isAfter = stretches[at - 1]?.state === 'onCall' && leftAt - from <= sameMomentMs;
    return isAfter ? leftAt : null;
  }
  if (to === null) return null;
  if (to - leftAt > sameMomentMs) return leftAt;
  const next = stretches[at + 1];
  return next?.state === 'wrapUp' ? next.to : Math.max(leftAt, to);
}
