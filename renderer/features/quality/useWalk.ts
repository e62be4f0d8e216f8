import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure, Result } from '#shared/result.ts';

/** A part of a walk over all customers. */
export interface WalkStep<T> {
  items: T[];
  next: string | null;
  /** 0 to 1 */
  share: number;
}

export interface Walk<T> {
  items: T[];
  share: number;
  /** More than are kept were found. */
  capped: boolean;
  state: 'going' | 'done' | 'stopped';
  failure: Failure | null;
  stop(): void;
  again(): void;
  /** Takes items out of the list that are settled. */
  drop(gone: (item: T) => boolean): void;
}

type Kept<T> = Omit<Walk<T>, 'stop' | 'again' | 'drop'>;

const fresh = { items: [], share: 0, capped: false, state: 'going', failure: null } as const;

/**
 * Goes through all customers part by part while the page is open, and keeps the best `most`. `key` names what is looked
 * for: another one begins anew; null: nothing yet. `step` and `better` may be new at each render.
 */
export function useWalk<T>(
  key: string | null,
  options: {
    most: number;
    step: (after: string | null) => Promise<Result<WalkStep<T>>>;
    better: (a: T, b: T) => number;
  },
): Walk<T> {
  const [kept, setKept] = useState<Kept<T>>({ ...fresh, items: [] });
  const [round, setRound] = useState(0);
  const halted = useRef(false);
  const { most, step, better } = options;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` and `round` begin a walk; the functions say how a part is read
  useEffect(() => {
    if (key === null) return;
    let wanted = true;
    halted.current = false;
    setKept({ ...fresh, items: [] });
    const go = async (after: string | null): Promise<void> => {
      const result = await step(after);
      if (!wanted) return;
      if (!result.ok) {
        setKept((before) => ({ ...before, state: 'stopped', failure: result.error }));
        return;
      }
      const { items, next, share } = result.value;
      setKept((before) => {
        const all = items.length === 0 ? before.items : [...before.items, ...items].sort(better);
        return {
          ...before,
          items: all.length > most ? all.slice(0, most) : all,
          capped: before.capped || all.length > most,
          share: Math.max(before.share, share),
          state: next === null ? 'done' : 'going',
        };
      });
      if (next === null) return;
      if (halted.current) setKept((before) => ({ ...before, state: 'stopped' }));
      else await go(next);
    };
    void go(null);
    return () => {
      wanted = false;
    };
  }, [key, round]);

  const stop = useCallback(() => {
    halted.current = true;
  }, []);
  const again = useCallback(() => setRound((count) => count + 1), []);
  const drop = useCallback(
    (gone: (item: T) => boolean) =>
      setKept((before) => ({ ...before, items: before.items.filter((item) => !gone(item)) })),
    [],
  );
  return { ...kept, stop, again, drop };
}
