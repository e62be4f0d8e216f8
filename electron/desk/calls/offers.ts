import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { PhoneLeg } from '../../phone/phone.ts';
import { occupationAtHand, occupationOf } from './atHand.ts';
import type { CallContext } from './callContext.ts';

/** Calls that ring here: one pop each, and taken by itself where the queue or the PBX wants that. */
export interface Offers {
  offered(leg: PhoneLeg): void;
  /** The next call that the PBX wants taken by itself was asked for here: it is, in whatever state. */
  expect(): void;
  /** The call is answered or gone. */
  settled(callId: string): void;
  stop(): void;
}

/** Long enough to see who calls and to lift one's eyes. */
const autoAnswerMs = 2_000;
/** An expected call that takes longer is one like every other. */
const expectedMs = 30_000;

export function createOffers(context: CallContext): Offers {
  const { phone, agent, clock, log, book, recognize, configuration, logbook } = context;
  const answering = new Map<string, () => void>();
  let expectedUntil = 0;

  function settled(callId: string): void {
    answering.get(callId)?.();
    answering.delete(callId);
  }

  /** A caller must find somebody: only where the agent waits for calls, or has asked for this one. */
  function takesItself(leg: PhoneLeg): boolean {
    const others = book.live().filter(({ kind }) => kind !== 'test');
    if (others.length > 0) return false;
    if (leg.autoAnswer && clock.now() <= expectedUntil) return true;
    const queue = configuration()?.queues.find(({ id }) => id === leg.queueId);
    return agent.view().state === 'ready' && (leg.autoAnswer || queue?.autoAnswer === true);
  }

  function answerLater(call: DeskCall, leg: PhoneLeg): void {
    const cancel = clock.after(autoAnswerMs, () => {
      answering.delete(call.id);
      if (book.find(call.id)?.state !== 'ringing') return;
      book.update(call.id, { autoAnswerAt: null });
      void phone.answer(leg.leg).then((answered) => {
        if (answered.ok || !book.find(call.id)) return;
        log.warn('a call could not be taken by itself', { code: answered.error.code });
        book.update(call.id, { failure: answered.error });
      });
    });
    answering.set(call.id, cancel);
  }

  function offered(leg: PhoneLeg): void {
    // A supervisor's own ear in a colleague's call is no call of a customer.
    if (leg.listening !== null) return;
    const call = recognize.offered(leg);
    const known = book.find(call.id);
    const isKnown = known !== null && known.state !== 'ended';
    if (isKnown && book.legFor(call.id) === leg.leg) return;
    if (isKnown || !agent.foresee({ type: 'callOffered' })) {
      void phone.reject(leg.leg, 'busy');
      return;
    }
    for (const { id, kind } of book.live()) {
      if (kind === 'test') void phone.hangUp(book.legFor(id));
    }
    const auto = takesItself(leg);
    if (leg.autoAnswer) expectedUntil = 0;
    const autoAnswerAt = auto ? clock.now() + autoAnswerMs : null;
    // The window first: it paints while the records are forced to disk.
    book.add({ ...call, autoAnswerAt }, leg.leg, recognize.targetOf(leg));
    if (auto) answerLater(call, leg);
    agent.apply({ type: 'callOffered' }, occupationAtHand(book) ?? occupationOf(call));
    logbook.record([book.recordOf(call)]);
  }

  return {
    offered,
    expect() {
      expectedUntil = clock.now() + expectedMs;
    },
    settled,
    stop() {
      for (const callId of [...answering.keys()]) settled(callId);
    },
  };
}
