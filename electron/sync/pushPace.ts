import { maxPushOperations, type Operation } from '#shared/sync/messages.ts';
import type { Clock } from '../core/providers.ts';
import { batchOf } from './pushing.ts';

/**
 * How much is pushed at a time. A server, or somebody on the way, that gives no answer to a batch again and again,
 * though it answers everything else, gets smaller ones: on a slow line they arrive in time, and the operation that is
 * to blame ends up alone. That one is put off, with all others of its record, and the rest goes before.
 */
export interface PushPace {
  /** How many of the waiting operations to look at. */
  depth(): number;
  /** Those that are not put off. */
  open(waiting: Operation[]): Operation[];
  /** What to push now, in its order. */
  next(waiting: Operation[]): Operation[];
  taken(operations: Operation[]): void;
  /** There was no answer. True where what was pushed is put off by that. */
  unanswered(operations: Operation[]): boolean;
  /** Nothing is put off any more. */
  forget(): void;
}

/** A single operation without an answer so many times in a row is put off. */
const mostAlone = 4;
/** For so long, ms. */
const putOffMs = 60_000;

/** `again` is called when what was put off may be tried once more. */
export function createPushPace(clock: Clock, again: () => void): PushPace {
  let most = maxPushOperations;
  let alone = { id: '', times: 0 };
  const putOff = new Set<string>();
  /** Records that were put off once: what waits on them is pushed by itself. */
  const suspects = new Set<string>();
  let cancel = () => {};

  function open(waiting: Operation[]): Operation[] {
    if (putOff.size === 0) return waiting;
    return waiting.filter((operation) => !putOff.has(recordOf(operation)));
  }

  function allowed(operations: Operation[]): Operation[] {
    const suspect = operations.findIndex((operation) => suspects.has(recordOf(operation)));
    if (suspect === -1) return operations.slice(0, most);
    return operations.slice(0, Math.min(most, Math.max(1, suspect)));
  }

  function forget(): void {
    cancel();
    putOff.clear();
  }

  return {
    depth: () => (putOff.size === 0 ? most : 2 * maxPushOperations),
    open,
    next: (waiting) => batchOf(allowed(open(waiting))),
    taken(operations) {
      for (const operation of operations) suspects.delete(recordOf(operation));
      most = Math.min(maxPushOperations, most * 2);
    },
    unanswered(operations) {
      const [first] = operations;
      if (!first) return false;
      most = Math.ceil(operations.length / 2);
      if (operations.length > 1) return false;
      alone = { id: first.id, times: alone.id === first.id ? alone.times + 1 : 1 };
      if (alone.times < mostAlone) return false;
      putOff.add(recordOf(first));
      suspects.add(recordOf(first));
      cancel();
      cancel = clock.after(putOffMs, () => {
        putOff.clear();
        again();
      });
      return true;
    },
    forget,
  };
}

function recordOf({ entity, entityId }: Operation): string {
  return `${entity}/${entityId}`;
}
