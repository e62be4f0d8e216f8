import type { Clock } from '#electron/core/providers.ts';

export interface KeepAliveOptions {
  clock: Clock;
  /** Between two pings, ms. */
  everyMs: number;
  ping(): void;
  /** Nothing came back in time: the socket leads nowhere. */
  dead(): void;
}

const usualWaitMs = 5_000;

/** Pings one socket: every so often, and at once where there is reason to doubt it. */
export class KeepAlive {
  #options: KeepAliveOptions;
  #cancel: (() => void) | null = null;
  #waiters: ((isAlive: boolean) => void)[] = [];
  #waiting = false;

  constructor(options: KeepAliveOptions) {
    this.#options = options;
    this.#next();
  }

  /** The pong came. */
  heard(): void {
    if (!this.#waiting) return;
    this.#waiting = false;
    this.#settle(true);
    this.#next();
  }

  /** Pings now; false once nothing came back within `ms`, by when the socket was given up. */
  prove(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
      this.#ping(ms);
    });
  }

  stop(): void {
    this.#clear();
    this.#settle(false);
  }

  #next(): void {
    this.#clear();
    this.#cancel = this.#options.clock.after(this.#options.everyMs, () => this.#ping(usualWaitMs));
  }

  #ping(withinMs: number): void {
    this.#clear();
    this.#waiting = true;
    this.#cancel = this.#options.clock.after(withinMs, () => {
      this.#settle(false);
      this.#options.dead();
    });
    this.#options.ping();
  }

  #settle(isAlive: boolean): void {
    for (const waiter of this.#waiters.splice(0)) waiter(isAlive);
  }

  #clear(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
