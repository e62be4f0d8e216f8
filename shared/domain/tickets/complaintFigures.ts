import type { VisitOutcome } from '../feedback/feedback.ts';

/** What is counted of one complaint. */
export interface CountedComplaint {
  createdAt: number;
  closedAt: number | null;
  categoryId: string | null;
  reopened: number;
  /** Outcome of its first return visit; null where the customer was not asked. */
  firstVisit: VisitOutcome | null;
}

/**
 * Resolved and confirmed satisfied at the first call-back, and never opened again: the numerator of the complaint
 * one-touch rate. Its denominator are the complaints that are closed.
 */
export function isOneTouch(complaint: CountedComplaint): boolean {
  const { closedAt, firstVisit, reopened } = complaint;
  return closedAt !== null && firstVisit === 'satisfied' && reopened === 0;
}

export interface ComplaintFigures {
  total: number;
  closed: number;
  oneTouch: number;
  /** 0 to 1; null where none is closed. */
  oneTouchRate: number | null;
  /** Every day of the range (`YYYY-MM-DD`), also those without one. */
  perDay: { day: string; count: number }[];
  /** The most frequent first, with the share of all up to and with it (Pareto), 0 to 1. */
  byCategory: { categoryId: string | null; count: number; upTo: number }[];
}

/** Figures of the complaints made on `days` (`YYYY-MM-DD`, in their order); `dayOf` says on which day a time lies. */
export function complaintFigures(
  complaints: readonly CountedComplaint[],
  days: readonly string[],
  dayOf: (at: number) => string,
): ComplaintFigures {
  const closed = complaints.filter(({ closedAt }) => closedAt !== null).length;
  const oneTouch = complaints.filter(isOneTouch).length;
  const perDay = counted(complaints.map(({ createdAt }) => dayOf(createdAt)));
  return {
    total: complaints.length,
    closed,
    oneTouch,
    oneTouchRate: closed === 0 ? null : oneTouch / closed,
    perDay: days.map((day) => ({ day, count: perDay.get(day) ?? 0 })),
    byCategory: pareto(counted(complaints.map(({ categoryId }) => categoryId))),
  };
}

function counted<K>(keys: readonly K[]): Map<K, number> {
  const counts = new Map<K, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function pareto(counts: Map<string | null, number>): ComplaintFigures['byCategory'] {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const sorted = [...counts].toSorted(
    ([idA, a], [idB, b]) => b - a || (String(idA) < String(idB) ? -1 : 1),
  );
  let sum = 0;
  return sorted.map(([categoryId, count]) => {
    sum += count;
    return { categoryId, count, upTo: sum / all };
  });
}
