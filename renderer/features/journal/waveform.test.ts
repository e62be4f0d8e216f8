import { expect, test } from 'vitest';
import { barsOf, keyMeaning, pathOf, placeOf } from './waveform.ts';

test.each([
  ['fewer bars than parts', [0, 10, 20, 5], 2, [0.5, 1]],
  ['more bars than parts', [10, 20], 4, [0.5, 0.5, 1, 1]],
  ['silence', [0, 0, 0], 3, [0, 0, 0]],
  ['nothing', [], 2, [0, 0]],
] as const)('bars: %s', (_, peaks, count, bars) => {
  expect(barsOf(peaks, count)).toEqual(bars);
});

test('a bar of silence is still to be seen', () => {
  expect(pathOf([0, 1])).toBe('M0.5 0.980V1.020M1.5 0.000V2.000');
});

test.each([
  ['inside', { fromMs: 2_000, toMs: 4_000 }, 0.2, 0.2],
  ['to the end', { fromMs: 5_000, toMs: null }, 0.5, 0.5],
  ['beyond the end', { fromMs: 9_000, toMs: 30_000 }, 0.9, 0.1],
  ['a moment', { fromMs: 5_000, toMs: 5_000 }, 0.5, 0],
])('mark: %s', (_, mark, left, width) => {
  const place = placeOf(mark, 10_000);
  expect(place.left).toBeCloseTo(left);
  expect(place.width).toBeCloseTo(width);
});

test.each([
  [' ', false, { toggle: true }],
  ['ArrowRight', false, { seekMs: 15_000 }],
  ['ArrowRight', true, { seekMs: 20_000 }],
  ['ArrowLeft', true, { seekMs: 0 }],
  ['End', false, { seekMs: 20_000 }],
  ['+', false, { speed: 1.25 }],
  ['-', false, { speed: 0.75 }],
  ['x', false, null],
])('key %j', (key, shiftKey, meaning) => {
  const state = { atMs: 10_000, durationMs: 20_000, speed: 1 as const };
  expect(keyMeaning({ key, shiftKey }, state)).toEqual(meaning);
});

test('there is nothing faster than the fastest', () => {
  const state = { atMs: 0, durationMs: 20_000, speed: 2 as const };
  expect(keyMeaning({ key: '+', shiftKey: false }, state)).toBeNull();
});
