import { type QueuePause, ruleQueuePause } from '#shared/domain/agents/queuePause.ts';
import type { Clock } from '../core/providers.ts';

/** Holds what was told to the PBX against what the PBX says, and tells when they differ and when no longer. */
export interface PbxWord {
  told(ready: boolean): void;
  heard(word: QueuePause | null): void;
  /** The PBX's word where it differs from what was told for longer than word needs to arrive. */
  differing(): QueuePause | null;
  stop(): void;
}

export function createPbxWord(clock: Clock, changed: () => void): PbxWord {
  let lastTold: { ready: boolean; at: number } | null = null;
  let lastHeard: (QueuePause & { heardAt: number }) | null = null;
  let shown: QueuePause | null = null;
  let cancel: (() => void) | null = null;

  function look(): void {
    cancel?.();
    cancel = null;
    const ruling = ruleQueuePause(lastTold, lastHeard, clock.now());
    if ('lookAt' in ruling) cancel = clock.after(ruling.lookAt - clock.now(), look);
    show(ruling.differs && lastHeard ? lastHeard : null);
  }

  function show(next: QueuePause | null): void {
    const { paused, reason, at } = next ?? {};
    if (shown?.paused === paused && shown?.reason === reason && shown?.at === at) return;
    shown = next && { paused: next.paused, reason: next.reason, at: next.at };
    changed();
  }

  return {
    told(ready) {
      if (lastTold?.ready === ready && shown === null) return;
      lastTold = { ready, at: clock.now() };
      look();
    },
    heard(word) {
      const again = word?.paused === lastHeard?.paused ? lastHeard?.heardAt : undefined;
      lastHeard = word && { ...word, heardAt: again ?? clock.now() };
      look();
    },
    differing: () => shown,
    stop() {
      cancel?.();
      cancel = null;
    },
  };
}
