/**
 * Pause before the next attempt, ms: doubled with every attempt (from 1), capped, and spread by a fifth to both sides
 * so that what failed together does not come back together. `random` is in [0, 1).
 */
export function retryPauseMs(
  attempt: number,
  { retryMs, maxRetryMs }: { retryMs: number; maxRetryMs: number },
  random: number,
): number {
  return spread(Math.min(retryMs * 2 ** (attempt - 1), maxRetryMs), random);
}

/** `ms` up to a fifth shorter or longer. */
export function spread(ms: number, random: number): number {
  return Math.round(ms * (0.8 + 0.4 * random));
}
