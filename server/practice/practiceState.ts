import type { Call, CallState } from './calls/call.ts';
import type { Exchange } from './calls/exchange.ts';
import type { MediaCounters } from './media/mediaLeg.ts';

export interface AgentSnapshot {
  extension: string;
  name: string;
  queues: string[];
  registered: boolean;
  available: boolean;
  pauseReason: string;
  inCall: boolean;
}

export interface LegSnapshot extends MediaCounters {
  extension: string;
  answered: boolean;
  held: boolean;
}

export interface CallSnapshot {
  callRef: string;
  direction: 'inbound' | 'outbound';
  state: CallState;
  number: string;
  name: string;
  queue: string | null;
  waitedMs: number;
  legs: LegSnapshot[];
}

/** All that goes on in the practice PBX at one moment; plain JSON. */
export interface PracticeState {
  callersEnabled: boolean;
  agents: AgentSnapshot[];
  calls: CallSnapshot[];
}

export function practiceState(exchange: Exchange, callersEnabled: boolean): PracticeState {
  const { agents } = exchange;
  return {
    callersEnabled,
    agents: agents.all.map((agent) => ({
      extension: agent.account.extension,
      name: agent.account.name,
      queues: agent.account.queues,
      registered: agent.connection !== undefined,
      available: agents.isAvailable(agent),
      pauseReason: agent.pauseReason,
      inCall: [...agent.legs].some((leg) => leg.isAnswered),
    })),
    calls: exchange.calls.map((call) => callSnapshot(call, exchange.context.clock.now())),
  };
}

function callSnapshot(call: Call, nowMs: number): CallSnapshot {
  return {
    callRef: call.ref,
    direction: call.direction,
    state: call.state,
    number: call.number,
    name: call.direction === 'inbound' ? call.caller.name : '',
    queue: call.queueId ?? null,
    waitedMs: (call.answeredAtMs ?? nowMs) - call.enteredAtMs,
    legs: call.legs.map((leg) => ({
      extension: leg.extension,
      answered: leg.isAnswered,
      held: leg.media.isHeld,
      ...leg.media.counters,
    })),
  };
}
