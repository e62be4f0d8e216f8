import type { Card, TimelineEntry } from '#shared/contract/models/records.ts';
import { addMonths } from './months.ts';

export interface YearFacts {
  calls: number;
  visits: number;
  tickets: number;
  /** Sum of the orders of the last 12 months in minor units; null without orders. */
  orders: { minor: number; currency: string } | null;
  /** False where older entries are not loaded yet, so that counts are "at least". */
  complete: boolean;
}

function countKind(entries: readonly TimelineEntry[], kind: TimelineEntry['kind']): number {
  return entries.filter((entry) => entry.kind === kind).length;
}

/** What the last 12 months hold, as far as the card knows them. */
export function yearFacts(card: Card, now: number): YearFacts {
  const from = addMonths(now, -12);
  const entries = card.timeline.filter((entry) => entry.at >= from);
  const orders = card.orders.filter((order) => order.at >= from && order.state !== 'cancelled');
  const first = orders[0];
  const oldest = card.timeline.at(-1)?.at ?? 0;
  return {
    calls: countKind(entries, 'call'),
    visits: countKind(entries, 'visit'),
    tickets: countKind(entries, 'ticket'),
    orders: first
      ? {
          minor: orders
            .filter((order) => order.amount.currency === first.amount.currency)
            .reduce((sum, order) => sum + order.amount.minor, 0),
          currency: first.amount.currency,
        }
      : null,
    complete: card.timeline.length >= card.timelineTotal || oldest < from,
  };
}
