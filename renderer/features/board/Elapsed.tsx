import { useEffect, useLayoutEffect, useRef } from 'react';
import { formatClock } from '../../i18n/format.ts';
import { boardNow, boardStore, useBoard, useBoardNow } from '../../store/board.ts';
import { useDesk } from '../../store/desk.ts';

/**
 * Times that run, up to a thousand at once: they are written into the page by one clock, without React painting
 * anything anew.
 */
const running = new Map<HTMLElement, { since: number; shown: string }>();

function write(element: HTMLElement, entry: { since: number; shown: string }, now: number): void {
  const text = formatClock(now - entry.since);
  if (text === entry.shown) return;
  entry.shown = text;
  element.textContent = text;
}

/** The time up to which the board tells everything: now, or when the server was heard last. */
export function useShownNow(): number {
  const now = useBoardNow();
  const isLive = useDesk((desk) => desk.connected);
  const asOf = useBoard(({ link, board }) =>
    link?.state === 'live' ? null : (link?.asOf ?? board?.at ?? null),
  );
  const lastAt = useBoard(({ board }) => board?.at ?? null);
  if (!isLive) return Math.min(now, lastAt ?? now);
  return asOf === null ? now : Math.min(now, asOf);
}

function shownNow(): number {
  const { link, board } = boardStore.getState();
  const now = boardNow();
  return link?.state === 'live' ? now : Math.min(now, link?.asOf ?? board?.at ?? now);
}

/** Drives every `Elapsed` on the page; stands once on it. */
export function ElapsedClock() {
  const now = useShownNow();
  useEffect(() => {
    for (const [element, entry] of running) write(element, entry, now);
  }, [now]);
  return null;
}

/** A running clock `4:32` since a time of the server, silent for screen readers; of what never began (0) nothing. */
export function Elapsed({ since, className }: { since: number; className?: string | undefined }) {
  const ref = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element || since <= 0) return;
    const entry = { since, shown: '' };
    running.set(element, entry);
    write(element, entry, shownNow());
    return () => {
      running.delete(element);
    };
  }, [since]);
  return <span ref={ref} role="timer" aria-live="off" className={className} />;
}
