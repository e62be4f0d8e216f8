interface Item {
  at: number;
  turn: number;
  work: () => void;
}

/** What is to happen, in the order of its time; at the same ms in the order in which it was noted (a binary heap). */
export class Agenda {
  readonly #items: Item[] = [];
  #turn = 0;
  /** Time of what happens just now, ms UTC. */
  now = Number.NEGATIVE_INFINITY;

  note(at: number, work: () => void): void {
    const items = this.#items;
    const item = { at: Math.max(at, this.now), turn: this.#turn++, work };
    let place = items.length;
    items.push(item);
    while (place > 0) {
      const above = (place - 1) >> 1;
      const other = items[above];
      if (!other || !isBefore(item, other)) break;
      items[place] = other;
      place = above;
    }
    items[place] = item;
  }

  /** Until nothing is left. */
  run(): void {
    for (let next = this.#take(); next; next = this.#take()) {
      this.now = next.at;
      next.work();
    }
  }

  #take(): Item | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (!first || !last || items.length === 0) return first;
    let place = 0;
    for (;;) {
      const left = items[2 * place + 1];
      if (!left) break;
      const right = items[2 * place + 2];
      const isRight = right !== undefined && isBefore(right, left);
      const least = isRight ? right : left;
      if (!isBefore(least, last)) break;
      items[place] = least;
      place = 2 * place + (isRight ? 2 : 1);
    }
    items[place] = last;
    return first;
  }
}

function isBefore(a: Item, b: Item): boolean {
  return a.at < b.at || (a.at === b.at && a.turn < b.turn);
}
