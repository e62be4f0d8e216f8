import type { Clock } from '../clock.ts';
import { frameMs, silentFrame } from '../media/ulaw.ts';
import type { WaveFile } from '../media/waveFile.ts';

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

/** Nobody spoke with anybody for longer than that: what is missing is filled up with silence. */
const lateFrames = 25;
const mostMissingFrames = 90_000;

/**
 * What is recorded of a call: how much of it, and where the gaps are. Where there is a file, it goes on with silence in
 * gaps and while the caller waits for the next agent, so that its times are those of the call.
 */
export class Recording {
  #clock: Clock;
  #state: RecordingState = 'off';
  #frames = 0;
  #gaps: RecordingGap[] = [];
  #file: WaveFile | null = null;
  #startedAtMs = 0;
  #written = 0;

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

  /** Without a file nothing is kept of what is said. */
  start(file: WaveFile | null = null): void {
    if (this.#state !== 'off') return;
    this.#state = 'on';
    this.#file = file;
    this.#startedAtMs = this.#clock.now();
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

  /** 20 ms of the call have passed, in which `said` was to be heard. */
  tick(said: () => Uint8Array): void {
    if (this.#state === 'on') this.#frames += 1;
    if (!this.#file || this.#state === 'off') return;
    const passed = Math.floor((this.#clock.now() - this.#startedAtMs) / frameMs);
    const missing = passed - 1 - this.#written;
    if (missing > lateFrames) this.#write(Math.min(mostMissingFrames, missing), () => silentFrame);
    this.#write(1, this.#state === 'on' ? said : () => silentFrame);
  }

  /** The call is over. */
  end(): void {
    const file = this.#file;
    this.#file = null;
    file?.close().catch(() => undefined);
  }

  #write(count: number, frame: () => Uint8Array): void {
    for (let left = count; left > 0; left -= 1) this.#file?.write(frame());
    this.#written += count;
  }
}
