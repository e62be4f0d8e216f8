/** Time for the practice PBX. A test may bring its own. */
export interface Clock {
  /** Milliseconds UTC. */
  now(): number;
  /** Runs `action` once after `delayMs`; the returned function calls it off. */
  after(delayMs: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, action) {
    // Whoever closes the PBX is not kept waiting by a timer that has nothing left to do.
    const timer = setTimeout(action, delayMs).unref();
    return () => clearTimeout(timer);
  },
};

/** The same clock, whose actions may fail without taking the process along. */
export function guardedClock(clock: Clock, onFailure: (error: unknown) => void): Clock {
  return {
    now: () => clock.now(),
    after: (delayMs, action) =>
      clock.after(delayMs, () => {
        try {
          action();
        } catch (error) {
          onFailure(error);
        }
      }),
  };
}
