import type { Card } from '#shared/contract/models/records.ts';
import { valueSince } from '#shared/domain/customers/customerValue.ts';
import { newId } from '#shared/domain/ids.ts';
import { DeskError } from '#shared/result.ts';
import type { LocalChange } from '../../cache/cache.ts';
import type { Handlers } from '../../handler/handler.ts';
import type { CallService } from '../calls.ts';
import { editChanges, verifyChanges } from './edit.ts';
import { sourceOf } from './fieldHistory.ts';
import { type CustomerParts, customerOf } from './parts.ts';
import { addPointChanges, changePointChanges, verifyPointChanges } from './points.ts';
import { answerChanges, questionsFor } from './questions.ts';
import { withReadableHint } from './readable.ts';
import { registration } from './register.ts';
import { endRelation, relate } from './relations.ts';
import { likenessOf } from './similar.ts';

export interface CustomerOptions extends CustomerParts {
  calls: Pick<CallService, 'find' | 'chooseCustomer'>;
}

type CustomerMethod = Extract<keyof Handlers, `customers.${string}`>;

const everything = { kinds: [], text: '', from: null, to: null };

/** What a window asks of customers. Every change is one transaction with its entries of history. */
export function customerHandlers(options: CustomerOptions): Pick<Handlers, CustomerMethod> {
  const { cache, calls, clock, home, user } = options;

  function card(customerId: string): Card {
    const found = cache.card(customerId);
    if (!found) throw new DeskError('not-found', 'no such customer here');
    return found;
  }

  function changed(customerId: string, changes: LocalChange[]): Card {
    if (changes.length > 0) cache.change(changes, user.id);
    return card(customerId);
  }

  return {
    'customers.card': ({ customerId }) => card(customerId),
    'customers.timeline': ({ customerId, before, beforeId = null, filter = everything, limit }) =>
      cache.customers.timeline(cache.groupOf(customerId), { ...filter, before, beforeId, limit }),
    'customers.timelineCounts': ({ customerId, filter }) =>
      cache.customers.timelineCounts(cache.groupOf(customerId), filter),
    'customers.search': async ({ text, limit }) =>
      withReadableHint(await cache.search.customers(text, limit), home()),
    'customers.similar': (wish) => cache.search.similar(likenessOf(wish, home()), 8),
    'customers.list': ({ list, limit }) =>
      withReadableHint(cache.customers.list(list, user.id, limit), home()),
    'customers.register': (input) => {
      const id = newId();
      const made = changed(id, registration(options, id, input));
      if (input.callId && calls.find(input.callId)) calls.chooseCustomer(input.callId, id);
      return made;
    },
    'customers.edit': ({ customerId, edit, callId }) =>
      changed(customerId, editChanges(options, customerId, edit, sourceOf(callId))),
    'customers.verify': ({ customerId, field, callId }) => {
      const [, pointId] = /^contactPoint\.(.+)$/u.exec(field) ?? [];
      const source = sourceOf(callId);
      const changes = pointId
        ? verifyPointChanges(options, customerId, pointId, source)
        : verifyChanges(options, customerId, field.replace(/^profile\./u, ''), source);
      return changed(customerId, changes);
    },
    'customers.addPoint': ({ customerId, point, callId }) =>
      changed(customerId, addPointChanges(options, customerId, point, sourceOf(callId))),
    'customers.changePoint': ({ customerId, pointId, edit, callId }) =>
      changed(customerId, changePointChanges(options, customerId, pointId, edit, sourceOf(callId))),
    'customers.relations': ({ customerId }) => cache.customers.relations(cache.groupOf(customerId)),
    'customers.relate': (input) => {
      const { relationId, changes } = relate(options, input);
      if (changes.length > 0) cache.change(changes, user.id);
      return { relationId };
    },
    'customers.endRelation': ({ relationId }) => {
      const changes = endRelation(options, relationId);
      if (changes.length > 0) cache.change(changes, user.id);
      return { relationId };
    },
    'customers.history': ({ customerId, field, limit }) =>
      cache.customers.history(cache.groupOf(customerId), field, limit),
    'customers.value': ({ customerId }) => {
      const [id, { valueClass }] = customerOf(options, customerId);
      const { months } = cache.part('customerValue');
      const since = valueSince(clock.now(), months);
      return { valueClass, months, ...cache.customers.orderFacts(cache.groupOf(id), since) };
    },
    'customers.questions': ({ customerId }) => questionsFor(options, customerId),
    'customers.answer': (input) => changed(input.customerId, answerChanges(options, input)),
  };
}
