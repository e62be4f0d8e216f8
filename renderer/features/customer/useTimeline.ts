import { useState } from 'react';
import type { Card, TimelineEntry } from '#shared/contract/models.ts';
import { useRun } from '../../app/bridge.tsx';
import { mergeEntries } from './timelineRows.ts';

const pageSize = 100;

/** The card's entries and the older ones that the agent asked for. */
export function useTimeline(card: Card | null) {
  const run = useRun();
  const [older, setOlder] = useState<readonly TimelineEntry[]>([]);
  const [loading, setLoading] = useState(false);
  const entries = mergeEntries(card?.timeline ?? [], older);
  const total = Math.max(card?.timelineTotal ?? 0, entries.length);
  const oldest = entries.at(-1)?.at ?? null;

  async function loadMore(): Promise<void> {
    if (!card || loading) return;
    setLoading(true);
    const input = { customerId: card.customer.id, before: oldest, limit: pageSize };
    const page = await run('customers.timeline', input);
    if (page) setOlder((before) => mergeEntries(before, page));
    setLoading(false);
  }

  return { entries, total, more: entries.length < total, loading, loadMore };
}
