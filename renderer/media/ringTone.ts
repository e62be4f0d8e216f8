import { fail, ok, type Result } from '#shared/result.ts';

const onS = 1;
const offS = 4;
const fadeS = 0.02;
const highHz = 480;
const lowHz = 400;
const warbleHz = 20;
const loudness = 0.25;
const startWithinMs = 500;

/** One cadence of the ring tone, two tones in turn for 1 s, then 4 s of silence; samples in -1…1. */
export function ringCadence(sampleRate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.round((onS + offS) * sampleRate));
  const sounding = Math.round(onS * sampleRate);
  let phase = 0;
  for (let at = 0; at < sounding; at += 1) {
    const seconds = at / sampleRate;
    const isHigh = Math.floor(seconds * warbleHz * 2) % 2 === 0;
    phase += (2 * Math.PI * (isHigh ? highHz : lowHz)) / sampleRate;
    const edge = Math.min(1, seconds / fadeS, (onS - seconds) / fadeS);
    samples[at] = Math.sin(phase) * loudness * edge;
  }
  return samples;
}

/**
 * The ring tone: one looped buffer, so that stopping needs no timer and always works. Context and buffer are made
 * once and rest between calls: making them would delay the answer of a call.
 */
export class RingTone {
  #context: AudioContext | null = null;
  #buffer: AudioBuffer | null = null;
  #source: AudioBufferSourceNode | null = null;

  /** Makes ready what does not sound yet. */
  prepare(): void {
    if (this.#context) return;
    const context = new AudioContext();
    const cadence = ringCadence(context.sampleRate);
    this.#buffer = context.createBuffer(1, cadence.length, context.sampleRate);
    this.#buffer.copyToChannel(cadence, 0);
    this.#context = context;
    this.#rest(context);
  }

  /** Fails with media-failed where the browser does not let a page sound before a gesture; it may sound later. */
  async start(): Promise<Result<null>> {
    if (this.#source) return ok(null);
    this.prepare();
    const context = this.#context;
    if (!context) return fail('media-failed', 'no audio context');
    const source = context.createBufferSource();
    source.buffer = this.#buffer;
    source.loop = true;
    source.connect(context.destination);
    source.start();
    this.#source = source;
    const sounds = await Promise.race([
      context.resume().then(
        () => true,
        () => false,
      ),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), startWithinMs)),
    ]);
    if (sounds || this.#source !== source) return ok(null);
    return fail('media-failed', 'the browser holds the ring tone back until a gesture');
  }

  stop(): void {
    this.#source?.stop();
    this.#source?.disconnect();
    this.#source = null;
    if (this.#context) this.#rest(this.#context);
  }

  /** Gives the output device free. */
  #rest(context: AudioContext): void {
    context.suspend().catch(() => undefined);
  }
}
