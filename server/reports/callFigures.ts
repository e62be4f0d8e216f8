import {
  type AgentCounts,
  addAgentCounts,
  noAgentCounts,
} from '#shared/domain/metrics/agentFigures.ts';
import {
  type AgentTime,
  addTime,
  noTime,
  occupancyOf,
  signedInMs,
} from '#shared/domain/metrics/agentTime.ts';
import { type HandleSums, handleTimeMs } from '#shared/domain/metrics/handling.ts';
import {
  addCounts,
  noCounts,
  type QueueCounts,
  ratesOf,
  share,
} from '#shared/domain/metrics/queueFigures.ts';
import type { Cells, Sums } from './tables.ts';

/** Everything of calls that can be added. */
export interface CallSums {
  counts: QueueCounts;
  answeredHere: number;
  agents: AgentCounts;
  /** Null where it is not known: time belongs to no queue. */
  time: AgentTime | null;
}

export const noCalls: CallSums = {
  counts: noCounts,
  answeredHere: 0,
  agents: noAgentCounts,
  time: null,
};

export function addCalls(a: CallSums, b: CallSums): CallSums {
  return {
    counts: addCounts(a.counts, b.counts),
    answeredHere: a.answeredHere + b.answeredHere,
    agents: addAgentCounts(a.agents, b.agents),
    time: a.time && b.time ? addTime(a.time, b.time) : (a.time ?? b.time),
  };
}

function handleCells(sums: HandleSums): Cells {
  const { handled, talkMs, holdMs, afterCallMs, dialMs } = sums;
  return {
    handled,
    handleTime: handleTimeMs(sums),
    talkTime: share(talkMs, handled),
    holdTime: share(holdMs, handled),
    afterCallTime: share(afterCallMs, handled),
    dialTime: share(dialMs, handled),
  };
}

/** Columns of agents' time, ms, and occupancy, 0..1; none where time is not asked for. */
export function timeCells(time: AgentTime | null): Cells {
  if (time === null) return {};
  return {
    signedInTime: signedInMs(time),
    breakTime: time.break,
    readyTime: time.ready,
    ringingTime: time.ringing,
    onCallTime: time.onCall,
    wrapUpTime: time.wrapUp,
    occupancy: occupancyOf(time),
  };
}

/** Of queues: what entered them, and the work it made. */
export const queueSums: Sums<CallSums> = {
  nothing: noCalls,
  add: addCalls,
  isProvisional: ({ counts }) => counts.waiting > 0,
  cells({ counts, answeredHere, agents }) {
    const rates = ratesOf(counts);
    return {
      ...counts,
      serviceLevel: rates.serviceLevel,
      answerSpeed: rates.answerSpeedMs,
      longestWait: counts.offered === 0 ? null : counts.longestWaitMs,
      abandonRate: rates.abandonRate,
      abandonRateWithoutShort: rates.abandonRateWithoutShort,
      transferRate: rates.transferRate,
      answeredHere,
      ...handleCells(agents),
      ringNoAnswers: agents.ringNoAnswers,
    };
  },
};

/** Of agents: what they answered, and how their time went. */
export const agentSums: Sums<CallSums> = {
  nothing: noCalls,
  add: addCalls,
  isProvisional: () => false,
  cells({ agents, time }) {
    const { answered, transferred } = agents;
    return {
      answered,
      transferred,
      transferRate: ratesOf({ ...noCounts, answered, transferred }).transferRate,
      answeredHere: agents.answeredHere,
      ringNoAnswers: agents.ringNoAnswers,
      ...handleCells(agents),
      ...timeCells(time ?? noTime),
    };
  },
};
