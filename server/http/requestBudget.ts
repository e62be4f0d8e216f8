import { ProblemError } from './problems.ts';

/** `most` requests at once and one more every `everyMs`. */
export interface Allowance {
  most: number;
  everyMs: number;
}

export interface Spent {
  /** Requests that may follow at once. */
  remaining: number;
  /** Until the whole allowance is there again, ms. */
  wholeInMs: number;
}

export interface RequestBudget {
  /** Throws a 429 `too-many-requests` with Retry-After where `who` asked too often. */
  spend(who: string, allowance?: Allowance): Spent;
  /** Throws it without spending anything. */
  check(who: string, allowance?: Allowance): void;
  /** Spends without throwing. */
  note(who: string): void;
}

const sweepEveryMs = 10_000;

/** Requests of each one who asks, counted in this process (generic cell rate algorithm). */
export function createRequestBudget(now: () => number, usual: Allowance): RequestBudget {
  /** When the budget of somebody is whole again, ms UTC. */
  const wholeAt = new Map<string, number>();
  let sweptAt = now();

  function sweep(at: number): void {
    if (Math.abs(at - sweptAt) < sweepEveryMs) return;
    sweptAt = at;
    for (const [who, whole] of wholeAt) if (whole <= at) wholeAt.delete(who);
  }

  /** When the budget is whole again, and never later than a spent one: the clock may have been set back. */
  function held(who: string, { most, everyMs }: Allowance, at: number): number {
    return Math.min(Math.max(wholeAt.get(who) ?? at, at), at + most * everyMs);
  }

  /** When the budget would be whole again after one more request. */
  function afterOneMore(who: string, allowance: Allowance, at: number): number {
    const whole = held(who, allowance, at);
    const next = whole + allowance.everyMs;
    const overMs = next - at - allowance.most * allowance.everyMs;
    if (overMs > 0) {
      wholeAt.set(who, whole);
      const headers = { 'retry-after': String(Math.ceil(overMs / 1_000)) };
      throw new ProblemError(429, 'too-many-requests', 'asked too often', headers);
    }
    return next;
  }

  return {
    spend(who, allowance = usual) {
      const at = now();
      sweep(at);
      const next = afterOneMore(who, allowance, at);
      wholeAt.set(who, next);
      const wholeInMs = next - at;
      return { remaining: Math.floor(allowance.most - wholeInMs / allowance.everyMs), wholeInMs };
    },
    note(who) {
      const at = now();
      sweep(at);
      wholeAt.set(who, held(who, usual, at) + usual.everyMs);
    },
    check(who, allowance = usual) {
      afterOneMore(who, allowance, now());
    },
  };
}
