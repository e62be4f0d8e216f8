import type { DeskCall, Pop } from '#shared/contract/models/calls.ts';
import type { Card } from '#shared/contract/models/records.ts';
import { DeskError } from '#shared/result.ts';
import { samePeople } from '../callRules.ts';
import { buildPop, readNumber } from '../pop.ts';
import { occupationAtHand } from './atHand.ts';
import type { CallContext } from './callContext.ts';

/** Whose call it is: bound by the agent, or by the one exact match. */
export interface CallCustomers {
  choose(callId: string, customerId: string | null): DeskCall;
  /** Paints the cards of current calls anew after records changed. */
  refresh(): void;
}

export function createCallCustomers(context: CallContext): CallCustomers {
  const { cache, logbook, agent, book, home } = context;

  function bind(call: DeskCall, card: Card | null, pop: Pop): DeskCall {
    const bound = book.update(call.id, {
      customerId: card?.customer.id ?? null,
      customerName: card?.customer.name ?? null,
      pop,
    });
    logbook.record([book.recordOf(bound)]);
    agent.occupied(occupationAtHand(book));
    if (bound.state === 'ended') {
      logbook.record([
        { entity: 'contact', id: bound.id, fields: { customerId: bound.customerId } },
      ]);
    }
    return bound;
  }

  function repaint(call: DeskCall, customerId: string): void {
    const card = cache.card(customerId);
    if (!card) return;
    book.update(call.id, { pop: { ...call.pop, card }, customerName: card.customer.name });
  }

  /** Customers may arrive from the centre while the caller is already on: a match is told as soon as it is there. */
  function lookUpAgain(call: DeskCall): void {
    const pop = buildPop(cache, call.id, readNumber(call.number.raw, home()).parsed);
    if (samePeople(pop, call.pop)) return;
    if (pop.card) bind(call, pop.card, pop);
    else book.update(call.id, { pop });
  }

  return {
    choose(callId, customerId) {
      const call = book.get(callId);
      if (call.kind !== 'customer') {
        throw new DeskError('call-state', 'this is no call of a customer');
      }
      const card = customerId ? cache.card(customerId) : null;
      if (customerId && !card) throw new DeskError('not-found', 'no such customer here');
      book.note(callId, { decided: true });
      return bind(call, card, { ...call.pop, card });
    },
    refresh() {
      for (const call of book.list()) {
        if (call.kind !== 'customer') continue;
        if (call.customerId) repaint(call, call.customerId);
        else if (!book.noted(call.id).decided) lookUpAgain(call);
      }
    },
  };
}
