import { expect, it } from 'vitest';
import { moveInRows } from './useGridKeys.ts';

/** The second row lacks the middle column, the totals begin a column later. */
const rows = [
  [1, 2, 3],
  [1, 3],
  [2, 3],
].map((columns) => columns.map((column) => ({ column })));

it.each([
  ['ArrowRight', [0, 1], [0, 2]],
  ['ArrowRight', [0, 2], [0, 2]],
  ['ArrowLeft', [0, 0], [0, 0]],
  ['ArrowDown', [0, 2], [1, 1]],
  ['ArrowDown', [0, 1], [1, 0]],
  ['ArrowDown', [1, 0], [2, 0]],
  ['ArrowDown', [2, 1], [2, 1]],
  ['ArrowUp', [2, 1], [1, 1]],
  ['PageDown', [0, 0], [2, 0]],
  ['PageUp', [2, 0], [0, 1]],
  ['Home', [2, 1], [2, 0]],
  ['End', [0, 0], [0, 2]],
  ['Ctrl Home', [2, 1], [0, 0]],
  ['Ctrl End', [0, 0], [2, 1]],
  ['a', [0, 0], null],
] as const)('%s leads from %j to %j', (keys, from, to) => {
  const key = keys.replace('Ctrl ', '');
  expect(moveInRows({ key, ctrl: key !== keys }, from, rows)).toEqual(to);
});
