import { describe, expect, test } from 'vitest';
import { ringCadence } from './ringTone.ts';

describe('ringCadence', () => {
  const rate = 8_000;
  const samples = ringCadence(rate);

  test('sounds one second and is silent for four', () => {
    expect(samples).toHaveLength(5 * rate);
    expect(samples.slice(0, rate).some((sample) => Math.abs(sample) > 0.2)).toBe(true);
    expect(samples.slice(rate).every((sample) => sample === 0)).toBe(true);
  });

  test('begins and ends without a click', () => {
    expect(Math.abs(samples[0] ?? 1)).toBeLessThan(0.01);
    expect(Math.abs(samples[rate - 1] ?? 1)).toBeLessThan(0.01);
  });
});
