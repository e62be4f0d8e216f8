import type { Clock } from '#server/practice/clock.ts';

/** A clock that stands still until a test lets time pass. */
export class HandClock implements Clock {
  /** How much before its time by `now()` a timer runs, as one of Node may by a millisecond. */
  earlyMs = 0;
  #nowMs = 1_800_000_000_000;
  #timers = new Map<symbol, { dueMs: number; action: () => void }>();

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, action: () => void): () => void {
    const id = Symbol();
    this.#timers.set(id, { dueMs: this.#nowMs + delayMs - this.earlyMs, action });
    return () => this.#timers.delete(id);
  }

  /** Runs everything that is due on the way, in order. */
  pass(durationMs: number): void {
    const endMs = this.#nowMs + durationMs;
    for (let next = this.#next(endMs); next; next = this.#next(endMs)) {
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      this.#timers.delete(next.id);
      next.action();
    }
    this.#nowMs = endMs;
  }

  #next(endMs: number) {
    return [...this.#timers]
      .map(([id, timer]) => ({ id, ...timer }))
      .filter(({ dueMs }) => dueMs <= endMs)
      .sort((left, right) => left.dueMs - right.dueMs)[0];
  }
}
