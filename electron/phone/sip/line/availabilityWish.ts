import type { UserAgent } from 'sip.js';
import type { Clock, Log } from '#electron/core/providers.ts';
import { fail, type Result } from '#shared/result.ts';
import { safely } from '../safely.ts';
import { type Availability, sendAvailability } from './availability.ts';
import { backoffMs } from './backoff.ts';

export interface AvailabilityWishOptions {
  clock: Clock;
  log: Log;
  /** In [0, 1). */
  random: () => number;
  /** The user agent of a line that is registered now; null without one. */
  userAgent(): UserAgent | null;
}

/** A PBX that refuses for good, or knows no such thing, is asked no more often than this. */
const mostWaitMs = 60_000;

/**
 * What the agent wishes of the PBX's queues. It is told until the PBX has taken it: after every registration, and
 * again with backoff where it was refused or not answered, for as long as it is the wish.
 */
export class AvailabilityWish {
  #options: AvailabilityWishOptions;
  #wish: Availability | null = null;
  /** What comes of telling an earlier wish counts no more. */
  #telling = 0;
  #cancel: (() => void) | null = null;

  constructor(options: AvailabilityWishOptions) {
    this.#options = options;
  }

  /** Codes: phone-not-registered, phone-unreachable, phone-refused; the wish stands all the same. */
  async set(wish: Availability): Promise<Result<null>> {
    this.#wish = wish;
    return this.#tell(1);
  }

  /** The PBX has this desk anew, and knows of no wish. */
  registered(): void {
    if (this.#wish) void this.#tell(1);
  }

  forget(): void {
    this.#wish = null;
    this.#next();
  }

  #next(): number {
    this.#cancel?.();
    this.#cancel = null;
    this.#telling += 1;
    return this.#telling;
  }

  async #tell(attempt: number): Promise<Result<null>> {
    const current = this.#next();
    const userAgent = this.#options.userAgent();
    const wish = this.#wish;
    if (!wish || !userAgent) {
      return fail('phone-not-registered', 'told to the PBX after the next registration');
    }
    const told = await safely(() => sendAvailability(userAgent, wish));
    if (!told.ok && current === this.#telling) this.#again(attempt, told.error.code);
    return told;
  }

  #again(attempt: number, code: string): void {
    const { clock, log, random } = this.#options;
    if (attempt === 1) log.warn('phone availability not taken', { code });
    this.#cancel = clock.after(backoffMs(attempt, random(), mostWaitMs), () => {
      void this.#tell(attempt + 1);
    });
  }
}
