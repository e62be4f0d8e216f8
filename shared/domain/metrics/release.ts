import type { AgentStretch } from './agentTime.ts';
import type { Handle } from './handling.ts';

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
  const { state, to } = during;
  if (state === 'wrapUp') return to;
  if (state === 'signedOut') return leftAt;
  if (to === null) return stretches[at - 1]?.state === 'onCall' ? beside(leftAt, during) : null;
  if (state !== 'onCall' || to - leftAt > sameMomentMs) return leftAt;
  const next = stretches[at + 1];
  return next?.state === 'wrapUp' ? next.to : Math.max(leftAt, to);
}

/** The clock of who saw the end was a little ahead: the state after the call goes on already. */
function beside(leftAt: number, { state, from }: AgentStretch): number | null {
  return state !== 'onCall' && leftAt - from <= sameMomentMs ? leftAt : null;
}

/** The handle with its after-call work ended by the states of its agent, where nothing ended it before. */
export function released(handle: Handle, stretches: readonly AgentStretch[]): Handle {
  const { leftAt, doneAt } = handle;
  if (leftAt === null) return handle;
  const at = releasedAt(leftAt, stretches);
  if (at === null || (doneAt !== null && doneAt <= at)) return handle;
  return { ...handle, afterCallMs: at - leftAt, doneAt: at };
}
