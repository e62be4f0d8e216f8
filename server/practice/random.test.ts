import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { between, pick, seededRandom } from './random.ts';

describe('seeded random', () => {
  it('gives the same row for the same seed, and another for another', () => {
    const row = (seed: number) => {
      const random = seededRandom(seed);
      return Array.from({ length: 20 }, random);
    };
    expect(row(42)).toEqual(row(42));
    expect(row(42)).not.toEqual(row(43));
  });

  it('stays within its ranges', () => {
    const range = fc.tuple(fc.nat(1000), fc.nat(1000), fc.integer());
    fc.assert(
      fc.property(range, ([min, width, seed]) => {
        const value = between(seededRandom(seed), { min, max: min + width });
        expect(value).toBeGreaterThanOrEqual(min);
        expect(value).toBeLessThanOrEqual(min + width);
      }),
    );
  });

  it('picks from what is there', () => {
    expect(['a', 'b']).toContain(pick(seededRandom(1), ['a', 'b']));
    expect(pick(seededRandom(1), [])).toBeUndefined();
  });
});
