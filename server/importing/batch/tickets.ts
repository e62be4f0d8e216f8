import { defaultResolveMs, type Ticket } from '#shared/domain/tickets/ticket.ts';
import type { GivenFieldsOf } from '#shared/sync/entities.ts';
import { setCounter } from '../../store/counters.ts';
import type { Tx } from '../../store/store.ts';
import { numberNew, ticketCounter } from '../../sync/serverFields.ts';
import type { Draft, ReadContext } from '../rows/draft.ts';
import { customerOf, findCustomers, findNumbered } from './matching.ts';
import type { Made, Plan } from './plan.ts';
import { addTimelineEntry } from './timeline.ts';

/** Decide what becomes of rows of tickets. */
export async function planTickets(tx: Tx, drafts: Draft[], plan: Plan): Promise<void> {
  const matches = await findCustomers(
    tx,
    drafts.flatMap(({ customer }) => customer),
  );
  const keys = drafts.flatMap(({ own }) => own);
  const held = await findNumbered(tx, 'ticket', keys);
  const fresh = new Map<string, Made<'ticket'>>();

  for (const draft of drafts) {
    const no = typeof draft.fields.no === 'string' ? draft.fields.no : null;
    const customerId = customerOf(draft, matches);
    if (customerId === undefined) {
      plan.count(draft, 'wrong');
      continue;
    }
    const id = no === null ? undefined : held.get(no);
    const earlier = no === null ? undefined : fresh.get(no);
    if (id === undefined && !earlier) {
      const made = make(plan, customerId, draft);
      if (no !== null) fresh.set(no, made);
      plan.count(draft, 'new');
      continue;
    }
    const next = plan.meet(draft, no ?? '');
    // The second ticket of a number gets one of its own.
    if (next === 'make')
      make(plan, customerId, { ...draft, fields: { ...draft.fields, no: null } });
    if (next !== 'change') continue;
    const given = customerId === null ? draft.fields : { ...draft.fields, customerId };
    if (id !== undefined) plan.change('ticket', id, { ...draft, fields: given });
    else if (earlier) {
      Object.assign(earlier.fields, given);
      plan.count(draft, 'updated');
    }
  }
}

function make(plan: Plan, customerId: string | null, draft: Draft): Made<'ticket'> {
  const made = plan.make('ticket', newTicket(customerId, draft, plan.context));
  const { fields } = made;
  const by = { ticketId: made.id, byId: fields.firstContactId, byName: fields.firstContactName };
  plan.make('ticketEvent', { ...by, name: 'ticket.created', at: fields.createdAt, note: null });
  if (typeof fields.closedAt === 'number') {
    plan.make('ticketEvent', { ...by, name: 'ticket.closed', at: fields.closedAt, note: null });
  }
  if (customerId !== null) {
    addTimelineEntry(plan, {
      kind: 'ticket',
      customerId,
      at: fields.createdAt,
      title: fields.subject,
      detail: fields.description,
      agentId: fields.firstContactId,
      agentName: fields.firstContactName,
      refId: made.id,
      outcome: fields.state === 'closed' ? 'closed' : null,
    });
  }
  return made;
}

function newTicket(
  customerId: string | null,
  { fields, aside }: Draft,
  { nowMs, importer }: ReadContext,
): GivenFieldsOf<'ticket'> {
  const given = fields as Partial<Ticket>;
  const createdAt = given.createdAt ?? nowMs;
  const priority = given.priority ?? 'normal';
  const state = given.state ?? (given.closedAt === undefined ? 'registered' : 'closed');
  const closedAt = state === 'closed' ? Math.max(given.closedAt ?? createdAt, createdAt) : null;
  return {
    no: given.no ?? null,
    type: given.type ?? 'serviceRequest',
    categoryId: given.categoryId ?? null,
    priority,
    state,
    subject: given.subject ?? '',
    description: given.description ?? '',
    customerId,
    callId: null,
    queueId: null,
    numberRaw: aside.numberRaw ?? null,
    ownerId: given.ownerId ?? null,
    firstContactId: given.firstContactId ?? importer.id,
    firstContactName: given.firstContactName ?? importer.name,
    createdAt,
    dueAt: given.dueAt ?? createdAt + defaultResolveMs[priority],
    closedAt,
  };
}

const serverNumber = /^(\d{4})(\d{7})$/;

/** Number the tickets that brought none, and let the server's numbers go on above those that look like them. */
export async function numberTickets(tx: Tx, made: Made[], nowMs: number): Promise<void> {
  const highest = new Map<number, number>();
  for (const { fields } of made) {
    const parts = serverNumber.exec(String((fields as { no?: unknown }).no ?? ''));
    if (!parts) continue;
    const year = Number(parts[1]);
    highest.set(year, Math.max(highest.get(year) ?? 0, Number(parts[2])));
  }
  const without = made.filter(({ fields }) => 'no' in fields && fields.no === null);
  const thisYear = new Date(nowMs).getFullYear();
  if (without.length > 0) highest.set(thisYear, highest.get(thisYear) ?? 0);
  // In the same order for all, so that no two batches wait for each other's counters.
  const years = [...highest].sort(([one], [other]) => one - other);
  for (const [year, value] of years) await setCounter(tx, ticketCounter(year), value);
  await numberNew(
    tx,
    without.map(({ fields }) => ({ entity: 'ticket', fields })),
    nowMs,
  );
}
