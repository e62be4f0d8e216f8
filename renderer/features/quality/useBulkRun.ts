import { useRef, useState } from 'react';
import { newId } from '#shared/domain/ids.ts';
import { useRun } from '../../app/bridge.tsx';
import type { BulkOrder } from './bulkDraft.ts';

/** Carries a clean-up out part by part. `progress`: values changed so far; null while nothing runs. */
export function useBulkRun(): {
  progress: number | null;
  /** How many values were changed; null where it failed. What was done until then stays, and can be undone. */
  run: (order: BulkOrder) => Promise<number | null>;
  stop: () => void;
} {
  const run = useRun();
  const [progress, setProgress] = useState<number | null>(null);
  const stopped = useRef(false);
  return {
    progress,
    async run(order) {
      const runId = newId();
      stopped.current = false;
      let after: string | null = null;
      let done = 0;
      setProgress(0);
      try {
        do {
          const part: { changes: unknown[]; next: string | null } | null = await run(
            'quality.bulkRun',
            { runId, ...order, after },
          );
          if (part === null) return null;
          done += part.changes.length;
          after = part.next;
          setProgress(done);
        } while (after !== null && !stopped.current);
        return done;
      } finally {
        setProgress(null);
      }
    },
    stop() {
      stopped.current = true;
    },
  };
}
