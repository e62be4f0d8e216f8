import type { DeskCall } from '#shared/contract/models/calls.ts';
import { usualPhone } from '#shared/domain/configuration.ts';
import { DeskError } from '#shared/result.ts';
import type { PhoneLeg } from '../../phone/phone.ts';
import { unwrap } from '../../session/session.ts';
import { assertMayCallNow } from '../followUp/calling.ts';
import { readNumber } from '../pop.ts';
import { occupationAtHand } from './atHand.ts';
import type { CallContext } from './callContext.ts';
import { takeBackNotices, takeBackTestNotice } from './callNotices.ts';
import { type Destination, destinationOf } from './destination.ts';
import type { Dialled } from './recognize.ts';

export interface DialWish {
  number: string;
  customerId: string | null;
  /** One of the configured numbers, or null for the usual one. */
  callerId: string | null;
  consent: boolean;
}

/** Calls that begin here. The phone holds the call that is on before it dials. */
export interface Dialling {
  dial(wish: DialWish): Promise<DeskCall>;
  /** Dials somebody to ask for advice about a call, which is held. */
  consult(callId: string, target: string, consent: boolean): Promise<DeskCall>;
  /** Dials the PBX's echo; nothing of it is kept, and the agent's state stays. */
  testCall(number: string): Promise<DeskCall>;
  /** Whom a transfer goes to, under the same rules as a dialled number. */
  destination(target: string, consent: boolean): Destination;
  /** The phone told of a leg that no call is known for: it may be one that is being dialled. */
  stray(leg: PhoneLeg): void;
}

export interface DiallingHooks {
  changed(leg: PhoneLeg): void;
  bind(callId: string, customerId: string): void;
}

export function createDialling(context: CallContext, hooks: DiallingHooks): Dialling {
  const { phone, agent, wrapUps, book, recognize, cache, logbook, home, configuration } = context;
  const strays = new Map<string, PhoneLeg>();
  let under = 0;

  function destination(target: string, consent: boolean): Destination {
    return destinationOf(target, consent, {
      configuration: configuration(),
      home: home(),
      colleagues: () => cache.colleagues(),
    });
  }

  /** The number shown outside: the chosen one, else the usual one. Throws `invalid-input` for any other. */
  function callerIdFor(wanted: string | null, kind: DeskCall['kind']): string | undefined {
    const { callerIds } = configuration()?.phone ?? usualPhone;
    const chosen = wanted === null ? callerIds[0] : callerIds.find((one) => one.number === wanted);
    if (wanted !== null && !chosen) {
      throw new DeskError('invalid-input', 'this number may not be shown', { field: 'callerId' });
    }
    return kind === 'customer' || wanted !== null ? chosen?.number : undefined;
  }

  /** Places the call and makes it known, with what the phone told of it meanwhile. */
  async function place(
    dial: () => Promise<PhoneLeg>,
    known: (leg: PhoneLeg) => DeskCall,
  ): Promise<DeskCall> {
    under += 1;
    try {
      const leg = await dial();
      const call = known(leg);
      const newest = phone.legs().find((one) => one.leg === leg.leg) ?? strays.get(leg.leg);
      if (newest) hooks.changed(newest);
      return book.find(call.id) ?? call;
    } finally {
      under -= 1;
      if (under === 0) strays.clear();
    }
  }

  const onPhone = async (target: string, callerId?: string) =>
    unwrap(await phone.dial(target, { callerId }));

  /** Nobody is there who could be put on hold. */
  async function endTestCall(): Promise<void> {
    const test = book.live().find(({ kind }) => kind === 'test');
    if (test) await phone.hangUp(book.legFor(test.id));
  }

  /** The agent is on the call from the wish on, so that no other comes between. */
  async function onCall(target: string, callerId: string | undefined): Promise<PhoneLeg> {
    if (!agent.apply({ type: 'callDialled' }, occupationAtHand(book))) {
      throw new DeskError('state-not-allowed', 'not in this state');
    }
    try {
      return await onPhone(target, callerId);
    } catch (error) {
      agent.apply({ type: 'callFailed' }, occupationAtHand(book));
      wrapUps.settle();
      agent.occupied(occupationAtHand(book));
      throw error;
    }
  }

  function known(leg: PhoneLeg, target: string, dialled: Dialled): DeskCall {
    wrapUps.setAside();
    const call = book.add(recognize.dialled(leg, dialled), leg.leg, target);
    agent.occupied(occupationAtHand(book));
    logbook.record([book.recordOf(call)]);
    return call;
  }

  return {
    destination,
    async dial({ number, customerId, callerId, consent }) {
      const to = destination(number, consent);
      const kind = customerId === null ? to.kind : 'customer';
      const shown = callerIdFor(callerId, kind);
      if (!consent) assertMayCallNow({ cache, clock: context.clock }, customerId);
      await endTestCall();
      return place(
        () => onCall(to.target, shown),
        (leg) => {
          takeBackNotices(context.notices, to.target);
          const call = known(leg, to.target, { ...to, kind, consultFor: null });
          if (customerId !== null) hooks.bind(call.id, customerId);
          return call;
        },
      );
    },
    async consult(callId, target, consent) {
      book.legFor(callId);
      if (book.get(callId).answeredAt === null) {
        throw new DeskError('call-state', 'the call is not answered yet');
      }
      const to = destination(target, consent);
      const shown = callerIdFor(null, to.kind);
      return place(
        () => onCall(to.target, shown),
        (leg) => {
          const stillThere = book.find(callId)?.state !== 'ended' && book.find(callId) !== null;
          const consultFor = stillThere ? callId : null;
          return known(leg, to.target, { ...to, kind: 'colleague', consultFor });
        },
      );
    },
    async testCall(number) {
      if (book.live().length > 0) throw new DeskError('call-state', 'there is another call');
      takeBackTestNotice(context.notices);
      const { view } = readNumber(number, home());
      const nobody = { name: null, queueId: null, consultFor: null };
      return place(
        () => onPhone(number),
        (leg) =>
          book.add(
            recognize.dialled(leg, { kind: 'test', number: view, ...nobody }),
            leg.leg,
            null,
          ),
      );
    },
    stray(leg) {
      if (under > 0) strays.set(leg.leg, leg);
    },
  };
}
