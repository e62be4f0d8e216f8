import { expect, it } from 'vitest';
import { moveRow } from './rowKeys.ts';

it.each([
  ['j', -1, 3, 0],
  ['J', 0, 3, 1],
  ['ArrowDown', 2, 3, 2],
  ['k', 0, 3, 0],
  ['ArrowUp', 2, 3, 1],
  ['Home', 2, 3, 0],
  ['End', 0, 3, 2],
  ['x', 0, 3, null],
  ['j', -1, 0, null],
])('%s from row %d of %d leads to %s', (key, at, count, expected) => {
  expect(moveRow(key, at, count)).toBe(expected);
});
