const fadeS = 0.02;

export interface Cadence {
  /** How long it sounds, and how long it is silent then. */
  onS: number;
  offS: number;
  /** 0 to 1. */
  loudness: number;
  /** Frequency at a moment of the sounding part. */
  hzAt(seconds: number): number;
}

/** The ring tone: two tones in turn for 1 s, then 4 s of silence. */
export const ringCadence: Cadence = {
  onS: 1,
  offS: 4,
  loudness: 0.25,
  hzAt: (seconds) => (Math.floor(seconds * 40) % 2 === 0 ? 480 : 400),
};

/** A second call waits: one short tone every 8 s, 20 dB below the ring tone. */
export const waitingCadence: Cadence = { onS: 0.2, offS: 7.8, loudness: 0.025, hzAt: () => 440 };

/** A queue or an agent is over a limit: one short tone, falling. */
export const warningCadence: Cadence = {
  onS: 0.35,
  offS: 0.1,
  loudness: 0.12,
  hzAt: (seconds) => (seconds < 0.17 ? 659 : 523),
};

/** Heard once when a loudspeaker is tried: three rising tones. */
export const trialCadence: Cadence = {
  onS: 0.9,
  offS: 0.1,
  loudness: 0.2,
  hzAt: (seconds) => [392, 494, 587][Math.floor(seconds / 0.3)] ?? 587,
};

/** One round of a cadence; samples in -1…1. */
export function samplesOf(cadence: Cadence, sampleRate: number): Float32Array<ArrayBuffer> {
  const { onS, offS, loudness, hzAt } = cadence;
  const samples = new Float32Array(Math.round((onS + offS) * sampleRate));
  const sounding = Math.round(onS * sampleRate);
  let phase = 0;
  for (let at = 0; at < sounding; at += 1) {
    const seconds = at / sampleRate;
    phase += (2 * Math.PI * hzAt(seconds)) / sampleRate;
    const edge = Math.min(1, seconds / fadeS, (onS - seconds) / fadeS);
    samples[at] = Math.sin(phase) * loudness * edge;
  }
  return samples;
}
