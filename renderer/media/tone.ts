import { fail, ok, type Result } from '#shared/result.ts';
import { toSink } from './audioContext.ts';
import { type Cadence, samplesOf } from './cadences.ts';

const startWithinMs = 500;

/**
 * A tone on a device of its own: one looped buffer, so that stopping needs no timer and always works. Context and
 * buffer are made once and rest between calls: making them would delay the answer of a call.
 */
export class Tone {
  #cadence: Cadence;
  #ready: { context: AudioContext; gain: GainNode; buffer: AudioBuffer } | null = null;
  #source: AudioBufferSourceNode | null = null;
  #sinkId = '';
  #volume = 1;

  constructor(cadence: Cadence) {
    this.#cadence = cadence;
  }

  /** Makes ready what does not sound yet. */
  prepare(): void {
    if (!this.#ready) this.#rest(this.#make().context);
  }

  /** Sounds on this device from now on; an empty id is the system's choice. */
  setSink(id: string): void {
    if (id === this.#sinkId) return;
    this.#sinkId = id;
    if (this.#ready) toSink(this.#ready.context, id).catch(() => undefined);
  }

  /** 0 to 1, at once. */
  setVolume(volume: number): void {
    this.#volume = volume;
    if (this.#ready) this.#ready.gain.gain.value = volume;
  }

  /** Fails with media-failed where the browser does not let a page sound before a gesture; it may sound later. */
  start(): Promise<Result<null>> {
    if (this.#source?.loop) return Promise.resolve(ok(null));
    return this.#sound(true);
  }

  /** One round, then silence. Codes: media-failed, as of `start`. */
  once(): Promise<Result<null>> {
    return this.#source?.loop ? Promise.resolve(ok(null)) : this.#sound(false);
  }

  stop(): void {
    this.#silence();
    if (this.#ready) this.#rest(this.#ready.context);
  }

  async #sound(loop: boolean): Promise<Result<null>> {
    this.#silence();
    const { context, gain, buffer } = this.#make();
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.loop = loop;
    source.connect(gain);
    source.addEventListener('ended', () => {
      if (this.#source === source) this.stop();
    });
    source.start(0, 0, ...(loop ? [] : [this.#cadence.onS]));
    this.#source = source;
    const sounds = await Promise.race([
      context.resume().then(
        () => true,
        () => false,
      ),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), startWithinMs)),
    ]);
    if (sounds || this.#source !== source) return ok(null);
    return fail('media-failed', 'the browser holds the tone back until a gesture');
  }

  #silence(): void {
    const source = this.#source;
    this.#source = null;
    source?.stop();
    source?.disconnect();
  }

  #make() {
    if (this.#ready) return this.#ready;
    const context = new AudioContext();
    const samples = samplesOf(this.#cadence, context.sampleRate);
    const buffer = context.createBuffer(1, samples.length, context.sampleRate);
    buffer.copyToChannel(samples, 0);
    const gain = context.createGain();
    gain.gain.value = this.#volume;
    gain.connect(context.destination);
    if (this.#sinkId !== '') toSink(context, this.#sinkId).catch(() => undefined);
    this.#ready = { context, gain, buffer };
    return this.#ready;
  }

  /** Gives the output device free. */
  #rest(context: AudioContext): void {
    context.suspend().catch(() => undefined);
  }
}
