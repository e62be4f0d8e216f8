import type { CallReport } from '#shared/domain/calls/callQuality.ts';
import type { PhoneLeg } from '../../phone.ts';

/** What a report says of the audio; the course of the states comes from the leg. */
export type AudioReport = Omit<CallReport, 'states'>;

const mostStates = 200;
const unmeasured: AudioReport = {
  codec: null,
  path: null,
  mos: null,
  packetsReceived: 0,
  packetsLost: 0,
  jitterMs: null,
  roundTripMs: null,
  poorMs: 0,
};

/** The states that a leg went through, with their times. */
export class Course {
  #states: CallReport['states'] = [];
  #wasUp = false;

  /** `at` in ms UTC. Past 200 entries only the last one follows the call. */
  enter(state: PhoneLeg['state'], at: number): void {
    if (state === 'talking') this.#wasUp = true;
    this.#states = [...this.#states.slice(0, mostStates - 1), { state, at }];
  }

  /** Null for a leg that was never up. */
  report(audio: AudioReport | null): CallReport | null {
    return this.#wasUp ? { ...(audio ?? unmeasured), states: this.#states } : null;
  }
}
