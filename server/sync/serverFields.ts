import type { EntityName } from '#shared/sync/entities.ts';
import { nextValues } from '../store/counters.ts';
import type { Tx } from '../store/store.ts';

/** Fields that only the server gives. What a desk says about them is set aside. */
const serverGiven: Partial<Record<EntityName, readonly string[]>> = {
  ticket: ['no', 'limitsTold'],
  notification: ['userId', 'kind', 'at', 'ticketId', 'taskId', 'subject', 'byName'],
};

const numberDigits = 7;

/** Fields that are given once: who comes later changes nothing, nor takes them back. */
const givenOnce: Partial<Record<EntityName, readonly string[]>> = {
  ticket: ['respondedAt'],
  message: ['readAt', 'reply', 'repliedAt', 'replyReadAt'],
  attachment: ['byId', 'byName'],
  customerMerge: ['byId', 'byName'],
};

/** Split a desk's fields into those it may decide and the names of those it may not. `held`: the record, if there is one. */
export function withoutServerFields(
  entity: EntityName,
  fields: Record<string, unknown>,
  held: Record<string, unknown> = {},
): { own: Record<string, unknown>; aside: string[] } {
  const stands = (givenOnce[entity] ?? []).filter((name) => (held[name] ?? null) !== null);
  const given = [...(serverGiven[entity] ?? []), ...stands];
  const own = Object.fromEntries(Object.entries(fields).filter(([name]) => !given.includes(name)));
  return { own, aside: given.filter((name) => Object.hasOwn(fields, name)) };
}

/** What the server adds to a new record. A ticket's number comes when it is written (`numberNew`). */
export function fieldsGivenTo(entity: EntityName): Record<string, unknown> {
  return entity === 'ticket' ? { no: null, limitsTold: [] } : {};
}

/**
 * Give the tickets among new records their numbers, such as 20260001234 (year, then 7 digits), one after another.
 * Nobody else gets one until the transaction ends, and one that fails gives its numbers back.
 */
export async function numberNew(
  tx: Tx,
  made: { entity: string; fields: Record<string, unknown> }[],
  nowMs: number,
): Promise<void> {
  const tickets = made.filter(({ entity }) => entity === 'ticket');
  if (tickets.length === 0) return;
  const year = new Date(nowMs).getFullYear();
  const first = await nextValues(tx, ticketCounter(year), tickets.length);
  for (const [index, { fields }] of tickets.entries()) {
    fields.no = `${year}${String(first + index).padStart(numberDigits, '0')}`;
  }
}

/** Name of the counter behind a year's ticket numbers. */
export function ticketCounter(year: number): string {
  return `ticket ${year}`;
}
