import { planCustomer } from '#shared/sample/people/customerPlan.ts';
import { Random } from '#shared/sample/random.ts';
import type { SampleSize } from '#shared/sample/size.ts';

const randomStream = 99;

/** Random callers of a sample, one E.164 number after another. */
export interface Callers {
  /** Any number in use, also one that several customers share. */
  any(): string;
  /** A number that only one customer has: the card opens by itself. */
  next(): string;
}

export function callsIn(size: SampleSize): Callers {
  const random = new Random(size.seed, randomStream, 0);
  const pick = (shared: boolean): string => {
    for (;;) {
      const plan = planCustomer(size, random.int(0, size.customers - 1));
      const fit = plan.numbers.filter(
        (one) => !one.retired && (shared || !one.shared) && one.number.normal.startsWith('+'),
      );
      if (fit.length > 0) return random.pick(fit).number.normal;
    }
  };
  return { any: () => pick(true), next: () => pick(false) };
}
