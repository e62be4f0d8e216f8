import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Candidate } from '#shared/contract/models/records.ts';

type Words = (key: string, values: Record<string, unknown>) => string;

/** Name to show for the other side: customer, then the name the line sent, then the number. */
export function callerWords(call: DeskCall, t: Words): string {
  if (call.customerName) return call.customerName;
  if (call.pop.match === 'one' && call.pop.card) return call.pop.card.customer.name;
  if (call.callerName) return call.callerName;
  return numberWords(call, t);
}

/** The number as it is read, or the words for a withheld one. */
export function numberWords(call: DeskCall, t: Words): string {
  if (call.number.withheld || call.number.display === '') return t('common:numberWithheld', {});
  return call.number.display;
}

export function valueClassOf(call: DeskCall): Candidate['valueClass'] | null {
  if (call.pop.card) return call.pop.card.customer.valueClass;
  const chosen = call.pop.candidates.find((one) => one.customerId === call.customerId);
  return chosen?.valueClass ?? null;
}
