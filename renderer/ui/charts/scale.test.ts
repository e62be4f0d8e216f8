import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaleOf } from './plot.ts';
import { greatestOf, labelStride, linePath, runningShares, scaleTo, timeScaleTo } from './scale.ts';

describe('the scale of values', () => {
  it.each([
    [100, false, [0, 25, 50, 75, 100]],
    [7, false, [0, 2, 4, 6, 8]],
    [0, false, [0, 0.25, 0.5, 0.75, 1]],
    [Number.NaN, true, [0, 1]],
    [3, true, [0, 1, 2, 3]],
    [52, true, [0, 20, 40, 60]],
    [0.3, false, [0, 0.1, 0.2, 0.3]],
  ] as const)('%d, whole %s', (most, whole, ticks) => {
    expect(scaleTo(most, { whole }).ticks).toEqual(ticks);
  });

  it('holds every value and is not much higher', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e9, noNaN: true }), fc.boolean(), (most, whole) => {
        const { ticks, top } = scaleTo(most, { whole });
        expect(top).toBeGreaterThanOrEqual(most * (1 - 1e-9));
        expect(ticks.length).toBeLessThanOrEqual(6);
        expect(top).toBeLessThanOrEqual(Math.max(1, most * 2));
      }),
    );
  });

  it.each([
    [70_000, [0, 30_000, 60_000, 90_000]],
    [0, [0, 1_000]],
    [3_600_000, [0, 900_000, 1_800_000, 2_700_000, 3_600_000]],
  ] as const)('of times: %d ms', (most, ticks) => {
    expect(timeScaleTo(most).ticks).toEqual(ticks);
  });
});

it.each([[5], [3.2], [null]])('of scores goes to 5, whatever was given: %s', (score) => {
  const series = [{ key: 'a', name: 'A', values: [score] }];
  expect(scaleOf({ series, unit: 'score' }).ticks).toEqual([0, 1, 2, 3, 4, 5]);
});

it.each([
  [96, 320, 50, 16],
  [4, 320, 50, 1],
  [0, 320, 50, 1],
] as const)('labels %d steps in %d px at %d px each', (count, width, each, stride) => {
  expect(labelStride(count, width, each)).toBe(stride);
});

it.each([
  [
    [5, 3, 2],
    [0.5, 0.8, 1],
  ],
  [
    [0, 0],
    [0, 0],
  ],
  [[], []],
])('runs up the shares of %j', (values, shares) => {
  expect(runningShares(values)).toEqual(shares);
});

it('breaks the line where nothing is known', () => {
  const points = [1, null, 2, 3].map((y, x) => ({ x, y }));
  expect(linePath(points)).toBe('M0 1M2 2L3 3');
});

it('finds the greatest of what is known', () => {
  expect(greatestOf([null, 2, 7, null])).toBe(7);
  expect(greatestOf([])).toBe(0);
});
