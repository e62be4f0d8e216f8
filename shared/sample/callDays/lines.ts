import type { Seat } from './floor.ts';
import type { Journey } from './journey.ts';

/** A call in a queue. */
export interface Waiting {
  journey: Journey;
  queueId: string;
  enteredAt: number;
  /** Where it rings. */
  offer: { seat: Seat; at: number } | null;
  /** It has been answered, given up or moved on. */
  isOver: boolean;
}

/** The calls that wait, queue by queue, those who came first in front. */
export class Lines {
  readonly #waiting = new Map<string, Waiting[]>();

  add(waiting: Waiting): void {
    const line = this.#waiting.get(waiting.queueId);
    if (line) line.push(waiting);
    else this.#waiting.set(waiting.queueId, [waiting]);
  }

  remove(waiting: Waiting): void {
    waiting.isOver = true;
    const line = this.#waiting.get(waiting.queueId);
    line?.splice(line.indexOf(waiting), 1);
  }

  /** The call that has waited longest in these queues and rings nowhere. */
  next(queueIds: readonly string[]): Waiting | null {
    let found: Waiting | null = null;
    for (const id of queueIds) {
      const first = this.#waiting.get(id)?.find(({ offer }) => offer === null);
      if (first && (found === null || first.enteredAt < found.enteredAt)) found = first;
    }
    return found;
  }

  isEmpty(queueIds: readonly string[]): boolean {
    return queueIds.every((id) => (this.#waiting.get(id)?.length ?? 0) === 0);
  }
}
