import { fail, ok, type Result } from '#shared/result.ts';
import type { DialOptions } from '../../phone.ts';
import type { Conference } from './conference.ts';
import { hold } from './hold.ts';
import { answer } from './incoming.ts';
import type { Leg } from './leg.ts';
import type { LegHost } from './legHost.ts';
import { place } from './outgoing.ts';
import { join, transfer } from './transfer.ts';

const mostLegs = 8;

/**
 * Who has the floor: one call, or one conference, talks at a time. Whatever gives the floor to another call holds
 * those that have it first, and gives it back where that fails. One change after the other.
 */
export class Floor {
  #host: LegHost;
  #legs: () => Leg[];
  #conference: Conference;
  /** What is under way now; null while nothing is. */
  #turn: Promise<unknown> | null = null;
  #placing = false;

  constructor(host: LegHost, legs: () => Leg[], conference: Conference) {
    this.#host = host;
    this.#legs = legs;
    this.#conference = conference;
  }

  /** A call is here, or about to be, beside which an offer has to wait. */
  get isTaken(): boolean {
    return this.#placing || this.#legs().some((leg) => leg.state !== 'ringing');
  }

  answer(leg: Leg): Promise<Result<null>> {
    return this.#inTurn(() => answer(this.#host, leg, () => this.#clear([leg])));
  }

  hold(leg: Leg, on: boolean): Promise<Result<null>> {
    return this.#inTurn(() => {
      if (on || leg.state !== 'held') return hold(this.#host, leg, on);
      return this.#takeUp([leg]);
    });
  }

  /** `created` gets the leg as soon as the call is on its way. */
  place(target: string, options: DialOptions, created: (leg: Leg) => void): Promise<Result<Leg>> {
    return this.#inTurn(async () => {
      if (this.#legs().length >= mostLegs) return fail('call-state', 'too many calls at this desk');
      this.#placing = true;
      try {
        return await place(this.#host, { target, ...options }, () => this.#clear([]), created);
      } finally {
        this.#placing = false;
      }
    });
  }

  /** Two or more talk together; with fewer, the first one talks and the rest of the conference is held. */
  confer(legs: Leg[]): Promise<Result<null>> {
    return this.#inTurn(async () => {
      if (legs.length < 2) return this.#split(legs[0]);
      if (!legs.every((leg) => leg.isUp && !leg.transferring)) {
        return fail('call-state', 'only calls that are up can be in a conference');
      }
      const held = legs.filter((leg) => leg.state === 'held');
      const together = await this.#takeUp(legs);
      if (!together.ok) return together;
      const mixed = await this.#conference.set(legs);
      if (!mixed.ok) await this.#holdAll(held);
      return mixed;
    });
  }

  async transfer(leg: Leg, target: string): Promise<Result<null>> {
    const transferred = await transfer(this.#host, leg, target);
    if (!transferred.ok) await this.#stepBack(leg);
    return transferred;
  }

  async join(leg: Leg, other: Leg): Promise<Result<null>> {
    const joined = await join(this.#host, leg, other);
    if (!joined.ok) for (const one of [leg, other]) await this.#stepBack(one);
    return joined;
  }

  /** At once where nothing else is under way, else after it. */
  #inTurn<T>(act: () => Promise<Result<T>>): Promise<Result<T>> {
    const result = this.#turn ? this.#turn.then(act) : act();
    const turn = result
      .catch(() => undefined)
      .finally(() => {
        if (this.#turn === turn) this.#turn = null;
      });
    this.#turn = turn;
    return result;
  }

  /** These talk, whoever else talked is held. Where one cannot be resumed, all is as it was. */
  async #takeUp(legs: Leg[]): Promise<Result<null>> {
    const cleared = await this.#clear(legs);
    if (!cleared.ok) return cleared;
    const held = legs.filter((leg) => leg.state === 'held');
    const resumed = await Promise.all(held.map((leg) => hold(this.#host, leg, false)));
    const failed = resumed.find((one) => !one.ok);
    if (!failed) return ok(null);
    await this.#holdAll(held);
    await cleared.value();
    return failed;
  }

  /** Holds whoever talks, except these; the function gives the floor back to them. */
  async #clear(except: Leg[]): Promise<Result<() => Promise<void>>> {
    const others = this.#legs().filter((leg) => !except.includes(leg));
    if (others.some(({ state }) => state === 'dialling' || state === 'connecting')) {
      return fail('call-state', 'another call is being set up');
    }
    // A call that is being passed on has left the floor already.
    const talking = others.filter((leg) => leg.state === 'talking' && !leg.transferring);
    const together = talking.filter((leg) => leg.conference);
    const giveBack = async (): Promise<void> => {
      const back = talking.filter((leg) => leg.state === 'held');
      await Promise.all(back.map((leg) => hold(this.#host, leg, false)));
      const again = together.filter((leg) => leg.state === 'talking');
      if (again.length > 1) await this.#conference.set(again);
    };
    const failed = await this.#holdAll(talking);
    if (failed) {
      await giveBack();
      return failed;
    }
    return ok(giveBack);
  }

  /** The first failure, unless the call it concerns is over. */
  async #holdAll(
    legs: Leg[],
  ): Promise<{ ok: false; error: ReturnType<typeof fail>['error'] } | null> {
    const results = await Promise.all(
      legs.map(async (leg) => {
        const held = await hold(this.#host, leg, true);
        return held.ok || leg.isEnded ? null : held;
      }),
    );
    return results.find((result) => result !== null) ?? null;
  }

  async #split(keep: Leg | undefined): Promise<Result<null>> {
    const members = this.#conference.members;
    const first = keep ?? members[0];
    const ended = await this.#conference.set([]);
    const failed = await this.#holdAll(members.filter((leg) => leg !== first));
    return failed ?? ended;
  }

  /** A transfer failed: the call is the agent's again, but not beside one that was taken up meanwhile. */
  async #stepBack(leg: Leg): Promise<void> {
    await this.#inTurn(async () => {
      const isAlone = !this.#legs().some((other) => other !== leg && other.state === 'talking');
      if (leg.state !== 'talking' || leg.conference || isAlone) return ok(null);
      return hold(this.#host, leg, true);
    });
  }
}
