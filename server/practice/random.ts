/** A number in [0, 1), the same row for the same seed, so that a practice lesson can be repeated. */
export type Random = () => number;

/** Mulberry32: small, fast and even enough for choosing callers and delays. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number of milliseconds within the range, both ends included. */
export function between(random: Random, range: { min: number; max: number }): number {
  const width = Math.max(0, range.max - range.min);
  return range.min + Math.floor(random() * (width + 1));
}

export function pick<T>(random: Random, items: readonly T[]): T | undefined {
  return items[Math.floor(random() * items.length)];
}
