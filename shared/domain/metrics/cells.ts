import { type AgentCounts, addAgentCounts, noAgentCounts } from './agentFigures.ts';
import type { RingNoAnswer } from './callHistory.ts';
import { type Handle, sumsOf } from './handling.ts';
import type { QueueEntry } from './queueEntry.ts';
import {
  addCounts,
  countsOf,
  noCounts,
  type QueueCounts,
  type QueueTargets,
} from './queueFigures.ts';

/** Length of a cell: every interval of every zone begins and ends with one, ms. */
export const quarterMs = 15 * 60_000;

/** The quarter of an hour that `at` lies in, by its beginning, ms UTC. */
export function quarterOf(at: number): number {
  return Math.floor(at / quarterMs) * quarterMs;
}

/** A queue in a quarter of an hour. */
export interface QueueCell {
  counts: QueueCounts;
  /** Answers given in this quarter, whenever the caller came: workload, part of no rate. */
  answeredHere: number;
}

const noQueueCell: QueueCell = { counts: noCounts, answeredHere: 0 };

/**
 * The cell of a queue. Of the entries those that came in this quarter make the counts, those that were answered in it
 * `answeredHere`. Calls that wait add nothing to the longest wait, so that a cell changes only with its calls.
 */
export function queueCellOf(
  at: number,
  entries: Iterable<QueueEntry>,
  targets: QueueTargets,
): QueueCell {
  let { counts, answeredHere } = noQueueCell;
  for (const entry of entries) {
    if (quarterOf(entry.enteredAt) === at) counts = addCounts(counts, countsOf(entry, targets, 0));
    if (entry.end === 'answered' && isIn(at, entry.endedAt)) answeredHere += 1;
  }
  return { counts, answeredHere };
}

/** The cell of an agent and a queue, from what is theirs. */
export function agentCellOf(
  at: number,
  {
    entries,
    handles,
    ringNoAnswers,
  }: {
    entries: Iterable<QueueEntry>;
    handles: Iterable<Handle>;
    ringNoAnswers: Iterable<RingNoAnswer>;
  },
): AgentCounts {
  let counts = noAgentCounts;
  const add = (more: Partial<AgentCounts>) => {
    counts = addAgentCounts(counts, { ...noAgentCounts, ...more });
  };
  for (const entry of entries) {
    if (entry.end !== 'answered') continue;
    if (isIn(at, entry.enteredAt)) add({ answered: 1, transferred: entry.transferred ? 1 : 0 });
    if (isIn(at, entry.endedAt)) add({ answeredHere: 1 });
  }
  for (const handle of handles) if (isIn(at, handle.doneAt)) add(sumsOf(handle));
  for (const one of ringNoAnswers) if (isIn(at, one.at)) add({ ringNoAnswers: 1 });
  return counts;
}

function isIn(at: number, moment: number | null): boolean {
  return moment !== null && quarterOf(moment) === at;
}
