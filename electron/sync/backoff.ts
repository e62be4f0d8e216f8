const firstMs = 500;
const longestMs = 30_000;

/**
 * Wait before the next try, ms: doubled with every failure up to 30 s, and spread over its upper
 * half, so that five hundred desks do not come back in one moment. `random` gives 0 ≤ x < 1.
 */
export function backoffMs(failures: number, random: () => number): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1));
  return Math.round(full / 2 + (full / 2) * random());
}

/** Nobody is told to stay away for longer, ms. */
const longestAwayMs = 300_000;

/** Wait for a server that has named one, ms: never less, and up to half as much again. */
export function obeyedMs(retryAfterMs: number, random: () => number): number {
  return Math.round(Math.min(longestAwayMs, retryAfterMs) * (1 + random() / 2));
}
