import type { SyncStatus } from '#shared/contract/models/desk.ts';
import type { Cache } from '../cache/cache.ts';
import type { Clock } from '../core/providers.ts';
import { comparisonOf } from './comparing.ts';

/** How the exchange with the server stands, and who is told of it. */
export interface SyncTold {
  state(): SyncStatus['state'];
  become(next: SyncStatus['state']): void;
  /** All was exchanged just now. */
  synced(): void;
  /** When the next try is, ms UTC; null where none is planned. Told with what comes next. */
  nextTryAt(): number | null;
  plan(nextTryAt: number | null): void;
  /** Something that the status counts is different. */
  tell(): void;
  status(): SyncStatus;
  /** Returns how to end it. */
  listen(listener: (status: SyncStatus) => void): () => void;
}

export function createSyncTold(cache: Cache, clock: Clock): SyncTold {
  const listeners = new Set<(status: SyncStatus) => void>();
  let state: SyncStatus['state'] = 'off';
  let offlineSince: number | null = null;
  let nextTryAt: number | null = null;
  let lastSyncAt: number | null = null;

  function status(): SyncStatus {
    const { waiting, waitingSince, refused } = cache.outbox();
    const comparing = comparisonOf(cache);
    return {
      ...{ state, offlineSince, nextTryAt, waiting, waitingSince, refused, lastSyncAt },
      ...cache.firstSync(),
      comparing,
    };
  }

  function tell(): void {
    if (listeners.size === 0) return;
    const now = status();
    for (const listener of listeners) listener(now);
  }

  return {
    state: () => state,
    become(next) {
      if (next === 'online' || next === 'first-sync') offlineSince = null;
      if (next === 'offline') offlineSince ??= clock.now();
      state = next;
      tell();
    },
    synced() {
      lastSyncAt = clock.now();
    },
    nextTryAt: () => nextTryAt,
    plan(at) {
      nextTryAt = at;
    },
    tell,
    status,
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
