export interface GateLimits {
  /** Requests that are worked on side by side. */
  running: number;
  /** Requests that wait for one of those to end. */
  waiting: number;
  /** Longer than this nobody waits, ms: who asked has given up by then. */
  maxWaitMs: number;
}

export interface Gate {
  /**
   * Resolves with the function that makes room again; call it once. Rejects with `BusyError` where too many wait
   * already, or this one has waited too long. With `gone` it gives the place up: nobody wants the answer any more.
   */
  enter(gone?: AbortSignal): Promise<() => void>;
  /** Whoever comes now is turned away. */
  isFull(): boolean;
  counts(): { running: number; waiting: number; refused: number };
}

/** There is more to do than can be done soon. */
export class BusyError extends Error {}

interface Waiting {
  admit(): void;
}

/** Lets so many in at a time and keeps a line of limited length before the door, first come, first served. */
export function createGate({ running: most, waiting: longest, maxWaitMs }: GateLimits): Gate {
  const line = new Set<Waiting>();
  let running = 0;
  let refused = 0;

  function admitted(): () => void {
    running += 1;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      running -= 1;
      const [next] = line;
      next?.admit();
    };
  }

  function stand(gone: AbortSignal | undefined): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer);
        gone?.removeEventListener('abort', giveUp);
        line.delete(place);
      };
      const giveUp = () => {
        leave();
        refused += 1;
        reject(new BusyError('waited too long'));
      };
      const place: Waiting = {
        admit() {
          leave();
          resolve(admitted());
        },
      };
      const timer = setTimeout(giveUp, maxWaitMs);
      gone?.addEventListener('abort', giveUp, { once: true });
      line.add(place);
    });
  }

  return {
    async enter(gone) {
      if (running < most) return admitted();
      if (line.size >= longest || gone?.aborted) {
        refused += 1;
        throw new BusyError('too many are waiting');
      }
      return stand(gone);
    },
    isFull: () => running >= most && line.size >= longest,
    counts: () => ({ running, waiting: line.size, refused }),
  };
}
