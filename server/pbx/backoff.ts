/** Wait before try number `failures` (from 1): doubles up to the most, the second half of it at random. */
export function waitMs(
  failures: number,
  { first, most }: { first: number; most: number },
  random: () => number,
): number {
  const full = Math.min(most, first * 2 ** Math.min(failures - 1, 20));
  return Math.round(full / 2 + (full / 2) * random());
}
