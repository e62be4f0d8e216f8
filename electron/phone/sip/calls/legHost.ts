import type { Session, UserAgent } from 'sip.js';
import type { Clock, Log } from '#electron/core/providers.ts';
import type { Leg } from './leg.ts';
import type { LegMedia, MediaSource } from './sessionDescriptionHandler.ts';

/** What the legs need of the phone they belong to. */
export interface LegHost extends MediaSource {
  clock: Clock;
  log: Log;
  userAgent: UserAgent;
  /** In [0, 1). */
  random(): number;
  isConnected(): boolean;
  isRegistered(): boolean;
  /** A new peer connection's handler, under a name of its own. */
  newMedia(hold: boolean): LegMedia;
  /** The handler that the SIP library shall use for this session. */
  describeWith(session: Session, media: LegMedia): void;
  /** Runs the action now, or after the next registration while the socket is gone. */
  whenRegistered(action: () => void): void;
  /** Hears of every loss of the socket until the returned function is called. */
  onSocketLost(listener: () => void): () => void;
  changed(leg: Leg): void;
  /** The leg's media is gone and wants a new dialog. */
  repair(leg: Leg): void;
}
