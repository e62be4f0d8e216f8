import { expect, test } from 'vitest';
import { readTarget } from './targetForm.ts';

test.each([
  ['40', 'answered', 40],
  [' 85 ', 'occupancy', 0.85],
  ['101', 'occupancy', 'wrong'],
  ['4,5', 'handleTime', 270_000],
  ['4.5', 'meanScore', 4.5],
  ['6', 'meanScore', 'wrong'],
  ['', 'answered', null],
  ['-1', 'answered', 'wrong'],
  ['many', 'answered', 'wrong'],
] as const)('%j for %s', (text, measure, value) => {
  expect(readTarget(text, measure)).toBe(value);
});
