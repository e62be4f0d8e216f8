import { EventEmitter } from 'node:events';
import type { ListenMode } from '#shared/domain/calls/listening.ts';
import type { PartStep } from './calls/chronicle.ts';
import type { RecordingSnapshot } from './calls/recording.ts';

/** Why a call is over. `abandoned`: the caller gave up waiting; `network`: the desk did not come back. */
export type CallEnd = 'caller' | 'agent' | 'abandoned' | 'network' | 'pbx' | 'merged';

interface OfCall {
  callRef: string;
  atMs: number;
}

interface OfAgent {
  extension: string;
  atMs: number;
}

/** What happens in the practice PBX, in the past tense; the payload is the first argument of a listener. */
export interface PracticeEventMap {
  agentRegistered: [OfAgent];
  agentUnregistered: [OfAgent & { cause: 'asked' | 'expired' | 'socket-lost' }];
  agentAvailabilityChanged: [
    OfAgent & { available: boolean; reason: string; by: 'desk' | 'control' },
  ];
  agentQueuesChanged: [OfAgent & { queues: string[]; penalties: Record<string, number> }];
  /** The desk registered again within the grace time; these calls go on over its new socket. */
  agentReturned: [OfAgent & { callRefs: string[] }];
  callEntered: [OfCall & { number: string; name: string; queue: string | null }];
  callOffered: [OfCall & { extension: string; waitedMs: number }];
  callDeclined: [
    OfCall & { extension: string; cause: 'refused' | 'unanswered' | 'lost'; statusCode?: number },
  ];
  /** `callerId`: the number shown outside, where the desk chose one that it may. */
  callDialled: [OfCall & { extension: string; number: string; callerId: string | null }];
  callAnswered: [OfCall & { extension: string; waitedMs: number }];
  /** The first audio packet of the desk arrived. */
  callHeard: [OfCall & { extension: string }];
  callHeld: [OfCall & { extension: string }];
  callResumed: [OfCall & { extension: string }];
  callDigit: [OfCall & { extension: string; digit: string; via: 'rtp' | 'info' }];
  callTransferred: [OfCall & { from: string; to: string; kind: 'blind' | 'attended' }];
  /** A desk came back and no longer knows this call; it may take it over now. */
  callForgotten: [OfCall & { extension: string }];
  /** A desk took its call over with a new INVITE (RFC 3891). */
  callTakenOver: [OfCall & { extension: string }];
  /** Somebody else than the agent who talked has the call now (a supervisor took it over). */
  callMoved: [OfCall & { from: string; to: string }];
  /** The one to whom a call was passed on did not take it: it rings again where it came from. */
  callReturned: [OfCall & { extension: string }];
  recordingChanged: [OfCall & RecordingSnapshot];
  listenerChanged: [
    OfCall & {
      id: string;
      supervisor: string;
      agent: string;
      mode: ListenMode;
      state: 'ringing' | 'on' | 'ended';
    },
  ];
  /** The PBX lost this call without a word to its desks. */
  callLost: [OfCall];
  callAbandoned: [OfCall & { waitedMs: number }];
  callEnded: [OfCall & { by: CallEnd; talkMs: number }];
  /** A caller waits in a queue; `entry` names this wait. */
  queueEntered: [OfCall & { entry: string; queue: string; number: string }];
  /** Without having been answered. */
  queueLeft: [OfCall & { queue: string; how: 'abandoned' | 'overflowed' }];
  /** What became of a desk's part of a call, which `part` names; `queue`: that rang it. */
  partChanged: [
    OfCall & { part: string; extension: string; number: string; queue: string | null } & PartStep,
  ];
  callersSwitched: [{ enabled: boolean; atMs: number }];
}

const names: Record<keyof PracticeEventMap, true> = {
  agentRegistered: true,
  agentUnregistered: true,
  agentAvailabilityChanged: true,
  agentQueuesChanged: true,
  agentReturned: true,
  callEntered: true,
  callOffered: true,
  callDeclined: true,
  callDialled: true,
  callAnswered: true,
  callHeard: true,
  callHeld: true,
  callResumed: true,
  callDigit: true,
  callTransferred: true,
  callForgotten: true,
  callTakenOver: true,
  callMoved: true,
  callReturned: true,
  recordingChanged: true,
  listenerChanged: true,
  callLost: true,
  callAbandoned: true,
  callEnded: true,
  queueEntered: true,
  queueLeft: true,
  partChanged: true,
  callersSwitched: true,
};

export const practiceEventNames = Object.keys(names) as (keyof PracticeEventMap)[];

export type PracticeEvents = EventEmitter<PracticeEventMap>;

export function practiceEvents(): PracticeEvents {
  return new EventEmitter<PracticeEventMap>({ captureRejections: false });
}
