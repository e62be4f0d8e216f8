import type { ErrorCode } from '#shared/contract/errors.ts';
import { DeskError } from '#shared/result.ts';
import type { CacheWrites, LocalChange } from '../cache/cache.ts';
import type { Notices } from '../core/notices.ts';
import type { Clock, Log } from '../core/providers.ts';

/**
 * Writes down what happened at this desk: calls, states of the agent, what follows from a timer. Nobody is there to be
 * refused, so where the disk takes nothing it waits, in its order, and the agent is told. What an agent does by hand
 * goes to the cache itself, which says no.
 */
export interface Logbook {
  /** Now, or as soon as the disk takes it. Never throws. */
  record(changes: LocalChange[]): void;
  /** The same for what is no record, such as a draft. */
  enter(write: () => void): void;
  /** What waits is tried now: what comes next builds on it. */
  catchUp(): void;
  /** Tries what waits for the last time. */
  stop(): void;
}

export interface LogbookOptions {
  user: { id: string };
  cache: Pick<CacheWrites, 'change'>;
  clock: Clock;
  notices: Pick<Notices, 'add' | 'remove'>;
  log: Log;
}

/** Between two looks whether the disk takes something again, ms. */
const againMs = 5_000;
const noticeId = 'unwritten';
/** Will not be taken later either, and would hold up all behind it. */
const hopeless = new Set<ErrorCode>(['invalid-input', 'cache-corrupt']);

export function createLogbook({ user, cache, clock, notices, log }: LogbookOptions): Logbook {
  const waiting: (() => void)[] = [];
  let isTold = false;
  let cancel: (() => void) | null = null;

  /** False where it is to be tried again. */
  function take(write: () => void): boolean {
    try {
      write();
      return true;
    } catch (error) {
      const isHopeless = error instanceof DeskError && hopeless.has(error.code);
      if (isHopeless) log.error('what happened cannot be written', { error: String(error) });
      else tell(error);
      return isHopeless;
    }
  }

  function tell(error: unknown): void {
    if (isTold) return;
    isTold = true;
    log.error('what happened at this desk waits to be written', { error: String(error) });
    const code = error instanceof DeskError ? error.code : 'internal';
    const failure = { code, message: 'what happened here cannot be written' };
    notices.add({ id: noticeId, level: 'error', failure });
  }

  function takeBack(): void {
    if (isTold) notices.remove(noticeId);
    isTold = false;
  }

  /** Whoever hears of a change may enter another one meanwhile: it finds only what is not taken yet. */
  function catchUp(): void {
    rest();
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (take(next)) continue;
      waiting.unshift(next);
      rest();
      cancel = clock.after(againMs, catchUp);
      return;
    }
    takeBack();
  }

  function rest(): void {
    cancel?.();
    cancel = null;
  }

  function enter(write: () => void): void {
    waiting.push(write);
    catchUp();
  }

  return {
    record: (changes) => enter(() => cache.change(changes, user.id)),
    enter,
    catchUp,
    stop() {
      catchUp();
      rest();
      takeBack();
      const lost = waiting.splice(0).length;
      if (lost > 0) log.error('what happened at this desk could not be written', { lost });
    },
  };
}
