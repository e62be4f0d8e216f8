import { expect, it } from 'vitest';
import { pageAt, pageMs, pagesOf } from './rotation.ts';

it.each([
  [0, 6, []],
  [4, 6, [4]],
  [6, 6, [6]],
  [7, 6, [4, 3]],
  [50, 6, [6, 6, 6, 6, 6, 6, 6, 6, 2]],
] as const)('%d queues in pages of %d', (count, most, sizes) => {
  const items = Array.from({ length: count }, (_, at) => at);
  const pages = pagesOf(items, most);
  expect(pages.map((page) => page.length)).toEqual(sizes);
  expect(pages.flat()).toEqual(items);
});

it.each([
  [0, 3, 0],
  [pageMs - 1, 3, 0],
  [pageMs, 3, 1],
  [3 * pageMs, 3, 0],
  [5 * pageMs, 1, 0],
  [5 * pageMs, 0, 0],
] as const)('at %d ms of %d pages: %d', (now, pages, page) => {
  expect(pageAt(now, pages)).toBe(page);
});
