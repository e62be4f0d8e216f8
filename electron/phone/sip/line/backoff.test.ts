import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backoffMs, glareMs, refreshMs } from './backoff.ts';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('waits', () => {
  test('grow from about one second to at most four', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), random, (attempt, chance) => {
        const wait = backoffMs(attempt, chance);
        expect(wait).toBeGreaterThanOrEqual(500);
        expect(wait).toBeLessThanOrEqual(4_000);
      }),
    );
    expect(backoffMs(1, 0.99)).toBeLessThanOrEqual(1_000);
    expect(backoffMs(6, 0)).toBe(2_000);
  });

  test('a registration is refreshed well before its end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 7_200 }), random, (expiresS, chance) => {
        expect(refreshMs(expiresS, chance)).toBeLessThanOrEqual(expiresS * 1_000 * 0.55 + 1);
      }),
    );
  });

  test('glare waits stay in the bounds of RFC 3261 §14.1, in steps of 10 ms', () => {
    fc.assert(
      fc.property(fc.boolean(), random, (owns, chance) => {
        const wait = glareMs(owns, chance);
        expect(wait % 10).toBe(0);
        expect(wait).toBeGreaterThanOrEqual(owns ? 2_100 : 0);
        expect(wait).toBeLessThanOrEqual(owns ? 4_000 : 2_000);
      }),
    );
  });
});
