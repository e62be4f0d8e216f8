import type { Order } from '#shared/domain/customers/contact.ts';
import type { Tx } from '../../store/store.ts';
import type { Draft, ReadContext } from '../rows/draft.ts';
import { customerOf, findCustomers, findNumbered } from './matching.ts';
import type { Made, Plan } from './plan.ts';
import { addTimelineEntry } from './timeline.ts';

/** Decide what becomes of rows of orders. */
export async function planOrders(tx: Tx, drafts: Draft[], plan: Plan): Promise<void> {
  const matches = await findCustomers(
    tx,
    drafts.flatMap(({ customer }) => customer),
  );
  const keys = drafts.flatMap(({ own }) => own);
  const held = await findNumbered(tx, 'order', keys);
  const fresh = new Map<string, Made<'order'>>();

  for (const draft of drafts) {
    const no = String(draft.fields.no);
    const customerId = customerOf(draft, matches);
    if (!customerId) {
      plan.count(draft, 'wrong');
      continue;
    }
    const earlier = fresh.get(no);
    const id = held.get(no);
    if (id === undefined && !earlier) {
      fresh.set(no, make(plan, customerId, draft));
      plan.count(draft, 'new');
      continue;
    }
    const next = plan.meet(draft, no);
    if (next === 'make') make(plan, customerId, draft);
    if (next !== 'change') continue;
    if (id !== undefined) {
      plan.change('order', id, { ...draft, fields: { ...draft.fields, customerId } });
    } else if (earlier) {
      Object.assign(earlier.fields, draft.fields, { customerId });
      plan.count(draft, 'updated');
    }
  }
}

function make(plan: Plan, customerId: string, draft: Draft): Made<'order'> {
  const made = plan.make('order', newOrder(customerId, draft, plan.context));
  const { at, title, no, state } = made.fields;
  const entry = { kind: 'order' as const, customerId, at, title, detail: no, refId: made.id };
  addTimelineEntry(plan, { ...entry, outcome: state });
  return made;
}

function newOrder(customerId: string, { fields }: Draft, { currency, nowMs }: ReadContext): Order {
  const given = fields as Partial<Order>;
  const no = given.no ?? '';
  return {
    customerId,
    no,
    at: given.at ?? nowMs,
    title: given.title ?? no,
    amount: given.amount ?? { minor: 0, currency },
    state: given.state ?? 'open',
  };
}
