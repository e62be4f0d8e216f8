import type { SegmentCondition } from '#shared/domain/segments/segmentRule.ts';

type Field = SegmentCondition['field'];

/** A new condition of each kind, with values that a supervisor is likely to begin with. */
const fresh: Record<Field, SegmentCondition> = {
  valueClass: { field: 'valueClass', is: ['A'] },
  kind: { field: 'kind', is: 'person' },
  tag: { field: 'tag', has: true, tag: 'VIP' },
  profile: { field: 'profile', id: 'occupation', is: 'missing', value: '' },
  customerFor: { field: 'customerFor', is: 'atLeast', months: 12 },
  orders: { field: 'orders', is: 'atLeast', count: 3 },
  amount: { field: 'amount', is: 'atLeast', minor: 1_000_000 },
  singleProduct: { field: 'singleProduct' },
  daysSinceOrder: { field: 'daysSinceOrder', is: 'atLeast', count: 180 },
  monthsSinceContact: { field: 'monthsSinceContact', is: 'atLeast', months: 6 },
  complaints: { field: 'complaints', is: 'atLeast', count: 1, months: 6 },
  openTickets: { field: 'openTickets', is: 'atLeast', count: 1 },
  recency: { field: 'recency', is: 'atLeast', fifth: 4 },
  frequency: { field: 'frequency', is: 'atLeast', fifth: 4 },
  monetary: { field: 'monetary', is: 'atLeast', fifth: 4 },
};

export const conditionFields = Object.keys(fresh) as Field[];

export function freshCondition(field: Field): SegmentCondition {
  return fresh[field];
}

/** A whole number as it is typed; null where it is none, or none that is allowed. */
export function readNumber(typed: string, least: number, most: number): number | null {
  const text = typed.trim();
  if (!/^\d{1,12}$/u.test(text)) return null;
  const value = Number(text);
  return value >= least && value <= most ? value : null;
}

/** Amounts are typed in whole units of the currency. */
export const minorPerUnit = 100;
