import { useCallback, useEffect, useRef, useState } from 'react';
import type { TicketQuery, TicketRow } from '#shared/contract/methods/ticketLists.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { useDesk } from '../../store/desk.ts';

/** Rows are asked for in lots of so many. */
const lotSize = 32;

export interface TicketWindow {
  /** Of which query these are; null before the first answer. */
  key: string | null;
  total: number;
  /** Rows that are here, by their place. */
  rows: ReadonlyMap<number, TicketRow>;
}

const empty: TicketWindow = { key: null, total: 0, rows: new Map() };

/**
 * The part of a list of tickets that is looked at, read again when tickets change. While another query is on its way
 * the rows of the one before stay; one question is on its way at a time, and what changes meanwhile asks once more.
 */
export function useTicketWindow(query: TicketQuery): {
  list: TicketWindow;
  failure: Failure | null;
  reload: () => void;
  /** The rows that are in sight, the last included. */
  look: (first: number, last: number) => void;
} {
  const invoke = useInvoke();
  const connected = useDesk((desk) => desk.connected);
  const version = useDesk((desk) => desk.versions.ticket ?? 0);
  const [list, setList] = useState(empty);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [round, setRound] = useState(0);
  const key = JSON.stringify(query);
  const work = useRef({ key, sight: [0, 0] as [number, number], busy: false, again: false });

  const ask = useCallback(async () => {
    const { current } = work;
    if (current.busy) {
      current.again = true;
      return;
    }
    current.busy = true;
    do {
      current.again = false;
      const asked = current.key;
      const [first, last] = current.sight;
      const from = Math.floor(first / lotSize) * lotSize;
      const count = Math.min(200, (Math.floor(last / lotSize) + 1) * lotSize - from);
      const result = await invoke('ticketList.query', { ...JSON.parse(asked), from, count });
      if (asked !== current.key) {
        current.again = true;
        continue;
      }
      setFailure(result.ok ? null : result.error);
      if (!result.ok) continue;
      const { total, rows } = result.value;
      const placed = rows.map((row, at) => [from + at, row] as const);
      setList({ key: asked, total, rows: new Map(placed) });
    } while (current.again);
    current.busy = false;
  }, [invoke]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: version and round ask again
  useEffect(() => {
    if (!connected) return;
    const { current } = work;
    if (current.key !== key) {
      current.key = key;
      current.sight = [0, 0];
    }
    void ask();
  }, [ask, key, version, round, connected]);

  const look = useCallback(
    (first: number, last: number) => {
      const { current } = work;
      const isNew =
        lotOf(first) !== lotOf(current.sight[0]) || lotOf(last) !== lotOf(current.sight[1]);
      current.sight = [first, last];
      if (isNew) void ask();
    },
    [ask],
  );

  return { list, failure, reload: useCallback(() => setRound((count) => count + 1), []), look };
}

function lotOf(place: number): number {
  return Math.floor(place / lotSize);
}
