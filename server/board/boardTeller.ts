import { type BoardMessage, boardWatchSchema } from '#shared/sync/board.ts';
import type { LiveDesk, LiveHub } from '../live/liveHub.ts';

/** What is told to all, without the number that each desk has of its own. */
export type Untold<T> = T extends { number: number } ? Omit<T, 'number'> : never;
export type UntoldMessage = Untold<BoardMessage>;

export interface TellerSource {
  may(desk: LiveDesk): boolean;
  /** Null while the board is being loaded. */
  everything(): UntoldMessage | null;
  /**
   * What is different since this was asked last; null: nothing. On a `beat` time alone may have changed something,
   * and it says so where nothing has.
   */
  difference(beat: boolean): UntoldMessage | null;
  /** Somebody watches, or nobody any more. */
  watched(by: number): void;
}

export interface BoardTeller {
  /** Something has changed: it is told at once, or with what else changes meanwhile. */
  changed(): void;
  /** Everything is to be told anew. */
  renew(): void;
  /** Says that nothing has changed, and looks after desks that were slow. */
  beat(): void;
  stop(): void;
}

interface Watcher {
  number: number;
  /** Of what it has been told something is missing: the next is everything. */
  wantsAll: boolean;
}

/** Changes are told so often at most, ms. */
const gatherMs = 200;
/**
 * A desk that has so many bytes before it is told no more until it has taken most of them, and then everything: what
 * waits for it is never more than this and one message. Everything about 500 agents takes about 200 KiB.
 */
const mostUnsent = 512 * 1024;
const fewUnsent = 64 * 1024;

/** Tells the board to the desks that watch it, each in numbers of its own. */
export function createBoardTeller(
  live: Pick<LiveHub, 'said' | 'left'>,
  source: TellerSource,
): BoardTeller {
  const watchers = new Map<LiveDesk, Watcher>();
  let timer: NodeJS.Timeout | null = null;
  let changedMore = false;
  let stopped = false;

  live.said((desk, message) => {
    const asked = message.type === 'watch' ? boardWatchSchema.safeParse(message).data : null;
    if (!asked || stopped) return;
    if (asked.board && source.may(desk)) watch(desk);
    else if (watchers.delete(desk)) source.watched(watchers.size);
  });
  live.left((desk) => {
    if (watchers.delete(desk)) source.watched(watchers.size);
  });

  function watch(desk: LiveDesk): void {
    const former = watchers.get(desk);
    if (former) former.wantsAll = true;
    else watchers.set(desk, { number: 0, wantsAll: true });
    source.watched(watchers.size);
    changed();
  }

  function changed(): void {
    if (stopped) return;
    if (timer) changedMore = true;
    else tellNow();
  }

  function tellNow(): void {
    changedMore = false;
    timer = setTimeout(() => {
      timer = null;
      if (changedMore) tellNow();
    }, gatherMs);
    tell(source.difference(false));
  }

  /** To those who have heard all before; the others get everything, which holds the difference. */
  function tell(difference: UntoldMessage | null): void {
    const text = lazily(() => difference && JSON.stringify(difference));
    const whole = lazily(() => textOf(source.everything()));
    for (const [desk, watcher] of watchers) {
      if (!source.may(desk)) {
        // Whoever gets the right again is told everything.
        watcher.wantsAll = true;
        continue;
      }
      const unsent = desk.unsent();
      if (unsent > mostUnsent) watcher.wantsAll = true;
      if (watcher.wantsAll && unsent > fewUnsent) continue;
      const told = watcher.wantsAll ? whole() : text();
      if (told === null) continue;
      watcher.wantsAll = false;
      watcher.number += 1;
      desk.say(`{"number":${watcher.number},${told.slice(1)}`);
    }
  }

  return {
    changed,
    renew() {
      for (const watcher of watchers.values()) watcher.wantsAll = true;
      changed();
    },
    beat() {
      if (watchers.size > 0 && !stopped) tell(source.difference(true));
    },
    stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      watchers.clear();
    },
  };
}

function textOf(message: UntoldMessage | null): string | null {
  return message && JSON.stringify(message);
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
