/** What a queue of the PBX holds of an agent: paused or taking calls. */
export interface QueuePause {
  paused: boolean;
  /** In the words of whoever paused; null where none were given. */
  reason: string | null;
  /** ms UTC at which the PBX said so. */
  at: number;
}

/** What is in flight between desk and PBX settles within this time, also over a slow line. */
export const queuePauseGraceMs = 4_000;

export type QueuePauseRuling =
  /** Desk and PBX agree, or nobody knows. */
  | { differs: false }
  /** They differ for so short a time that word may still be on its way: look again then, ms UTC. */
  | { differs: false; lookAt: number }
  | { differs: true };

/**
 * Whether what the PBX holds differs from what this desk told it. The PBX wins: it offers the calls.
 * `told`: the newest word of the desk and when, null before the first; `heardAt`: when the PBX's word
 * arrived here, by the desk's clock.
 */
export function ruleQueuePause(
  told: { ready: boolean; at: number } | null,
  heard: { paused: boolean; heardAt: number } | null,
  now: number,
): QueuePauseRuling {
  if (!told || !heard || heard.paused === !told.ready) return { differs: false };
  const lookAt = Math.max(told.at, heard.heardAt) + queuePauseGraceMs;
  return now < lookAt ? { differs: false, lookAt } : { differs: true };
}

/** What a board shows of an agent at rest whom the PBX holds otherwise than the desk: the PBX offers the calls. */
export function heldByPbx(pause: QueuePause): {
  state: 'ready' | 'break';
  reason: string | null;
  since: number;
} {
  return pause.paused
    ? { state: 'break', reason: pause.reason, since: pause.at }
    : { state: 'ready', reason: null, since: pause.at };
}
