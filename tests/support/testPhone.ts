import type { Clock, Log, MediaPort } from '#electron/core/providers.ts';
import type { Phone, PhoneEvent, PhoneLeg } from '#electron/phone/phone.ts';
import { createSipPhone, type SipPhoneOptions } from '#electron/phone/sip/sipPhone.ts';
import type { PhoneStatus } from '#shared/contract/models/desk.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

export const silentLog: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** A phone whose events a test can wait for; what was already said counts from the last `mark`. */
export class TestPhone {
  readonly phone: Phone;
  readonly events: PhoneEvent[] = [];
  #from = 0;
  #waiters = new Set<() => void>();

  constructor(media: MediaPort, options: SipPhoneOptions & { clock?: Clock; log?: Log } = {}) {
    const { clock = systemClock, log = silentLog, ...own } = options;
    this.phone = createSipPhone({ media, clock, log }, own);
    this.phone.listen((event) => {
      this.events.push(event);
      for (const waiter of [...this.#waiters]) waiter();
    });
  }

  /** Forgets what was said so far. */
  mark(): void {
    this.#from = this.events.length;
  }

  /** The first event since the mark for which `find` gives something. */
  until<T>(find: (event: PhoneEvent) => T | undefined | false): Promise<T> {
    return new Promise((resolve) => {
      let at = this.#from;
      const look = (): void => {
        for (; at < this.events.length; at += 1) {
          const event = this.events[at];
          const found = event && find(event);
          if (found === undefined || found === false) continue;
          this.#waiters.delete(look);
          resolve(found);
          return;
        }
      };
      this.#waiters.add(look);
      look();
    });
  }

  status(wanted: (status: PhoneStatus) => boolean): Promise<PhoneStatus> {
    return this.until((event) => event.type === 'status' && wanted(event.status) && event.status);
  }

  registered(): Promise<PhoneStatus> {
    return this.status((status) => status.state === 'registered');
  }

  offered(): Promise<PhoneLeg> {
    return this.until((event) => event.type === 'offered' && event.leg);
  }

  leg(wanted: (leg: PhoneLeg) => boolean): Promise<PhoneLeg> {
    return this.until((event) => event.type === 'changed' && wanted(event.leg) && event.leg);
  }

  /** How this leg ended. */
  end(leg: string): Promise<NonNullable<PhoneLeg['end']>> {
    return this.until(
      (event) => (event.type === 'changed' && event.leg.leg === leg && event.leg.end) || undefined,
    );
  }

  ended(): Promise<NonNullable<PhoneLeg['end']>> {
    return this.until((event) => (event.type === 'changed' && event.leg.end) || undefined);
  }
}
