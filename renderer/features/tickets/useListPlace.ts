import { useCallback, useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import {
  type TicketColumn,
  type TicketQuery,
  ticketColumns,
  ticketQuerySchema,
} from '#shared/contract/methods/ticketLists.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { queryOfView, usualColumns } from './listQuery.ts';

export interface ListPlace {
  query: TicketQuery;
  columns: readonly TicketColumn[];
}

const key = 'list:tickets';
const storedSchema = z.object({
  query: ticketQuerySchema,
  columns: z.array(z.enum(ticketColumns)),
});
const usual: ListPlace = { query: queryOfView('mine'), columns: usualColumns };

/**
 * What the list shows and how, kept on this desk: whoever comes back finds it so. Null until it is known. What changes
 * it is the same function always.
 */
export function useListPlace(): [
  ListPlace | null,
  (change: (place: ListPlace) => ListPlace) => void,
] {
  const invoke = useInvoke();
  const [place, setPlace] = useState<ListPlace | null>(null);
  const current = useRef<ListPlace | null>(null);
  const kept = useRef('');
  const show = useCallback((next: ListPlace) => {
    current.current = next;
    setPlace(next);
  }, []);
  useEffect(() => {
    void invoke('drafts.get', { key }).then((result) => {
      if (current.current === null) show(result.ok ? read(result.value.json) : usual);
    });
  }, [invoke, show]);
  const keep = useCallback(
    (change: (place: ListPlace) => ListPlace) => {
      const next = change(current.current ?? usual);
      show(next);
      // Words that were looked for once are not looked for again tomorrow.
      const { text: _, ...filter } = next.query.filter;
      const json = JSON.stringify({ ...next, query: { ...next.query, filter } });
      if (json === kept.current) return;
      kept.current = json;
      void invoke('drafts.put', { key, json });
    },
    [invoke, show],
  );
  return [place, keep];
}

function read(json: string | null): ListPlace {
  if (json === null) return usual;
  try {
    const stored = storedSchema.safeParse(JSON.parse(json));
    return stored.success ? stored.data : usual;
  } catch {
    return usual;
  }
}
