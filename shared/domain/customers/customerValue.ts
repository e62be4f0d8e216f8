import type { Order } from './contact.ts';

/** Orders that count for a customer's value: what was cancelled or came back does not. */
export const uncountedOrderStates = ['cancelled', 'returned'] as const satisfies Order['state'][];

/** Start of the time whose orders count, ms UTC in the calendar of this machine. */
export function valueSince(now: number, months: number): number {
  const date = new Date(now);
  const day = date.getDate();
  date.setDate(1);
  date.setMonth(date.getMonth() - months);
  const last = new Date(date.getFullYear(), date.getMonth() + 1, 0).getDate();
  return date.setDate(Math.min(day, last));
}
