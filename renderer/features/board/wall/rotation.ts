/** How long a page of queues stands, ms. */
export const pageMs = 12_000;

/** Which page of several is shown: they go round by the clock, so that nothing has to be counted. */
export function pageAt(now: number, pages: number): number {
  return pages <= 1 ? 0 : Math.floor(now / pageMs) % pages;
}

/** Queues in pages of the same size, as even as they go: 7 in pages of 6 are 4 and 3. */
export function pagesOf<T>(items: readonly T[], most: number): T[][] {
  if (items.length === 0) return [];
  const count = Math.ceil(items.length / most);
  const size = Math.ceil(items.length / count);
  return Array.from({ length: count }, (_, page) => items.slice(page * size, (page + 1) * size));
}
