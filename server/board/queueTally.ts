import { quarterOf, queueCellOf } from '#shared/domain/metrics/cells.ts';
import {
  addHandles,
  type Handle,
  handleTimeMs,
  noHandles,
  sumsOf,
} from '#shared/domain/metrics/handling.ts';
import type { QueueEntry } from '#shared/domain/metrics/queueEntry.ts';
import {
  addCounts,
  noCounts,
  type QueueCounts,
  type QueueTargets,
} from '#shared/domain/metrics/queueFigures.ts';

/** As long as what the expected wait is reckoned from. */
const handleWindowMs = 30 * 60_000;

/** What one queue has had since midnight. */
export interface QueueTally {
  addEntry(entry: QueueEntry): void;
  removeEntry(entry: QueueEntry): void;
  addHandle(handle: Handle): void;
  removeHandle(handle: Handle): void;
  /** The sum of the cells of its quarters of an hour. */
  counts(targets: QueueTargets): QueueCounts;
  /** Average handle time of the last 30 minutes, ms; null without any. */
  handleMs(now: number): number | null;
}

export function createQueueTally(): QueueTally {
  const quarters = new Map<number, Map<string, QueueEntry>>();
  /** Quarters whose entries have not changed since they were counted. */
  const counted = new Map<number, QueueCounts>();
  let countedBy: QueueTargets | null = null;
  const handles = new Map<string, Handle>();

  return {
    addEntry(entry) {
      const quarter = quarterOf(entry.enteredAt);
      const entries = quarters.get(quarter) ?? new Map<string, QueueEntry>();
      quarters.set(quarter, entries.set(entry.id, entry));
      counted.delete(quarter);
    },
    removeEntry(entry) {
      const quarter = quarterOf(entry.enteredAt);
      quarters.get(quarter)?.delete(entry.id);
      counted.delete(quarter);
    },
    addHandle(handle) {
      if (handle.doneAt !== null) handles.set(handle.id, handle);
    },
    removeHandle(handle) {
      handles.delete(handle.id);
    },
    counts(targets) {
      if (countedBy !== targets) counted.clear();
      countedBy = targets;
      let sum = noCounts;
      for (const [quarter, entries] of quarters) {
        const counts =
          counted.get(quarter) ?? queueCellOf(quarter, entries.values(), targets).counts;
        counted.set(quarter, counts);
        sum = addCounts(sum, counts);
      }
      return sum;
    },
    handleMs(now) {
      let sums = noHandles;
      for (const [id, handle] of handles) {
        if ((handle.doneAt ?? now) > now - handleWindowMs) sums = addHandles(sums, sumsOf(handle));
        else handles.delete(id);
      }
      return handleTimeMs(sums);
    },
  };
}
