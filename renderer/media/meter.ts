const everyMs = 50;
const windowSamples = 1_024;
/** Below this there is silence, dB under full scale. */
const floorDb = 60;

/** How loud these samples are heard: 0 at -60 dB and below, 1 at full scale, even steps of loudness between. */
export function loudnessOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const level = Math.sqrt(sum / Math.max(1, samples.length));
  const db = 20 * Math.log10(Math.max(level, 1e-9));
  return Math.min(1, Math.max(0, 1 + db / floorDb));
}

/** What there is to be measured now. */
export interface MeterSources {
  context(): AudioContext;
  microphone(): MediaStream | null;
  /** What the far sides say. */
  far(): MediaStream[];
}

/** Measures what goes in and what comes out, 20 times a second while it is on; off, it costs nothing. */
export class Meter {
  #sources: MeterSources;
  #report: (input: number, output: number) => void;
  #stop: (() => void) | null = null;

  constructor(sources: MeterSources, report: (input: number, output: number) => void) {
    this.#sources = sources;
    this.#report = report;
  }

  turn(on: boolean): void {
    if (on === (this.#stop !== null)) return;
    if (!on) {
      this.#stop?.();
      this.#stop = null;
      return;
    }
    const context = this.#sources.context();
    const input = new Gauge(context);
    const output = new Gauge(context);
    const look = (): void => {
      const microphone = this.#sources.microphone();
      input.follow(microphone ? [microphone] : []);
      output.follow(this.#sources.far());
      this.#report(input.read(), output.read());
    };
    const timer = setInterval(look, everyMs);
    this.#stop = () => {
      clearInterval(timer);
      input.follow([]);
      output.follow([]);
    };
  }
}

/** Adds up streams and reads how loud they are together. */
class Gauge {
  #context: AudioContext;
  #analyser: AnalyserNode;
  #samples = new Float32Array(windowSamples);
  #followed = new Map<MediaStream, MediaStreamAudioSourceNode>();

  constructor(context: AudioContext) {
    this.#context = context;
    this.#analyser = context.createAnalyser();
    this.#analyser.fftSize = windowSamples;
  }

  follow(streams: MediaStream[]): void {
    for (const [stream, source] of this.#followed) {
      if (streams.includes(stream)) continue;
      source.disconnect();
      this.#followed.delete(stream);
    }
    for (const stream of streams) {
      if (this.#followed.has(stream) || stream.getAudioTracks().length === 0) continue;
      const source = this.#context.createMediaStreamSource(stream);
      source.connect(this.#analyser);
      this.#followed.set(stream, source);
    }
  }

  read(): number {
    if (this.#followed.size === 0) return 0;
    this.#analyser.getFloatTimeDomainData(this.#samples);
    return loudnessOf(this.#samples);
  }
}
