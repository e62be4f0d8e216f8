import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loudnessOf } from './meter.ts';

const constant = (value: number): Float32Array => new Float32Array(64).fill(value);

describe('loudnessOf', () => {
  test.each([
    ['silence', 0, 0],
    ['full scale', 1, 1],
    ['-60 dB', 0.001, 0],
    ['-30 dB', 10 ** (-30 / 20), 0.5],
    ['-6 dB', 10 ** (-6 / 20), 0.9],
  ])('%s', (_, value, expected) => {
    expect(loudnessOf(constant(value))).toBeCloseTo(expected, 3);
  });

  test('of no samples is 0', () => {
    expect(loudnessOf(new Float32Array(0))).toBe(0);
  });

  test('grows with the signal and stays between 0 and 1', () => {
    const signal = fc.float({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(signal, signal, (one, other) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        const quiet = loudnessOf(constant(low));
        const loud = loudnessOf(constant(high));
        expect(quiet).toBeGreaterThanOrEqual(0);
        expect(quiet).toBeLessThanOrEqual(loud + 1e-9);
        expect(loud).toBeLessThanOrEqual(1);
      }),
    );
  });
});
