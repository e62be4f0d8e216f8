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
