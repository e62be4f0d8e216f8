import { useMemo } from 'react';
import { useQuery } from '../../app/bridge.tsx';
import { deskNow } from '../../ui/clock.ts';

const weekMs = 7 * 86_400_000;

/** How often the agent used each disposition in the last seven days, by id; from the journal. */
export function useUsedDispositions(): ReadonlyMap<string, number> {
  const { data } = useQuery('journal.list', { whose: 'mine', limit: 200 });
  return useMemo(() => {
    const counts = new Map<string, number>();
    const since = deskNow() - weekMs;
    for (const entry of data ?? []) {
      const id = entry.wrapUp?.dispositionId;
      if (id !== undefined && entry.at >= since) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  }, [data]);
}
