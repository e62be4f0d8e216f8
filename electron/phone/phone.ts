import type { PhoneStatus } from '#shared/contract/models/desk.ts';
import type { CallQuality, CallReport } from '#shared/domain/calls/callQuality.ts';
import type { Failure, Result } from '#shared/result.ts';
import type { PhoneAccount } from '#shared/sync/messages.ts';

/** A call as the phone sees it. `leg` names one SIP dialog on this desk; it survives a media repair. */
export interface PhoneLeg {
  leg: string;
  direction: 'in' | 'out';
  state: 'ringing' | 'dialling' | 'connecting' | 'talking' | 'held' | 'ended';
  /** Number as it stands in P-Asserted-Identity or From (RFC 3325 §9.1), capped at 500 characters. */
  number: string;
  name: string | null;
  /** The PBX's reference of the caller's journey (X-Call-Ref), else the SIP Call-ID. */
  callRef: string;
  queueId: string | null;
  waitedMs: number | null;
  muted: boolean;
  media: 'none' | 'connecting' | 'connected' | 'lost';
  /** Its audio is mixed with that of the other legs of the conference. */
  conference: boolean;
  /** A REFER of this leg is under way. */
  transferring: boolean;
  /** Extension or number of the colleague who passed the call on (X-Transferred-By, Referred-By). */
  transferredBy: string | null;
  /** The PBX asks to take the call without ringing (`Call-Info: …;answer-after=0`, `Alert-Info: …info=alert-autoanswer`). */
  autoAnswer: boolean;
  /**
   * Extension of the agent into whose call the PBX lets this desk (`X-Listen`); null for every other call.
   * Such a leg is no customer's call, and is taken only where this desk asked for it.
   */
  listening: string | null;
  /** Newest measurement of a leg that is up; null before the first. */
  quality: CallQuality | null;
  /** Set when ended. `rejected`: turned away here; `elsewhere`: RFC 3326 "completed elsewhere". */
  end: {
    by: 'agent' | 'customer' | 'system';
    how: 'completed' | 'transferred' | 'cancelled' | 'elsewhere' | 'rejected' | 'failed';
    failure: Failure | null;
    /** Codec, path, averages and the times of the states; null for a leg that was never up. */
    report: CallReport | null;
  } | null;
}

export interface DialOptions {
  /** Number to show the called side, where the PBX allows a choice; in P-Preferred-Identity (RFC 3325 §9.2). */
  callerId?: string | undefined;
}

/** What differs from PBX to PBX; from the configuration of the centre. */
export interface PhoneRules {
  /** RFC 4733 in the audio, or SIP INFO `application/dtmf-relay`. */
  digits: 'rtp' | 'info';
  /** Offers that may wait beside a call; one more is answered 486. */
  waitingCalls: number;
}

export type PhoneEvent =
  | { type: 'status'; status: PhoneStatus }
  /** `wireAt`: ms UTC at which the INVITE came off the socket. */
  | { type: 'offered'; leg: PhoneLeg; wireAt: number }
  | { type: 'changed'; leg: PhoneLeg };

/** The phone behind which the SIP library hides. Errors are values; no method throws. */
export interface Phone {
  start(account: PhoneAccount): void;
  /** Unregisters, ends calls, closes the socket; resolves within 2 s whatever the PBX does. */
  stop(): Promise<void>;
  status(): PhoneStatus;
  legs(): PhoneLeg[];
  listen(listener: (event: PhoneEvent) => void): () => void;
  follow(rules: PhoneRules): void;
  /** One call is active at a time: answering, dialling and resuming hold the active one first. */
  answer(leg: string): Promise<Result<null>>;
  reject(leg: string, how: 'busy' | 'decline'): Promise<Result<null>>;
  hangUp(leg: string): Promise<Result<null>>;
  mute(leg: string, on: boolean): Promise<Result<null>>;
  hold(leg: string, on: boolean): Promise<Result<null>>;
  sendDigits(leg: string, digits: string): Promise<Result<null>>;
  /** `target`: digits with optional leading `+`, an extension, or a queue's id. */
  dial(target: string, options?: DialOptions): Promise<Result<PhoneLeg>>;
  /**
   * Blind transfer (REFER, RFC 3515, RFC 5589 §6): resolves once the PBX tells that the target was reached or
   * refused; after a refusal the call stays as it was. Codes as for a dialled number, transfer-refused (details.status
   * where the PBX gave one), phone-unreachable (the outcome is not known) and call-state.
   */
  transfer(leg: string, target: string): Promise<Result<null>>;
  /** Attended transfer (REFER with Replaces, RFC 5589 §7): joins the far sides of two legs and leaves both. */
  join(leg: string, other: string): Promise<Result<null>>;
  /** Mixes the audio of these legs in the media page, resuming those on hold; fewer than two ends the conference. */
  confer(legs: string[]): Promise<Result<null>>;
  /**
   * Tells the PBX's queues whether to offer calls (SIP MESSAGE): after every registration, and again where it was not
   * taken, until something else is told. The result is that of the first try.
   */
  setAvailability(
    availability: { ready: true } | { ready: false; reason: string },
  ): Promise<Result<null>>;
  /** Try to register now (after wake-up, network change, or the agent's wish). */
  retry(): void;
  /** The machine sleeps from now on: nothing is tried until `resume`. */
  suspend(): void;
  resume(): void;
}
