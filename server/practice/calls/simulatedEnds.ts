import type { Clock } from '../clock.ts';
import { FrameQueue } from '../media/frameQueue.ts';
import { frameMs, silentFrame, toneFrames } from '../media/ulaw.ts';
import type { Voice } from '../media/voices.ts';
import type { Endpoint } from './endpoint.ts';

/** Someone who says a phrase again and again, takes leave after a while and hangs up. */
export class Person implements Endpoint {
  #voice: Voice;
  #pauseFrames: number;
  #talkMs: number;
  #clock: Clock;
  #onLeave: () => void;
  #position = 0;
  #script: readonly Buffer[];
  #leaving = false;
  #cancelTimer: (() => void) | undefined;

  constructor(options: {
    voice: Voice;
    talkMs: number;
    pauseMs: number;
    clock: Clock;
    onLeave: () => void;
  }) {
    this.#voice = options.voice;
    this.#script = options.voice.phrase;
    this.#talkMs = options.talkMs;
    this.#pauseFrames = Math.ceil(options.pauseMs / frameMs);
    this.#clock = options.clock;
    this.#onLeave = options.onLeave;
  }

  /** The talk time runs from the first call of this; further calls (after a transfer) change nothing. */
  startTalking(): void {
    this.#cancelTimer ??= this.#clock.after(this.#talkMs, () => this.#takeLeave());
  }

  next(): Buffer | undefined {
    const frame = this.#script[this.#position];
    this.#position += 1;
    if (!this.#leaving && this.#position >= this.#script.length + this.#pauseFrames) {
      this.#position = 0;
    }
    return frame;
  }

  hear(): void {
    return;
  }

  hangUp(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = () => undefined;
  }

  #takeLeave(): void {
    this.#leaving = true;
    this.#script = this.#voice.goodbye;
    this.#position = 0;
    this.#cancelTimer = this.#clock.after(this.#script.length * frameMs, () => this.#onLeave());
  }
}

/** Says back what it hears. */
export class EchoTest implements Endpoint {
  #frames = new FrameQueue();

  next(): Buffer | undefined {
    return this.#frames.next();
  }

  hear(frame: Buffer): void {
    if (frame !== silentFrame) this.#frames.push(frame);
  }

  hangUp(): void {
    this.#frames.clear();
  }
}

/** 1000 Hz at one milliwatt (0 dBm0, ITU-T G.711 table 5). */
const milliwatt = toneFrames(1000, 22_300, 1);

export class TestTone implements Endpoint {
  next(): Buffer | undefined {
    return milliwatt[0];
  }

  hear(): void {
    return;
  }

  hangUp(): void {
    return;
  }
}
