import { useRef, useState } from 'react';
import type { Card, TimelineEntry } from '#shared/contract/models/records.ts';
import { useQuery, useRun } from '../../app/bridge.tsx';
import { filterOf, isEverything, type Wanted } from './timelineFilter.ts';
import { mergeEntries } from './timelineRows.ts';

const pageSize = 200;

interface Older {
  /** Of which customer and filter they are. */
  key: string;
  entries: readonly TimelineEntry[];
  /** The desk had no more. */
  ended: boolean;
}

const noneYet: Older = { key: '', entries: [], ended: false };

/** The entries that are wanted, newest first, read on page by page. The card brings the first ones of everything. */
export function useTimeline(card: Card | null, wanted: Wanted) {
  const run = useRun();
  const [held, setHeld] = useState<Older>(noneYet);
  const [loading, setLoading] = useState(false);
  const reading = useRef(false);
  const customerId = card?.customer.id ?? null;
  const filter = filterOf(wanted);
  const key = JSON.stringify([customerId, filter]);
  const whole = isEverything(wanted);
  const first = useQuery(
    'customers.timeline',
    customerId === null || whole ? null : { customerId, before: null, filter, limit: pageSize },
    ['contact'],
  );
  const counts = useQuery(
    'customers.timelineCounts',
    customerId === null ? null : { customerId, filter: { ...filter, kinds: [] } },
    ['contact'],
  );
  const older = held.key === key ? held : noneYet;
  const newest = whole ? (card?.timeline ?? []) : (first.data ?? []);
  const entries = mergeEntries(newest, older.entries);
  const ofKinds = Object.entries(counts.data ?? {}).filter(
    ([kind]) => wanted.kind === null || kind === wanted.kind,
  );
  const counted = ofKinds.reduce((sum, [, count]) => sum + count, 0);
  const known = whole && counts.data === null ? (card?.timelineTotal ?? 0) : counted;
  const total = Math.max(known, entries.length);
  const last = entries.at(-1);

  async function loadMore(): Promise<void> {
    if (customerId === null || reading.current) return;
    reading.current = true;
    setLoading(true);
    const place = { before: last?.at ?? null, beforeId: last?.id ?? null };
    const page = await run('customers.timeline', { customerId, ...place, filter, limit: pageSize });
    if (page) {
      setHeld((old) => ({
        key,
        entries: mergeEntries(old.key === key ? old.entries : [], page),
        ended: page.length < pageSize,
      }));
    }
    reading.current = false;
    setLoading(false);
  }

  return {
    entries,
    total,
    counts: counts.data ?? {},
    more: entries.length < total && !older.ended,
    loading,
    /** The first entries of a filter are on their way. */
    searching: !whole && first.loading,
    loadMore,
  };
}
