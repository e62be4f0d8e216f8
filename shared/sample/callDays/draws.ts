import type { Random } from '../random.ts';

/** From the normal distribution with mean 0 and deviation 1 (Box and Muller). */
export function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.fraction()));
  return radius * Math.cos(2 * Math.PI * random.fraction());
}

/** A time around `medianMs`, with a few that are much longer (lognormal); `spread` is the deviation of its logarithm. */
export function aroundMs(random: Random, medianMs: number, spread: number): number {
  return Math.round(medianMs * Math.exp(spread * normal(random)));
}

/** Mean of `aroundMs`. */
export function meanAroundMs(medianMs: number, spread: number): number {
  return medianMs * Math.exp((spread * spread) / 2);
}

/** Whole numbers that share out `total` by these weights, exactly: what is left over goes to the largest remainders. */
export function shareOut(total: number, shares: readonly number[]): number[] {
  const sum = shares.reduce((all, share) => all + share, 0);
  if (sum <= 0) return shares.map(() => 0);
  const exact = shares.map((share) => (total * share) / sum);
  const whole = exact.map(Math.floor);
  const left = total - whole.reduce((all, count) => all + count, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) whole[index] = (whole[index] ?? 0) + 1;
  return whole;
}
