import type { IncomingResponse } from 'sip.js/lib/core/index.js';
import { refreshMs } from './backoff.ts';
import { bindingsOf, grantedExpiresS } from './bindings.ts';

const wantedExpiresS = 300;
const mostExpiresS = 86_400;

/** What the registrar has granted this desk and for how long, and what is known of how it keeps contacts. */
export class Grant {
  #askedS = wantedExpiresS;
  #boundAt = 0;
  #refreshAt = 0;
  #endsAt = 0;
  #lists = false;
  #shares = false;

  /** How long a registration is asked to live, seconds. */
  get askedS(): number {
    return this.#askedS;
  }

  /** The registrar names this desk's contact as it was given, so its list can be trusted. */
  get lists(): boolean {
    return this.#lists;
  }

  /** The registrar keeps the contacts of other devices beside this one. */
  get shares(): boolean {
    return this.#shares;
  }

  /** Takes the 200 to a REGISTER that bound this desk. `random` is in [0, 1). */
  take(response: IncomingResponse, ownUser: string, now: number, random: number): void {
    const expiresS = grantedExpiresS(response, ownUser, this.#askedS);
    const { ownS, others } = bindingsOf(response, ownUser, this.#askedS);
    this.#lists = ownS !== null;
    this.#shares = others > 0;
    this.#boundAt = now;
    this.#refreshAt = now + refreshMs(expiresS, random);
    this.#endsAt = now + expiresS * 1_000;
  }

  /** Takes a 423 (RFC 3261 §10.2.8): the next try asks for as long as the registrar wants, where it says so. */
  raise(response: IncomingResponse): boolean {
    const least = Number(response.message.getHeader('Min-Expires'));
    if (!Number.isInteger(least) || least <= this.#askedS || least > mostExpiresS) return false;
    this.#askedS = least;
    return true;
  }

  /** No refresh is due. A clock that was set back knows nothing of that. */
  holds(now: number): boolean {
    return now >= this.#boundAt && now < this.#refreshAt;
  }

  untilRefreshMs(now: number): number {
    return this.#refreshAt - now;
  }

  /** Until it runs out; not above 0 where it has. */
  leftMs(now: number): number {
    return this.#endsAt - now;
  }
}
