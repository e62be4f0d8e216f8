import type { Agent } from './calls/agents.ts';
import type { Call, CallState } from './calls/call.ts';
import type { EntrySnapshot, PartSnapshot } from './calls/chronicle.ts';
import type { Exchange } from './calls/exchange.ts';
import type { ListenerSnapshot, Listening } from './calls/listening.ts';
import type { RecordingSnapshot } from './calls/recording.ts';
import type { WaitingRoom } from './calls/waitingRoom.ts';
import type { MediaCounters } from './media/mediaLeg.ts';

export interface AgentSnapshot {
  extension: string;
  name: string;
  queues: string[];
  /** By queue, where it is not 0: the lowest are asked first. */
  penalties: Record<string, number>;
  registered: boolean;
  /** Would be offered a caller of its queues now. */
  available: boolean;
  /** The queues pass this member by, with the reason below. */
  paused: boolean;
  pauseReason: string;
  inCall: boolean;
  /** References of the calls that this agent is part of or rung for. */
  callRefs: string[];
}

export interface QueueSnapshot {
  id: string;
  name: string;
  waiting: number;
  /** Extensions. */
  members: string[];
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
  /** ms UTC. */
  enteredAtMs: number;
  answeredAtMs: number | null;
  waitedMs: number;
  /** Extension that passed the call on. */
  transferredBy: string | null;
  /** The number of the centre shown to whom a desk dialled. */
  callerId: string | null;
  recording: RecordingSnapshot;
  legs: LegSnapshot[];
}

/** All that goes on in the practice PBX at one moment; plain JSON. */
export interface PracticeState {
  /** Number of the newest event that is part of it. */
  sequence: number;
  callersEnabled: boolean;
  agents: AgentSnapshot[];
  queues: QueueSnapshot[];
  listeners: ListenerSnapshot[];
  calls: CallSnapshot[];
  /** Callers in queues. */
  waiting: EntrySnapshot[];
  /** Desks in calls, ringing ones too. */
  parts: PartSnapshot[];
}

export interface StateSources {
  exchange: Exchange;
  waitingRoom: WaitingRoom;
  listening: Listening;
  callersEnabled: boolean;
  sequence: number;
}

export function practiceState(of: StateSources): PracticeState {
  const { exchange, waitingRoom, callersEnabled, sequence } = of;
  const { agents, context } = exchange;
  return {
    sequence,
    callersEnabled,
    agents: agents.all.map((agent) => ({
      extension: agent.account.extension,
      name: agent.account.name,
      queues: [...agent.queues],
      penalties: Object.fromEntries(agent.penalties),
      registered: agent.connection !== undefined,
      available: agents.isAvailable(agent),
      paused: !agent.ready,
      pauseReason: agent.pauseReason,
      inCall: [...agent.legs].some((leg) => leg.isAnswered),
      callRefs: [...agent.legs].flatMap((leg) => exchange.callOf(leg)?.ref ?? []),
    })),
    queues: context.settings.queues.map(({ id, name }) => ({
      id,
      name,
      waiting: waitingRoom.countIn(id),
      members: agents.all.filter(({ queues }) => queues.includes(id)).map(extensionOf),
    })),
    listeners: of.listening.all,
    calls: exchange.calls.map((call) => callSnapshot(call, context.clock.now())),
    waiting: exchange.chronicle.entries,
    parts: exchange.chronicle.parts,
  };
}

function extensionOf({ account }: Agent): string {
  return account.extension;
}

function callSnapshot(call: Call, nowMs: number): CallSnapshot {
  return {
    callRef: call.ref,
    direction: call.direction,
    state: call.state,
    number: call.number,
    name: call.direction === 'inbound' ? call.caller.name : '',
    queue: call.queueId ?? null,
    enteredAtMs: call.enteredAtMs,
    answeredAtMs: call.answeredAtMs ?? null,
    transferredBy: call.transferredBy ?? null,
    callerId: call.callerId ?? null,
    recording: call.recording.snapshot,
    waitedMs: (call.answeredAtMs ?? nowMs) - call.enteredAtMs,
    legs: call.legs.map((leg) => ({
      extension: leg.extension,
      answered: leg.isAnswered,
      held: leg.media.isHeld,
      ...leg.media.counters,
    })),
  };
}
