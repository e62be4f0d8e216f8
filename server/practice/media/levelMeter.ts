import { decodeSample } from './ulaw.ts';

/** Above this root mean square a frame counts as sound: about -42 dB below full scale. */
const soundRms = 250;

export interface Level {
  /** Root mean square of the last frame, 0 to 32767. */
  rms: number;
  /** The loudest frame so far, root mean square. */
  peakRms: number;
  /** Frames that carried sound, 20 ms each. */
  soundFrames: number;
}

/** Measures what a leg hears, so that "real audio arrived" can be shown and tested. */
export class LevelMeter {
  #level: Level = { rms: 0, peakRms: 0, soundFrames: 0 };

  hear(frame: Uint8Array): void {
    let sum = 0;
    for (const byte of frame) sum += decodeSample(byte) ** 2;
    const rms = frame.length === 0 ? 0 : Math.round(Math.sqrt(sum / frame.length));
    this.#level = {
      rms,
      peakRms: Math.max(rms, this.#level.peakRms),
      soundFrames: this.#level.soundFrames + (rms >= soundRms ? 1 : 0),
    };
  }

  get level(): Level {
    return this.#level;
  }
}
