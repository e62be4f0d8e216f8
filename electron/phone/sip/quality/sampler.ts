import type { MediaStats } from '#shared/contract/media.ts';
import {
  audioReport,
  type CallQuality,
  type CallReport,
  interrupted,
  noQuality,
  shownQuality,
  withSample,
} from '#shared/domain/calls/callQuality.ts';

export interface Measured {
  /** As it is shown: what nobody can tell apart is equal. */
  quality: CallQuality;
  audio: Omit<CallReport, 'states'>;
}

/** Nearer looks say too little of a moment, ms. */
const leastSpanMs = 500;

/** Makes measurements of the counters of a call's audio, out of what changed between two looks. */
export class Sampler {
  #course = noQuality;
  #path: string | null = null;
  #shown: CallQuality | null = null;
  #last: { session: string; stats: MediaStats; at: number } | null = null;

  /** Null for the first look at a peer connection; `at` in ms UTC. */
  take(session: string, stats: MediaStats, at: number): Measured | null {
    this.#path = stats.path ?? this.#path;
    const last = this.#last;
    if (last?.session === session && at - last.at < leastSpanMs) return null;
    this.#last = { session, stats, at };
    if (!last || last.session !== session) return null;
    const packetsReceived = stats.packetsReceived - last.stats.packetsReceived;
    if (packetsReceived < 0) return null;
    const sample = {
      codec: stats.codec,
      packetsReceived,
      // A packet that came late after all is taken off again by the browser.
      packetsLost: Math.max(0, stats.packetsLost - last.stats.packetsLost),
      jitterMs: stats.jitterMs,
      roundTripMs: stats.roundTripMs,
    };
    this.#course = withSample(this.#course, sample, at, at - last.at);
    return this.#measured();
  }

  /** Nobody listens for a while: on hold, during a repair. What is told then has no warning any more. */
  pause(): Measured | null {
    this.#last = null;
    this.#course = interrupted(this.#course);
    return this.#measured();
  }

  #measured(): Measured | null {
    const { now } = this.#course;
    if (!now) return null;
    this.#shown = shownQuality(now, this.#shown);
    return { quality: this.#shown, audio: audioReport(this.#course, this.#path) };
  }
}
