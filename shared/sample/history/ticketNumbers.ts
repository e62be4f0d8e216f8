import { dayMs, homeOffsetMs, yearAt } from './days.ts';

/**
 * Numbers for past tickets, `YYYY` and seven digits. They grow with the time of year although
 * tickets are made customer by customer: each takes the next free number at its share of the year.
 */
export class TicketNumbers {
  readonly #perYear: number;
  readonly #taken = new Map<number, Uint8Array>();
  readonly #highest = new Map<number, number>();

  constructor(customers: number) {
    this.#perYear = Math.min(9_000_000, Math.max(2000, Math.ceil(customers * 1.3)));
  }

  /** The number of a ticket made at `at` (ms UTC). */
  give(at: number): string {
    const year = yearAt(at);
    const taken = this.#yearOf(year);
    const share = (at + homeOffsetMs - Date.UTC(year, 0, 1)) / (366 * dayMs);
    let number = 1 + Math.floor(share * this.#perYear);
    while (taken[number] === 1) number++;
    if (number >= taken.length) throw new RangeError(`no ticket numbers left in ${year}`);
    taken[number] = 1;
    this.#highest.set(year, Math.max(number, this.#highest.get(year) ?? 0));
    return ticketNo(year, number);
  }

  /** Highest number of each year so far; a counter goes on above it. */
  highest(): Record<string, number> {
    return Object.fromEntries([...this.#highest].sort(([a], [b]) => a - b));
  }

  #yearOf(year: number): Uint8Array {
    const known = this.#taken.get(year);
    if (known) return known;
    const made = new Uint8Array(Math.ceil(this.#perYear * 1.1) + 1000);
    this.#taken.set(year, made);
    return made;
  }
}

/** `YYYY` and seven digits, such as 20260001234. */
export function ticketNo(year: number, number: number): string {
  return `${year}${String(number).padStart(7, '0')}`;
}
