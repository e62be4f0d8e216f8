import { useCallback, useEffect, useRef, useState } from 'react';
import type { OutputOf } from '#shared/contract/contract.ts';
import type { Failure } from '#shared/result.ts';
import type { EntityName } from '#shared/sync/entities.ts';
import { type JournalFilter, maxJournalPage } from '#shared/sync/journal.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { useDesk } from '../../store/desk.ts';

type Page = OutputOf<'journal.page'>;

export interface JournalList {
  page: Page | null;
  failure: Failure | null;
  reload: () => void;
  /** Null: there are no more. */
  readOn: (() => void) | null;
}

interface Answer {
  key: string;
  page: Page | null;
  failure: Failure | null;
}

const pageRows = 50;
/** In a busy centre calls change all the time. */
const restMs = 3_000;
const watched: readonly EntityName[] = ['call', 'wrapUp', 'task', 'ticket'];

/** Calls that the filter names, page by page; read again when calls changed, at most every 3 s. */
export function useJournal(filter: JournalFilter): JournalList {
  const invoke = useInvoke();
  const key = JSON.stringify(filter);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [round, setRound] = useState(0);
  const connected = useDesk((desk) => desk.connected);
  const version = useRested(
    useDesk((desk) => watched.reduce((sum, entity) => sum + (desk.versions[entity] ?? 0), 0)),
  );
  const shownRows = useRef(0);
  const current = answer?.key === key ? answer : null;
  shownRows.current = current?.page?.rows.length ?? 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the filter; version and round ask again
  useEffect(() => {
    if (!connected) return;
    let wanted = true;
    const limit = Math.min(maxJournalPage, Math.max(pageRows, shownRows.current));
    void invoke('journal.page', { filter, after: null, limit }).then((result) => {
      if (!wanted) return;
      setAnswer((before) =>
        result.ok
          ? { key, page: result.value, failure: null }
          : {
              key,
              page: before?.key === key ? before.page : null,
              failure: result.error,
            },
      );
    });
    return () => {
      wanted = false;
    };
  }, [invoke, key, version, round, connected]);

  const page = current?.page ?? null;
  const next = page?.next ?? null;
  const readOn = useCallback(async () => {
    if (!page || !next) return;
    const result = await invoke('journal.page', { filter, after: next, limit: pageRows });
    if (!result.ok) return setAnswer({ key, page, failure: result.error });
    const known = new Set(page.rows.map(({ id }) => id));
    const rows = [...page.rows, ...result.value.rows.filter(({ id }) => !known.has(id))];
    setAnswer({ key, page: { ...result.value, rows }, failure: null });
  }, [invoke, filter, key, page, next]);

  return {
    page,
    failure: current?.failure ?? null,
    reload: useCallback(() => setRound((count) => count + 1), []),
    readOn: next ? () => void readOn() : null,
  };
}

/** A value that changes at once after a rest, and then rests again. */
function useRested(value: number): number {
  const [rested, setRested] = useState(value);
  const lastAt = useRef(0);
  useEffect(() => {
    if (value === rested) return;
    const timer = setTimeout(
      () => {
        lastAt.current = performance.now();
        setRested(value);
      },
      Math.max(0, lastAt.current + restMs - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [value, rested]);
  return rested;
}
