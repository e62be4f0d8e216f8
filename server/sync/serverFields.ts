import type { EntityName } from '#shared/sync/entities.ts';
import { nextValue } from '../store/counters.ts';
import type { Tx } from '../store/store.ts';

/** Fields that only the server gives. What a desk says about them is set aside. */
const serverGiven: Partial<Record<EntityName, readonly string[]>> = {
  ticket: ['no'],
};

const numberDigits = 7;

/** Split a desk's fields into those it may decide and the names of those it may not. */
export function withoutServerFields(
  entity: EntityName,
  fields: Record<string, unknown>,
): { own: Record<string, unknown>; aside: string[] } {
  const given = serverGiven[entity] ?? [];
  const own = Object.fromEntries(Object.entries(fields).filter(([name]) => !given.includes(name)));
  return { own, aside: given.filter((name) => Object.hasOwn(fields, name)) };
}

/** What the server adds to a new record: a ticket's number, such as 20260001234 (year, then 7 digits). */
export async function fieldsGivenTo(
  tx: Tx,
  entity: EntityName,
  nowMs: number,
): Promise<Record<string, unknown>> {
  if (entity !== 'ticket') return {};
  const year = new Date(nowMs).getFullYear();
  const value = await nextValue(tx, ticketCounter(year));
  return { no: `${year}${String(value).padStart(numberDigits, '0')}` };
}

/** Name of the counter behind a year's ticket numbers. */
export function ticketCounter(year: number): string {
  return `ticket ${year}`;
}
