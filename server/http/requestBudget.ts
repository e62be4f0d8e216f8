import { ProblemError } from './problems.ts';

export interface RequestBudget {
  /** Throws a 429 `too-many-requests` with Retry-After where `who` asked too often. */
  spend(who: string): void;
}

/** `most` requests at once and one more every `everyMs`, for each one who asks; kept in this process. */
export function createRequestBudget(
  now: () => number,
  { most, everyMs }: { most: number; everyMs: number },
): RequestBudget {
  /** When the budget of somebody is whole again, ms UTC. */
  const wholeAt = new Map<string, number>();
  return {
    spend(who) {
      const at = now();
      for (const [other, whole] of wholeAt) if (whole <= at) wholeAt.delete(other);
      const next = Math.max(wholeAt.get(who) ?? at, at) + everyMs;
      const overMs = next - at - most * everyMs;
      if (overMs > 0) {
        const headers = { 'retry-after': String(Math.ceil(overMs / 1_000)) };
        throw new ProblemError(429, 'too-many-requests', 'asked too often', headers);
      }
      wholeAt.set(who, next);
    },
  };
}
