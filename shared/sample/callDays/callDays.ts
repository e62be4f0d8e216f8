import { mobileAt } from '../people/numbers.ts';
import { Random, weights } from '../random.ts';
import { streams } from '../size.ts';
import type { CallDay, CallDayPlan, IncomingCall } from './callDay.ts';
import type { CallCentre } from './centre.ts';
import { largeCentre } from './centres.ts';
import { curveOf, expectedOn, luckOf, momentsOn } from './demand.ts';
import { shareOut } from './draws.ts';
import { simulateDay } from './simulateDay.ts';

export interface CallHistoryOptions {
  /** Calls that come in, exactly so many; those that are dialled, about one to six of them, come on top. */
  calls: number;
  seed: number;
  /** The first home day, days since 1970-01-01. */
  fromDay: number;
  /** How many days; 91 are a quarter. */
  days: number;
  /** Of the centre; 20 where it is not given. */
  queues?: number;
}

/** What an incoming call is: `index` counts the day's calls from 0, not yet in the order of their times. */
export type CallSource = (
  index: number,
  random: Random,
) => Pick<IncomingCall, 'queueId' | 'number'>;

/** Outgoing calls against incoming ones. */
const dialledShare = 1 / 6;
const strangers = 6_000_000;

/** A centre that is as large as these calls need it to be. */
export function centreOf({ calls, fromDay, days, queues }: CallHistoryOptions): CallCentre {
  const usualDays = daysFrom(fromDay, days).reduce((sum, day) => sum + expectedOn(day), 0);
  return largeCentre(calls / Math.max(usualDays, 1), queues);
}

/**
 * A history of so many calls, one day after the other: the same options give the same days, and memory is that of
 * one day.
 */
export function* callDays(options: CallHistoryOptions): Generator<CallDay & { day: number }> {
  const { calls, seed, fromDay, days } = options;
  const centre = centreOf(options);
  const each = daysFrom(fromDay, days);
  const counts = shareOut(
    calls,
    each.map((day) => expectedOn(day) * luckOf(seed, day)),
  );
  const queueOf = weights(centre.queues.map(({ share, id }) => [share, id] as const));
  const anybody: CallSource = (_, random) => ({
    queueId: random.weighted(queueOf),
    number: random.chance(0.03) ? null : numberOf(random, seed),
  });
  for (const [index, day] of each.entries()) {
    const plan = planDay(centre, { seed, day, calls: counts[index] ?? 0 }, anybody, (random) =>
      numberOf(random, seed),
    );
    yield { day, ...simulateDay(plan) };
  }
}

function daysFrom(fromDay: number, days: number): number[] {
  return Array.from({ length: days }, (_, index) => fromDay + index);
}

function numberOf(random: Random, seed: number): string {
  return mobileAt(random.int(0, strangers), seed).normal;
}

/** Who calls when on a day, and whom somebody is to call. */
export function planDay(
  centre: CallCentre,
  { seed, day, calls }: { seed: number; day: number; calls: number },
  source: CallSource,
  toCall: (random: Random, index: number) => string,
): CallDayPlan {
  const random = new Random(seed, streams.callDays, 200_000 + day);
  const moments = new Map(
    centre.queues.map(({ id, tilt }) => [id, momentsOn(day, curveOf(tilt), random)]),
  );
  const incoming = Array.from({ length: calls }, (_, index): IncomingCall => {
    const what = source(index, random);
    return { ...what, at: moments.get(what.queueId)?.(random) ?? 0 };
  });
  const steady = momentsOn(day, curveOf('even'), random);
  const outgoing = Array.from({ length: Math.round(calls * dialledShare) }, (_, index) => ({
    at: steady(random),
    number: toCall(random, index),
  }));
  return { centre, seed, day, incoming, outgoing };
}
