import type { PbxEvent } from './connector.ts';

export interface Told {
  tell(event: PbxEvent): void;
  heard(listener: (event: PbxEvent) => void): () => void;
  /** The first event from now on for which `find` gives something; null after `mostMs` or when `gone` is called. */
  next<T>(find: (event: PbxEvent) => T | null, mostMs: number): Promise<T | null>;
  /** Ends all waits. */
  gone(): void;
}

/** Passes events on to listeners, in order; one that fails stops no other. */
export function createTold(failed: (error: unknown) => void): Told {
  const listeners = new Set<(event: PbxEvent) => void>();
  const waits = new Set<() => void>();

  function heard(listener: (event: PbxEvent) => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  return {
    tell(event) {
      for (const listener of [...listeners]) {
        try {
          listener(event);
        } catch (error) {
          failed(error);
        }
      }
    },
    heard,
    next(find, mostMs) {
      return new Promise((resolve) => {
        const end = (value: Parameters<typeof resolve>[0]) => {
          clearTimeout(timer);
          waits.delete(giveUp);
          stop();
          resolve(value);
        };
        const giveUp = () => end(null);
        const timer = setTimeout(giveUp, mostMs);
        waits.add(giveUp);
        const stop = heard((event) => {
          const found = find(event);
          if (found !== null) end(found);
        });
      });
    },
    gone() {
      for (const giveUp of [...waits]) giveUp();
    },
  };
}
