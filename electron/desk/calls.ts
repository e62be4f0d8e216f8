import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { EventHub } from '../core/events.ts';
import type { Phone, PhoneEvent, PhoneLeg } from '../phone/phone.ts';
import { unwrap } from '../session/session.ts';
import type { CallContext } from './calls/callContext.ts';
import { type CentreWord, createCentreWord, type RecordingPort } from './calls/centreWord.ts';
import { followCourse } from './calls/course.ts';
import { type CallCustomers, createCallCustomers } from './calls/customers.ts';
import { createDialling, type Dialling } from './calls/dialling.ts';
import { endCall } from './calls/endings.ts';
import { createOffers } from './calls/offers.ts';
import { createTransfers, type Transfers } from './calls/transfers.ts';

/** Calls at this desk, from the offer to the end of after-call work. */
export interface CallService
  extends Pick<Dialling, 'dial' | 'consult' | 'testCall'>,
    Transfers,
    CentreWord {
  list(): DeskCall[];
  get(callId: string): DeskCall;
  find(callId: string): DeskCall | null;
  /** Merges into the call and tells the window. */
  update(callId: string, change: Partial<DeskCall>): DeskCall;
  answer(callId: string): Promise<void>;
  reject(callId: string, how: 'busy' | 'decline'): Promise<void>;
  hangUp(callId: string): Promise<void>;
  mute(callId: string, on: boolean): Promise<void>;
  hold(callId: string, on: boolean): Promise<void>;
  sendDigits(callId: string, digits: string): Promise<void>;
  chooseCustomer: CallCustomers['choose'];
  /** The next call that the PBX wants taken by itself was asked for here: a call taken over. */
  expectCall(): void;
  /** Paints the cards of current calls anew after records changed. */
  refresh(): void;
  stop(): void;
}

export interface CallOptions extends CallContext {
  events: Pick<EventHub, 'emit'>;
  /** Where the centre has a connector to its PBX. */
  recording?: RecordingPort | undefined;
}

export function createCalls(options: CallOptions): CallService {
  const { phone, events, log, book } = options;
  const offers = createOffers(options);
  const customers = createCallCustomers(options);
  const dialling = createDialling(options, { changed, bind: customers.choose });
  const transfers = createTransfers(options, dialling.destination);
  const centre = createCentreWord(options, options.recording);

  function changed(leg: PhoneLeg): void {
    const call = book.ofLeg(leg.leg);
    if (!call) {
      dialling.stray(leg);
      return;
    }
    if (call.state === 'ended') return;
    if (leg.state !== 'ringing') offers.settled(call.id);
    if (leg.state === 'ended') endCall(options, call, leg);
    else followCourse(options, call, leg);
  }

  function onPhone(event: PhoneEvent): void {
    try {
      if (event.type === 'status') events.emit('phone.changed', event.status);
      else if (event.type === 'offered') offers.offered(event.leg);
      else changed(event.leg);
    } catch (error) {
      log.error('a phone event could not be handled', { event: event.type, error: String(error) });
      if (event.type === 'offered') turnAway(event.leg);
    }
  }

  /** A caller whom nobody sees here does not ring on: the PBX asks the next agent. */
  function turnAway({ leg }: PhoneLeg): void {
    if (!book.ofLeg(leg)) void phone.reject(leg, 'busy');
  }

  const stopListening = phone.listen(onPhone);

  const { dial, consult, testCall } = dialling;
  return {
    ...transfers,
    ...centre,
    ...controls(phone, options),
    ...{ dial, consult, testCall },
    list: book.list,
    get: book.get,
    find: book.find,
    update: book.update,
    chooseCustomer: customers.choose,
    expectCall: offers.expect,
    refresh: customers.refresh,
    stop() {
      stopListening();
      offers.stop();
    },
  };
}

/** What goes to the phone as it is. */
function controls(
  phone: Phone,
  { book }: CallContext,
): Pick<CallService, 'answer' | 'reject' | 'hangUp' | 'mute' | 'hold' | 'sendDigits'> {
  return {
    async answer(callId) {
      const answered = await phone.answer(book.legFor(callId));
      if (!answered.ok && book.find(callId)) book.update(callId, { failure: answered.error });
      unwrap(answered);
    },
    async reject(callId, how) {
      unwrap(await phone.reject(book.legFor(callId), how));
    },
    async hangUp(callId) {
      unwrap(await phone.hangUp(book.legFor(callId)));
    },
    async mute(callId, on) {
      unwrap(await phone.mute(book.legFor(callId), on));
    },
    async hold(callId, on) {
      unwrap(await phone.hold(book.legFor(callId), on));
    },
    async sendDigits(callId, digits) {
      unwrap(await phone.sendDigits(book.legFor(callId), digits));
    },
  };
}
