import type { CallEvent } from '../../domain/metrics/callEvents.ts';
import type { CallCentre } from './centre.ts';
import type { Journey } from './journey.ts';

export interface IncomingCall {
  queueId: string;
  /** ms UTC, while the lines are open. */
  at: number;
  /** E.164; null: withheld. */
  number: string | null;
}

/** A call that somebody is to make when there is time for it. */
export interface OutgoingCall {
  at: number;
  number: string;
}

export interface CallDay {
  /** In the order of their times. */
  events: CallEvent[];
  /** In the order in which they began. */
  journeys: Journey[];
}

export interface CallDayPlan {
  centre: CallCentre;
  seed: number;
  /** Home day, days since 1970-01-01. */
  day: number;
  incoming: readonly IncomingCall[];
  outgoing: readonly OutgoingCall[];
}
