import { frameMs } from './ulaw.ts';

/** Behind by more than this (the machine slept), the lost time is dropped, not sent in one burst. */
const maxCatchUpMs = 200;

/** One 20 ms clock for all bridges of a PBX, corrected for drift. It rests while nobody listens. */
export class Pacer {
  #tickers = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #nextMs = 0;

  /** Calls `tick` every 20 ms until the returned function is called. */
  join(tick: () => void): () => void {
    this.#tickers.add(tick);
    if (!this.#timer) {
      this.#nextMs = performance.now();
      this.#run();
    }
    return () => this.#leave(tick);
  }

  #leave(tick: () => void): void {
    this.#tickers.delete(tick);
    if (this.#tickers.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #run(): void {
    const now = performance.now();
    if (now - this.#nextMs > maxCatchUpMs) this.#nextMs = now;
    while (this.#nextMs <= now) {
      for (const tick of this.#tickers) tick();
      this.#nextMs += frameMs;
    }
    if (this.#tickers.size === 0) return;
    this.#timer = setTimeout(() => this.#run(), Math.max(0, this.#nextMs - performance.now()));
  }
}
