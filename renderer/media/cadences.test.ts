import { describe, expect, test } from 'vitest';
import { ringCadence, samplesOf, trialCadence, waitingCadence } from './cadences.ts';

const rate = 8_000;
const loudest = (samples: Float32Array): number =>
  samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

describe.each([
  ['the ring tone', ringCadence, 1, 4],
  ['the tone of a waiting call', waitingCadence, 0.2, 7.8],
  ['the trial of a loudspeaker', trialCadence, 0.9, 0.1],
])('%s', (_, cadence, onS, offS) => {
  const samples = samplesOf(cadence, rate);
  const sounding = Math.round(onS * rate);

  test('sounds and is silent', () => {
    expect(samples).toHaveLength(Math.round((onS + offS) * rate));
    expect(loudest(samples.slice(0, sounding))).toBeCloseTo(cadence.loudness, 2);
    expect(samples.slice(sounding).every((sample) => sample === 0)).toBe(true);
  });

  test('begins and ends without a click', () => {
    expect(Math.abs(samples[0] ?? 1)).toBeLessThan(0.01);
    expect(Math.abs(samples[sounding - 1] ?? 1)).toBeLessThan(0.01);
  });
});

test('a waiting call is told 20 dB below the ring tone', () => {
  expect(20 * Math.log10(waitingCadence.loudness / ringCadence.loudness)).toBeCloseTo(-20);
});
