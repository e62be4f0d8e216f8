/**
 * Small seeded generator (sfc32 by Chris Doty-Humphrey, seeded through splitmix32): the same seed,
 * stream and index give the same draws on every machine. Not for secrets.
 */
export class Random {
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;

  /**
   * `stream` keeps independent series apart (what one draws does not move the other); `index` is
   * the item's number, so that item 900,000 is reached without making the 899,999 before it.
   */
  constructor(seed: number, stream: number, index: number) {
    let state = mix((seed >>> 0) ^ mix(Math.floor(seed / 0x1_0000_0000) + stream * 0x9e3779b1));
    state = mix(state ^ mix(index + 0x85ebca6b));
    this.#a = state = mix(state + 0x9e3779b9);
    this.#b = state = mix(state + 0x9e3779b9);
    this.#c = mix(state + 0x9e3779b9);
    for (let round = 0; round < 8; round++) this.bits();
  }

  /** 32 random bits as an unsigned integer. */
  bits(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** In [0, 1). */
  fraction(): number {
    return this.bits() / 0x1_0000_0000;
  }

  /** Integer from `least` to `most`, both included. */
  int(least: number, most: number): number {
    return least + Math.floor(this.fraction() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(list: readonly T[]): T {
    const found = list[Math.floor(this.fraction() * list.length)];
    if (found === undefined) throw new RangeError('nothing to pick from');
    return found;
  }

  weighted<T>(table: Weights<T>): T {
    const at = this.fraction() * table.total;
    const found = table.steps.find((step) => at < step.upTo) ?? table.steps.at(-1);
    if (found === undefined) throw new RangeError('nothing to pick from');
    return found.value;
  }

  /** UUID version 7 (RFC 9562, section 5.7) made at `ms`, with 74 random bits. */
  uuid(ms: number): string {
    const high = Math.floor(ms / 0x1_0000);
    const first = this.bits();
    const second = this.bits();
    return `${hex4(high >>> 16)}${hex4(high)}-${hex4(ms % 0x1_0000)}-${hex4(0x7000 | (first & 0xfff))}-${hex4(
      0x8000 | ((first >>> 12) & 0x3fff),
    )}-${hex4(second >>> 16)}${hex4(second)}${hex4(this.bits() >>> 16)}`;
  }
}

export interface Weights<T> {
  total: number;
  steps: readonly { upTo: number; value: T }[];
}

/** Prepare a table for `Random.weighted`; weights are any positive numbers. */
export function weights<T>(entries: readonly (readonly [weight: number, value: T])[]): Weights<T> {
  let total = 0;
  const steps = entries.map(([weight, value]) => {
    total += weight;
    return { upTo: total, value };
  });
  return { total, steps };
}

/** One-to-one scattering of 0 … `size` − 1, so that neighbours do not get neighbouring numbers. */
export function scatter(index: number, size: number, seed: number): number {
  return (index * coprime(size) + (mix(seed) % size)) % size;
}

/** A multiplier that shares no divisor with sizes made of 2, 3, 5 and 7; near 0.618 of the size. */
function coprime(size: number): number {
  const candidate = Math.floor(size * 0.6180339887) | 1;
  for (let step = candidate; ; step += 2) {
    if (divisor(step, size) === 1) return step;
  }
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

/** splitmix32's finisher: every bit of `value` moves every bit of the answer. */
export function mix(value: number): number {
  let z = value | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}

const hexWords = Array.from({ length: 0x1_0000 }, (_, word) => word.toString(16).padStart(4, '0'));

function hex4(value: number): string {
  return hexWords[value & 0xffff] ?? '';
}
