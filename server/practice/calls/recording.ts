import type { Clock } from '../clock.ts';
import { frameMs } from '../media/ulaw.ts';

export type RecordingState = 'off' | 'on' | 'paused';

export interface RecordingGap {
  fromMs: number;
  /** Null while it lasts. */
  toMs: number | null;
}

export interface RecordingSnapshot {
  state: RecordingState;
  /** How much was recorded; stands still in a gap. */
  recordedMs: number;
  gaps: RecordingGap[];
}

/** What is recorded of a call: how much of it, and where the gaps are. The practice PBX keeps no voices. */
export class Recording {
  #clock: Clock;
  #state: RecordingState = 'off';
  #frames = 0;
  #gaps: RecordingGap[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get state(): RecordingState {
    return this.#state;
  }

  get snapshot(): RecordingSnapshot {
    return {
      state: this.#state,
      recordedMs: this.#frames * frameMs,
      gaps: this.#gaps.map((gap) => ({ ...gap })),
    };
  }

  start(): void {
    if (this.#state === 'off') this.#state = 'on';
  }

  /** False where nothing is recorded. */
  set(state: 'on' | 'paused'): boolean {
    if (this.#state === 'off') return false;
    if (state === this.#state) return true;
    const now = this.#clock.now();
    const open = this.#gaps.at(-1);
    if (state === 'paused') this.#gaps.push({ fromMs: now, toMs: null });
    else if (open) open.toMs = now;
    this.#state = state;
    return true;
  }

  /** 20 ms of the call have passed. */
  tick(): void {
    if (this.#state === 'on') this.#frames += 1;
  }
}
