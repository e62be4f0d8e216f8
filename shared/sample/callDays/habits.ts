import { minuteMs } from '../history/days.ts';
import { type Random, weights } from '../random.ts';
import { afterCallSpread, type QueuePlan, talkSpread } from './centre.ts';
import { aroundMs } from './draws.ts';
import type { Seat } from './floor.ts';
import type { CallPart } from './journey.ts';

export const enders = weights<CallPart['endedBy']>([
  [62, 'customer'],
  [36.5, 'agent'],
  [1.5, 'system'],
]);

/** Shares of calls and offers, 0..1. */
export const rates = {
  ringsOut: 0.022,
  holds: 0.18,
  transfers: 0.055,
  wantsCallBack: 0.05,
  hasNoPatience: 0.05,
  reached: 0.74,
};
export const times = {
  ringsOutMs: 20_000,
  callBackOfferedMs: 60_000,
  /** After a call has rung out, until the agent is back. */
  missedBreakMs: 60_000,
};

/** How long a caller waits before giving up, ms: a few hardly at all. */
export function patienceOf(queue: QueuePlan, random: Random): number {
  if (random.chance(rates.hasNoPatience)) return random.int(900, 14_000);
  return aroundMs(random, queue.patienceMs, 0.7) + 6_000;
}

/** Time of the talk of a queue's call with an agent of this pace, ms. */
export function talkMsOf(queue: QueuePlan, pace: number, random: Random): number {
  const drawn = aroundMs(random, queue.talkMs * pace, talkSpread);
  return Math.min(40 * minuteMs, Math.max(8_000, drawn));
}

export function afterCallMsOf(queue: QueuePlan, pace: number, random: Random): number {
  return Math.max(2_000, aroundMs(random, queue.afterCallMs * pace, afterCallSpread));
}

/** Most callers are not put on hold. */
export function heldMsOf(random: Random): number {
  return random.chance(rates.holds) ? Math.min(300_000, aroundMs(random, 38_000, 0.7)) : 0;
}

/** An agent's part of a call that came to nothing there. */
export function unanswered(
  seat: Seat,
  queueId: string | null,
  offeredAt: number,
  endedAt: number,
  waitedMs: number,
): Omit<CallPart, 'result'> {
  return {
    ...{ agentId: seat.agent.id, queueId, offeredAt, endedAt, waitedMs },
    ...{ answeredAt: null, endedBy: 'customer', heldMs: 0, transferredTo: null, doneAt: null },
  };
}
