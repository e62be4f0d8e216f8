import { type QueueEntry, waitMsOf } from './queueEntry.ts';

/** What the share of calls answered in time is a share of. */
export const levelDenominators = [
  'offeredWithoutShort',
  'answeredAndAbandoned',
  'answered',
] as const;
export type LevelDenominator = (typeof levelDenominators)[number];

/** What a queue is measured by; each queue has its own. */
export interface QueueTargets {
  /** A call is answered in time with a wait of at most so many ms. */
  answerWithinMs: number;
  /** Share of calls to be answered in time, 0..1. */
  level: number;
  /** Abandoned with a wait of less than so many ms counts as short. */
  shortAbandonMs: number;
  denominator: LevelDenominator;
}

export const usualTargets: QueueTargets = {
  answerWithinMs: 20_000,
  level: 0.8,
  shortAbandonMs: 5_000,
  denominator: 'offeredWithoutShort',
};

/**
 * Counts of the calls that entered a queue in an interval, whenever they were answered: an interval is a
 * cohort, so that no rate exceeds 1 and intervals sum to the day. Everything in it can be added, over
 * intervals and over queues, each queue having been counted by its own targets.
 */
export interface QueueCounts {
  offered: number;
  answered: number;
  abandoned: number;
  shortAbandoned: number;
  callBacks: number;
  overflowed: number;
  /** Ended while the line to the PBX was down: part of no rate. */
  unseen: number;
  /** Still in the queue: while there is one the interval is provisional. */
  waiting: number;
  answeredInTime: number;
  /** Denominator of the service level, by each queue's own choice. */
  levelBase: number;
  /** Sum of the waits of answered calls, ms. */
  answerWaitMs: number;
  /** Abandoned calls and those that still wait included; the only one that is not a sum. */
  longestWaitMs: number;
  transferred: number;
}

export const noCounts: QueueCounts = {
  offered: 0,
  answered: 0,
  abandoned: 0,
  shortAbandoned: 0,
  callBacks: 0,
  overflowed: 0,
  unseen: 0,
  waiting: 0,
  answeredInTime: 0,
  levelBase: 0,
  answerWaitMs: 0,
  longestWaitMs: 0,
  transferred: 0,
};

/** What one entry adds. */
export function countsOf(entry: QueueEntry, targets: QueueTargets, now: number): QueueCounts {
  const waitMs = waitMsOf(entry, now);
  const one: QueueCounts = { ...noCounts, offered: 1, longestWaitMs: waitMs };
  if (entry.end === 'answered') {
    one.answered = 1;
    one.answerWaitMs = waitMs;
    one.answeredInTime = waitMs <= targets.answerWithinMs ? 1 : 0;
    one.transferred = entry.transferred ? 1 : 0;
  }
  if (entry.end === 'abandoned') {
    one.abandoned = 1;
    one.shortAbandoned = waitMs < targets.shortAbandonMs ? 1 : 0;
  }
  if (entry.end === 'callBack') one.callBacks = 1;
  if (entry.end === 'overflowed') one.overflowed = 1;
  if (entry.end === 'unseen') one.unseen = 1;
  if (entry.end === null) one.waiting = 1;
  one.levelBase = levelBaseOf(one, targets.denominator);
  return one;
}

function levelBaseOf(counts: QueueCounts, denominator: LevelDenominator): number {
  const { offered, answered, abandoned, shortAbandoned, unseen } = counts;
  if (denominator === 'answered') return answered;
  if (denominator === 'answeredAndAbandoned') return answered + abandoned;
  return offered - shortAbandoned - unseen;
}

/** Sums; of the longest wait the longer. */
export function addCounts(a: QueueCounts, b: QueueCounts): QueueCounts {
  const sum = { ...a };
  for (const name of Object.keys(noCounts) as (keyof QueueCounts)[]) sum[name] = a[name] + b[name];
  sum.longestWaitMs = Math.max(a.longestWaitMs, b.longestWaitMs);
  return sum;
}

/** Counts of all entries of one queue. */
export function countEntries(
  entries: Iterable<QueueEntry>,
  targets: QueueTargets,
  now: number,
): QueueCounts {
  let counts = noCounts;
  for (const entry of entries) counts = addCounts(counts, countsOf(entry, targets, now));
  return counts;
}

/** Rates of counts, 0..1; null where there is nothing to divide by. */
export interface QueueRates {
  /** Answered in time ÷ denominator, such as 80/20. */
  serviceLevel: number | null;
  /** Average speed of answer: mean wait of answered calls, ms. */
  answerSpeedMs: number | null;
  /** Abandoned ÷ offered. */
  abandonRate: number | null;
  /** The same without short abandons: (abandoned - short) ÷ (offered - short). */
  abandonRateWithoutShort: number | null;
  /** Answered calls that the agent passed on ÷ answered. */
  transferRate: number | null;
}

/**
 * Rates of added counts: of sums, so never a mean of rates. Entries whose end nobody saw are no offered calls
 * here.
 */
export function ratesOf(counts: QueueCounts): QueueRates {
  const { answered, abandoned, shortAbandoned } = counts;
  const offered = counts.offered - counts.unseen;
  return {
    serviceLevel: share(counts.answeredInTime, counts.levelBase),
    answerSpeedMs: share(counts.answerWaitMs, answered),
    abandonRate: share(abandoned, offered),
    abandonRateWithoutShort: share(abandoned - shortAbandoned, offered - shortAbandoned),
    transferRate: share(counts.transferred, answered),
  };
}

/** `part` ÷ `whole`; null where there is nothing to divide by. */
export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
