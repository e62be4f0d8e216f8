import type { BoardCall } from '#shared/sync/board.ts';
import { isWaiting } from '../../store/boardFigures.ts';

const order = { waiting: 0, ringing: 1, held: 2, talking: 2 } as const;

/** Since when a call is in its state as the list counts it: a wait from the entry, a talk from the answer. */
export function countedSince(call: BoardCall): number {
  return isWaiting(call) ? call.enteredAt : (call.answeredAt ?? call.enteredAt);
}

/** Callers who wait first, the longest of them at the top; then what rings, then what is talked. */
export function orderCalls(
  calls: Iterable<BoardCall>,
  { queueId, agentIds }: { queueId: string | null; agentIds: ReadonlySet<string> | null },
): BoardCall[] {
  return [...calls]
    .filter((call) => queueId === null || call.queueId === queueId)
    .filter(({ agentId }) => agentIds === null || agentId === null || agentIds.has(agentId))
    .sort(
      (a, b) =>
        order[a.state] - order[b.state] ||
        countedSince(a) - countedSince(b) ||
        a.callRef.localeCompare(b.callRef),
    );
}

/** How many calls there are, and how many of them wait in a queue. */
export function callListed(calls: readonly BoardCall[]): { waiting: number; all: number } {
  return { waiting: calls.filter(isWaiting).length, all: calls.length };
}
