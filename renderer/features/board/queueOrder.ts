import type { QueueFigures } from '../../store/boardFigures.ts';

export const queueOrders = ['set', 'worst', 'waiting', 'level'] as const;
export type QueueOrder = (typeof queueOrders)[number];

type Level = 'warn' | 'alarm' | null;
const rank = { alarm: 0, warn: 1 } as const;

/** Tiles in the order asked for; those that are alike in it stand as the centre has set them (`ids`). */
export function orderQueues(
  figures: readonly QueueFigures[],
  by: QueueOrder,
  { ids, levelOf }: { ids: readonly string[]; levelOf: (queueId: string) => Level },
): QueueFigures[] {
  const places = new Map(ids.map((id, place) => [id, place]));
  const placeOf = (queueId: string) => places.get(queueId) ?? ids.length;
  const rankOf = (queueId: string) => {
    const level = levelOf(queueId);
    return level === null ? 2 : rank[level];
  };
  const compare: Record<QueueOrder, (a: QueueFigures, b: QueueFigures) => number> = {
    set: () => 0,
    worst: (a, b) => rankOf(a.queueId) - rankOf(b.queueId) || b.waiting - a.waiting,
    waiting: (a, b) =>
      b.waiting - a.waiting || (a.waitingSince ?? Infinity) - (b.waitingSince ?? Infinity),
    level: (a, b) => (a.rates.serviceLevel ?? 2) - (b.rates.serviceLevel ?? 2),
  };
  return figures.toSorted(
    (a, b) =>
      compare[by](a, b) ||
      placeOf(a.queueId) - placeOf(b.queueId) ||
      a.queueId.localeCompare(b.queueId),
  );
}
