import type { Card, DeskCall, Pop } from '#shared/contract/models.ts';
import { callIdOf } from '#shared/domain/ids.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import { DeskError, type Failure } from '#shared/result.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache } from '../cache/cache.ts';
import type { EventHub } from '../core/events.ts';
import type { Notices } from '../core/notices.ts';
import type { Clock, Log } from '../core/providers.ts';
import type { Phone, PhoneEvent, PhoneLeg } from '../phone/phone.ts';
import { unwrap } from '../session/session.ts';
import type { AgentService } from './agent.ts';
import { callFields, endedContact } from './callRecords.ts';
import { belongsOnTimeline, resultOf, samePeople } from './callRules.ts';
import { createHoldTimes } from './holdTimes.ts';
import { buildPop, readNumber } from './pop.ts';

/** Calls at this desk, from the offer to the end of after-call work. */
export interface CallService {
  list(): DeskCall[];
  get(callId: string): DeskCall;
  find(callId: string): DeskCall | null;
  /** Merges into the call and tells the window. */
  update(callId: string, change: Partial<DeskCall>): DeskCall;
  /** The call is done with: it leaves the desk. */
  remove(callId: string): void;
  answer(callId: string): Promise<void>;
  reject(callId: string, how: 'busy' | 'decline'): Promise<void>;
  hangUp(callId: string): Promise<void>;
  mute(callId: string, on: boolean): Promise<void>;
  hold(callId: string, on: boolean): Promise<void>;
  sendDigits(callId: string, digits: string): Promise<void>;
  dial(number: string, customerId: string | null): Promise<DeskCall>;
  chooseCustomer(callId: string, customerId: string | null): DeskCall;
  /** Paints the cards of current calls anew after records changed. */
  refresh(): void;
  stop(): void;
}

export interface CallOptions {
  user: SignedInUser;
  cache: Cache;
  phone: Phone;
  agent: AgentService;
  clock: Clock;
  events: EventHub;
  notices: Notices;
  log: Log;
  home(): HomeCountry;
  /** Name of the PBX in ids: the SIP domain of the account. */
  pbx: string;
  /** An answered call has ended: after-call work begins. Tells when it is over, ms UTC. */
  beginWrapUp(call: DeskCall): number;
}

/** How long queues let an agent's phone ring unless they say so; shown as a drain, decides nothing. */
const usualRingMs = 20_000;

export function createCalls(options: CallOptions): CallService {
  const { user, cache, phone, agent, clock, events, notices, log, home, pbx, beginWrapUp } =
    options;
  const calls = new Map<string, DeskCall>();
  const legOf = new Map<string, string>();
  const callOf = new Map<string, string>();

  function get(callId: string): DeskCall {
    const call = calls.get(callId);
    if (!call) throw new DeskError('call-not-found', 'no such call at this desk');
    return call;
  }

  function legFor(callId: string): string {
    const leg = legOf.get(callId);
    if (!leg || get(callId).state === 'ended')
      throw new DeskError('call-state', 'the call is over');
    return leg;
  }

  function put(call: DeskCall): DeskCall {
    calls.set(call.id, call);
    events.emit('call.changed', call);
    return call;
  }

  function update(callId: string, change: Partial<DeskCall>): DeskCall {
    return put({ ...get(callId), ...change });
  }

  function remove(callId: string): void {
    const leg = legOf.get(callId);
    if (leg) callOf.delete(leg);
    legOf.delete(callId);
    decided.delete(callId);
    if (calls.delete(callId)) events.emit('call.removed', { callId });
  }

  function store(call: DeskCall): void {
    cache.change(
      [{ entity: 'call', id: call.id, fields: callFields(call, user.id, holds.total(call.id)) }],
      user.id,
    );
  }

  /** Calls for which the agent has chosen a customer, or none. */
  const decided = new Set<string>();
  const holds = createHoldTimes(clock);

  function callFrom(leg: PhoneLeg): DeskCall {
    const { parsed, view } = readNumber(leg.number, home());
    const id = callIdOf(pbx, leg.callRef, user.id);
    const pop = buildPop(cache, id, parsed);
    const now = clock.now();
    return {
      id,
      callRef: leg.callRef,
      kind: 'customer',
      direction: leg.direction,
      state: leg.state,
      number: view,
      // RFC 3323 §4.1.1.3: with a withheld number stands a word such as "Anonymous", not a name.
      callerName: view.withheld ? null : leg.name,
      queueId: leg.queueId,
      waitedMs: leg.waitedMs,
      offeredAt: now,
      ringEndsAt: leg.direction === 'in' ? now + usualRingMs : null,
      answeredAt: null,
      endedAt: null,
      endedBy: null,
      result: null,
      muted: false,
      consultFor: null,
      conference: leg.conference,
      transferring: leg.transferring,
      transferredBy: leg.transferredBy,
      autoAnswerAt: null,
      quality: leg.quality,
      recording: null,
      listener: null,
      media: leg.media,
      customerId: pop.card?.customer.id ?? null,
      customerName: pop.card ? pop.card.customer.name : null,
      ticketIds: [],
      pop,
      wrapUp: 'none',
      wrapUpEndsAt: null,
      failure: null,
    };
  }

  function occupation(call: DeskCall) {
    return { callId: call.id, customerName: call.customerName, queueId: call.queueId };
  }

  function offered(leg: PhoneLeg): void {
    const call = callFrom(leg);
    const known = calls.get(call.id);
    if (known && known.state !== 'ended') return;
    if (!agent.allows({ type: 'callOffered' })) {
      void phone.reject(leg.leg, 'busy');
      return;
    }
    legOf.set(call.id, leg.leg);
    callOf.set(leg.leg, call.id);
    // The window first: it paints while the records are forced to disk.
    put(call);
    agent.apply({ type: 'callOffered' }, occupation(call));
    store(call);
  }

  function changed(leg: PhoneLeg): void {
    const callId = callOf.get(leg.leg);
    const call = callId ? calls.get(callId) : undefined;
    if (!call || call.state === 'ended') return;
    if (leg.state === 'ended') {
      ended(call, leg);
      return;
    }
    const answeredNow =
      call.answeredAt === null && (leg.state === 'talking' || leg.state === 'held');
    if ((call.state === 'held') !== (leg.state === 'held'))
      holds.change(call.id, leg.state === 'held');
    const next = update(call.id, {
      state: leg.state,
      media: leg.media,
      muted: leg.muted,
      ...(answeredNow ? { answeredAt: clock.now(), ringEndsAt: null, failure: null } : {}),
    });
    if (!answeredNow) return;
    if (call.direction === 'in') agent.apply({ type: 'callAnswered' }, occupation(next));
    store(next);
  }

  function ended(call: DeskCall, leg: PhoneLeg): void {
    const result = resultOf(call, leg, clock.now());
    // One change for the end and the work after it: a window never sees an ended call without its form.
    const wrapUp = result === 'answered' ? ('due' as const) : ('none' as const);
    const next = update(call.id, {
      state: 'ended',
      media: 'none',
      endedAt: clock.now(),
      endedBy: leg.end?.by ?? 'system',
      result,
      failure: leg.end?.failure ?? null,
      wrapUp,
      wrapUpEndsAt: wrapUp === 'due' ? beginWrapUp(call) : null,
    });
    const fields = callFields(next, user.id, holds.total(call.id));
    holds.forget(call.id);
    cache.change(
      [
        { entity: 'call', id: next.id, fields },
        ...(belongsOnTimeline(next)
          ? [{ entity: 'contact' as const, id: next.id, fields: endedContact(next.id, next, user) }]
          : []),
      ],
      user.id,
    );
    if (result === 'answered') {
      agent.apply({ type: 'callEnded', wrapUp: true }, occupation(next));
    } else {
      leaveUnanswered(next);
    }
  }

  function leaveUnanswered(call: DeskCall): void {
    const missed = call.result === 'missed' || call.result === 'rejected';
    if (call.direction === 'out') agent.apply({ type: 'callFailed' });
    else
      agent.apply(missed ? { type: 'offerMissed', leadsTo: 'break' } : { type: 'offerWithdrawn' });
    remove(call.id);
    if (call.direction === 'out' && call.failure) failedDial(call, call.failure);
  }

  function failedDial(call: DeskCall, failure: Failure): void {
    notices.add({
      id: `dial:${call.id}`,
      level: 'warning',
      failure: { ...failure, details: { ...failure.details, number: call.number.display } },
    });
  }

  function onPhone(event: PhoneEvent): void {
    try {
      if (event.type === 'status') events.emit('phone.changed', event.status);
      else if (event.type === 'offered') offered(event.leg);
      else changed(event.leg);
    } catch (error) {
      log.error('a phone event could not be handled', { event: event.type, error: String(error) });
    }
  }

  const stopListening = phone.listen(onPhone);

  return {
    list: () => [...calls.values()],
    get,
    find: (callId) => calls.get(callId) ?? null,
    update,
    remove,
    async answer(callId) {
      const answered = await phone.answer(legFor(callId));
      if (!answered.ok) update(callId, { failure: answered.error });
      unwrap(answered);
    },
    async reject(callId, how) {
      unwrap(await phone.reject(legFor(callId), how));
    },
    async hangUp(callId) {
      unwrap(await phone.hangUp(legFor(callId)));
    },
    async mute(callId, on) {
      unwrap(await phone.mute(legFor(callId), on));
    },
    async hold(callId, on) {
      unwrap(await phone.hold(legFor(callId), on));
    },
    async sendDigits(callId, digits) {
      unwrap(await phone.sendDigits(legFor(callId), digits));
    },
    async dial(number, customerId) {
      const { parsed } = readNumber(number, home());
      const target = parsed.e164 ?? parsed.national;
      if (!target) throw new DeskError('number-invalid', 'this is no number that can be dialled');
      const leg = unwrap(await phone.dial(target));
      const call = callFrom(leg);
      if (!agent.apply({ type: 'callDialled' }, occupation(call))) {
        void phone.hangUp(leg.leg);
        throw new DeskError('state-not-allowed', 'there is another call or a wrap-up at hand');
      }
      legOf.set(call.id, leg.leg);
      callOf.set(leg.leg, call.id);
      put(call);
      store(call);
      if (customerId) bind(call.id, customerId);
      const now = phone.legs().find((known) => known.leg === leg.leg);
      if (now) changed(now);
      return calls.get(call.id) ?? call;
    },
    chooseCustomer: bind,
    refresh() {
      for (const call of calls.values()) {
        if (call.customerId) repaint(call, call.customerId);
        else if (!decided.has(call.id)) lookUpAgain(call);
      }
    },
    stop: stopListening,
  };

  function repaint(call: DeskCall, customerId: string): void {
    const card = cache.card(customerId);
    if (!card) return;
    update(call.id, { pop: { ...call.pop, card }, customerName: card.customer.name });
  }

  /** Customers may arrive from the centre while the caller is already on: a match is told as soon as it is there. */
  function lookUpAgain(call: DeskCall): void {
    const pop = buildPop(cache, call.id, readNumber(call.number.raw, home()).parsed);
    if (samePeople(pop, call.pop)) return;
    if (pop.card) bindTo(call, pop.card, pop);
    else update(call.id, { pop });
  }

  function bind(callId: string, customerId: string | null): DeskCall {
    const call = get(callId);
    const card = customerId ? cache.card(customerId) : null;
    if (customerId && !card) throw new DeskError('not-found', 'no such customer here');
    decided.add(callId);
    return bindTo(call, card, { ...call.pop, card });
  }

  function bindTo(call: DeskCall, card: Card | null, pop: Pop): DeskCall {
    const bound = update(call.id, {
      customerId: card?.customer.id ?? null,
      customerName: card?.customer.name ?? null,
      pop,
    });
    store(bound);
    agent.occupied(occupation(bound));
    if (bound.state === 'ended') {
      cache.change(
        [{ entity: 'contact', id: bound.id, fields: { customerId: bound.customerId } }],
        user.id,
      );
    }
    return bound;
  }
}
