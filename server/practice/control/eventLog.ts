import { randomBytes } from 'node:crypto';
import { type PracticeEventMap, type PracticeEvents, practiceEventNames } from '../events.ts';

/** How many events somebody who comes back can be told again. */
const mostKept = 1_000;

export interface LoggedEvent {
  sequence: number;
  name: keyof PracticeEventMap;
  payload: unknown;
}

/** Numbers what happens in the PBX and remembers the newest of it. */
export class EventLog {
  /** Names this run of the PBX: numbers of another run mean nothing. */
  readonly run = randomBytes(6).toString('hex');
  #sequence = 0;
  #kept: LoggedEvent[] = [];
  #listeners = new Set<(event: LoggedEvent) => void>();

  constructor(events: PracticeEvents) {
    for (const name of practiceEventNames) {
      events.on(name, (payload: unknown) => this.#add(name, payload));
    }
  }

  /** Number of the newest event; 0 before the first. */
  get sequence(): number {
    return this.#sequence;
  }

  idOf(sequence: number): string {
    return `${this.run}-${sequence}`;
  }

  /** What happened after the event with this id; undefined where that is not known any more. */
  after(id: string): LoggedEvent[] | undefined {
    const [run, number] = id.split('-');
    const sequence = Number(number);
    const oldest = this.#sequence - this.#kept.length;
    if (run !== this.run || !Number.isInteger(sequence)) return undefined;
    if (sequence < oldest || sequence > this.#sequence) return undefined;
    return this.#kept.filter((event) => event.sequence > sequence);
  }

  listen(listener: (event: LoggedEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #add(name: keyof PracticeEventMap, payload: unknown): void {
    this.#sequence += 1;
    const event = { sequence: this.#sequence, name, payload };
    this.#kept.push(event);
    if (this.#kept.length > mostKept) this.#kept.shift();
    for (const listener of [...this.#listeners]) listener(event);
  }
}
