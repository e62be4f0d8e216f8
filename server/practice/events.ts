import { EventEmitter } from 'node:events';

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
  agentAvailabilityChanged: [OfAgent & { available: boolean; reason: string }];
  /** The desk registered again within the grace time; these calls go on over its new socket. */
  agentReturned: [OfAgent & { callRefs: string[] }];
  callEntered: [OfCall & { number: string; name: string; queue: string }];
  callOffered: [OfCall & { extension: string; waitedMs: number }];
  callDeclined: [
    OfCall & { extension: string; cause: 'refused' | 'unanswered' | 'lost'; statusCode?: number },
  ];
  callDialled: [OfCall & { extension: string; number: string }];
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
  callAbandoned: [OfCall & { waitedMs: number }];
  callEnded: [OfCall & { by: CallEnd; talkMs: number }];
  callersSwitched: [{ enabled: boolean; atMs: number }];
}

export type PracticeEvents = EventEmitter<PracticeEventMap>;

export function practiceEvents(): PracticeEvents {
  return new EventEmitter<PracticeEventMap>({ captureRejections: false });
}
