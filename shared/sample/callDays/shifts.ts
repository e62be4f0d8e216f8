import { minuteMs } from '../history/days.ts';
import type { Random } from '../random.ts';
import type { AgentPlan, CallCentre } from './centre.ts';
import { meanHandleMs } from './centre.ts';
import {
  curveOf,
  expectedOn,
  openFrom,
  quarterMinutes,
  quartersOpen,
  startOfDay,
} from './demand.ts';

/** From and to in minutes of the home day. */
interface ShiftTimes {
  from: number;
  to: number;
}

/** One agent's day. Times in ms UTC. */
export interface Shift {
  agent: AgentPlan;
  from: number;
  to: number;
  /** In the order in which they are due; taken when the work at hand is done. */
  breaks: { at: number; lengthMs: number; reason: 'rest' | 'lunch' | 'training' | 'meeting' }[];
}

const fullDays: ShiftTimes[] = [480, 540, 600, 660].map((from) => ({ from, to: from + 540 }));
const halfDays: ShiftTimes[] = [480, 540, 780, 840, 960].map((from) => ({ from, to: from + 240 }));
const shiftKinds = [...fullDays, ...halfDays];

/** Pauses and talks beside the work take about a tenth. */
const atWork = 0.88;
/** Square-root staffing: so much beyond the bare load keeps the wait short. */
const reserve = 0.5;
/** Weekends and holidays, against a usual day. */
const quiet = 0.5;

/**
 * The shifts that cover what is expected of a group on a day with `expected` times the usual calls: one after the
 * other, each time the one that fills most gaps and wastes least.
 */
export function shiftsNeeded(centre: CallCentre, group: number, expected: number): ShiftTimes[] {
  const gaps = agentsNeeded(centre, group, expected);
  const chosen: ShiftTimes[] = [];
  while (gaps.some((gap) => gap > 0)) {
    const best = shiftKinds.reduce((a, b) => (worthOf(b, gaps) > worthOf(a, gaps) ? b : a));
    for (const quarter of quartersOf(best)) gaps[quarter] = (gaps[quarter] ?? 0) - 1;
    chosen.push(best);
  }
  return chosen.sort((a, b) => a.from - b.from || a.to - b.to);
}

function agentsNeeded(centre: CallCentre, group: number, expected: number): number[] {
  const { queues, usualCalls, leastOnDuty } = centre;
  const allShares = queues.reduce((sum, { share }) => sum + share, 0);
  const load = Array.from({ length: quartersOpen }, () => 0);
  for (const queue of queues.filter((one) => one.group === group)) {
    const workMs = ((usualCalls * expected * queue.share) / allShares) * meanHandleMs(queue);
    for (const [quarter, share] of curveOf(queue.tilt).entries()) {
      load[quarter] = (load[quarter] ?? 0) + (workMs * share) / (quarterMinutes * minuteMs);
    }
  }
  const least = expected < quiet ? Math.ceil(leastOnDuty * 0.75) : leastOnDuty;
  return load.map((erlangs) =>
    Math.max(least, Math.round((erlangs + reserve * Math.sqrt(erlangs)) / atWork)),
  );
}

function quartersOf({ from, to }: ShiftTimes): number[] {
  const first = (from - openFrom) / quarterMinutes;
  return Array.from({ length: (to - from) / quarterMinutes }, (_, index) => first + index);
}

/** Per quarter of an hour worked: 1 for one that fills a gap, and a little off for one that nobody needs. */
function worthOf(shift: ShiftTimes, gaps: readonly number[]): number {
  const quarters = quartersOf(shift);
  const filled = quarters.filter((quarter) => (gaps[quarter] ?? 0) > 0).length;
  return filled - 0.6 * (quarters.length - filled);
}

/** Who works when on a home day: people take turns, so that nobody works every day. */
export function shiftsOn(centre: CallCentre, day: number, random: Random): Shift[] {
  const groups = [...new Set(centre.queues.map(({ group }) => group))];
  return groups.flatMap((group) => {
    const agents = centre.agents.filter((agent) => agent.group === group);
    const needed = shiftsNeeded(centre, group, expectedOn(day)).slice(0, agents.length);
    const first = (day * 3) % agents.length;
    return needed.flatMap((times, index): Shift[] => {
      const agent = agents[(first + index) % agents.length];
      return agent ? [shiftOf(agent, times, startOfDay(day), random)] : [];
    });
  });
}

function shiftOf(agent: AgentPlan, times: ShiftTimes, midnight: number, random: Random): Shift {
  const from = midnight + times.from * minuteMs - random.int(-2 * minuteMs, 6 * minuteMs);
  const to = midnight + times.to * minuteMs;
  const isFull = times.to - times.from > 300;
  const breaks: Shift['breaks'] = [rest(times.from + random.int(75, 120), midnight, random)];
  if (isFull) {
    const lunchAt = random.int(Math.max(660, times.from + 150), Math.max(780, times.from + 240));
    const at = midnight + lunchAt * minuteMs;
    breaks.push({ at, lengthMs: random.int(38, 55) * minuteMs, reason: 'lunch' });
    breaks.push(rest(lunchAt + random.int(110, 160), midnight, random));
    if (random.chance(0.12)) {
      const reason = random.chance(0.5) ? 'training' : 'meeting';
      const later = midnight + (lunchAt + random.int(60, 100)) * minuteMs;
      breaks.push({ at: later, lengthMs: random.int(20, 45) * minuteMs, reason });
    }
  }
  return { agent, from, to, breaks: breaks.sort((a, b) => a.at - b.at) };
}

function rest(minute: number, midnight: number, random: Random): Shift['breaks'][number] {
  const at = midnight + minute * minuteMs;
  return { at, lengthMs: random.int(8, 16) * minuteMs, reason: 'rest' };
}
