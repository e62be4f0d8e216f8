import type { PhoneStatus } from '#shared/contract/models.ts';
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
  /** Set when ended. `rejected`: turned away here; `elsewhere`: RFC 3326 "completed elsewhere". */
  end: {
    by: 'agent' | 'customer' | 'system';
    how: 'completed' | 'cancelled' | 'elsewhere' | 'rejected' | 'failed';
    failure: Failure | null;
  } | null;
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
  answer(leg: string): Promise<Result<null>>;
  reject(leg: string, how: 'busy' | 'decline'): Promise<Result<null>>;
  hangUp(leg: string): Promise<Result<null>>;
  mute(leg: string, on: boolean): Promise<Result<null>>;
  hold(leg: string, on: boolean): Promise<Result<null>>;
  sendDigits(leg: string, digits: string): Promise<Result<null>>;
  /** `target`: digits with optional leading `+`, or an extension. */
  dial(target: string): Promise<Result<PhoneLeg>>;
  /** Tells the PBX's queues whether to offer calls (SIP MESSAGE); repeated after every registration. */
  setAvailability(
    availability: { ready: true } | { ready: false; reason: string },
  ): Promise<Result<null>>;
  /** Try to register now (after wake-up, network change, or the agent's wish). */
  retry(): void;
}
