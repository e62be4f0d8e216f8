import { customerSchema } from '#shared/domain/customers/customer.ts';
import { returnVisitOf, type VisitedCustomer } from '#shared/domain/tickets/returnVisit.ts';
import { type Ticket, ticketSchema } from '#shared/domain/tickets/ticket.ts';
import { readPart } from '../store/configuration.ts';
import { groupOf } from '../store/customers/customerGroups.ts';
import type { MovedRecord } from '../store/feed/feedReaders.ts';
import { readNumberToCall } from '../store/followUp.ts';
import { newsChannel, notify } from '../store/notices.ts';
import { making, readRecord, readRecords, type WrittenRecord } from '../store/records.ts';
import type { Tx } from '../store/store.ts';
import type { FollowUpOptions } from './followUp.ts';

/**
 * Return visits of tickets that were resolved through the API or by a desk of before. Desks bring theirs together with
 * the step and under the same id, so that there never are two.
 */
export async function makeVisits(
  tx: Tx,
  { clock, now }: Pick<FollowUpOptions, 'clock' | 'now'>,
  moved: readonly MovedRecord[],
): Promise<void> {
  const resolved = moved.flatMap(({ id, fields }) => {
    const ticket = ticketSchema.safeParse(fields);
    const isSo = ticket.success && ticket.data.state === 'resolved';
    return isSo && ticket.data.lastStep?.action === 'resolve' ? [{ id, ticket: ticket.data }] : [];
  });
  if (resolved.length === 0) return;
  const rules = await readPart(tx, 'returnVisits');
  const timeZone = (await readPart(tx, 'serviceLevels')).calendars[0]?.timeZone;
  const stamp = clock.tick();
  const made: WrittenRecord[] = [];
  for (const { id: ticketId, ticket } of resolved) {
    const customer = await visitedCustomer(tx, ticket.customerId);
    const names = await activeNames(tx, ticket);
    const nameOf = (userId: string) => names.get(userId) ?? null;
    const visit = returnVisitOf(rules, { ticketId, ticket, customer, nameOf, timeZone });
    if (!visit || (await readRecord(tx, 'task', visit.id))) continue;
    const clocks = Object.fromEntries(Object.keys(visit.fields).map((name) => [name, stamp]));
    made.push({ entity: 'task', id: visit.id, version: 1, fields: { ...visit.fields }, clocks });
  }
  if (made.length === 0) return;
  await making(made, now()).execute(tx);
  await notify(tx, newsChannel);
}

async function visitedCustomer(tx: Tx, customerId: string | null): Promise<VisitedCustomer | null> {
  if (customerId === null) return null;
  const group = await groupOf(tx, customerId);
  const stored = await readRecord(tx, 'customer', group[0] ?? customerId);
  const customer = customerSchema.safeParse(stored?.fields);
  if (!customer.success) return null;
  const { name, callHours, doNotCall } = customer.data;
  return { name, callHours, doNotCall, number: await readNumberToCall(tx, group) };
}

async function activeNames(tx: Tx, ticket: Ticket): Promise<Map<string, string>> {
  const ids = [ticket.firstContactId, ticket.ownerId].filter((id) => id !== null);
  const users = await readRecords(tx, 'user', ids);
  return new Map(
    users
      .filter(({ fields }) => fields.active === true)
      .map(({ id, fields }) => [id, String(fields.name)]),
  );
}
