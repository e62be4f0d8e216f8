import { z } from 'zod';
import { customerKinds, valueClasses } from '../customers/customer.ts';
import { shortTextSchema } from '../primitives.ts';

const atLeastOrMost = z.enum(['atLeast', 'atMost']);
const count = z.int().min(0).max(1_000_000);
const months = z.int().min(1).max(120);

/**
 * One thing that a customer has to fulfil. Orders are those of the months that count for the value class
 * (settings/customerValue.ts), in the centre's currency, neither cancelled nor returned.
 */
const segmentConditionSchema = z.discriminatedUnion('field', [
  z.object({ field: z.literal('valueClass'), is: z.array(z.enum(valueClasses)).min(1) }),
  z.object({ field: z.literal('kind'), is: z.enum(customerKinds) }),
  z.object({ field: z.literal('tag'), has: z.boolean(), tag: shortTextSchema.min(1) }),
  z.object({
    field: z.literal('profile'),
    id: z.string().min(1).max(64),
    is: z.enum(['known', 'missing', 'equal', 'containing']),
    value: shortTextSchema,
  }),
  /** Months since the first contact (`customer.since`). */
  z.object({ field: z.literal('customerFor'), is: atLeastOrMost, months }),
  z.object({ field: z.literal('orders'), is: atLeastOrMost, count }),
  /** Minor units of the centre's currency. */
  z.object({
    field: z.literal('amount'),
    is: atLeastOrMost,
    minor: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  }),
  /** All orders were for the same thing. */
  z.object({ field: z.literal('singleProduct') }),
  /** Somebody who has never ordered has been without an order for longer than any time. */
  z.object({ field: z.literal('daysSinceOrder'), is: atLeastOrMost, count }),
  /** Likewise for contacts of any kind. */
  z.object({ field: z.literal('monthsSinceContact'), is: atLeastOrMost, months }),
  z.object({ field: z.literal('complaints'), is: atLeastOrMost, count, months }),
  z.object({ field: z.literal('openTickets'), is: atLeastOrMost, count }),
  /** Fifths of all customers with orders: 5 is the newest, the most, the highest. */
  z.object({
    field: z.enum(['recency', 'frequency', 'monetary']),
    is: atLeastOrMost,
    fifth: z.int().min(1).max(5),
  }),
]);
export type SegmentCondition = z.infer<typeof segmentConditionSchema>;

export const maxConditions = 20;

/** Who belongs to a segment. Customers merged into another one never do. */
export const segmentRuleSchema = z.object({
  match: z.enum(['all', 'any']),
  conditions: z.array(segmentConditionSchema).min(1).max(maxConditions),
});
export type SegmentRule = z.infer<typeof segmentRuleSchema>;

/** What is known of one customer, for a rule to be held against. */
export interface SegmentFacts {
  kind: string;
  valueClass: string;
  tags: readonly string[];
  /** Values of the profile by field. */
  profile: Readonly<Record<string, string>>;
  /** ms UTC. */
  since: number;
  orders: number;
  amountMinor: number;
  singleProduct: boolean;
  lastOrderAt: number | null;
  lastContactAt: number | null;
  /** Times of complaints, ms UTC. */
  complaintsAt: readonly number[];
  openTickets: number;
  /** 1 to 5; null without orders. */
  recency: number | null;
  frequency: number | null;
  monetary: number | null;
}

const dayMs = 86_400_000;

/** So many months before `now`, by the calendar in UTC; the end of a shorter month where the day is missing there. */
export function monthsBefore(now: number, count: number): number {
  const date = new Date(now);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - count);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime();
}

/** Whether a customer belongs to the segment: what the server asks in SQL, in plain words. */
export function isInSegment(rule: SegmentRule, facts: SegmentFacts, now: number): boolean {
  const holds = (condition: SegmentCondition) => fulfils(condition, facts, now);
  return rule.match === 'all' ? rule.conditions.every(holds) : rule.conditions.some(holds);
}

function fulfils(condition: SegmentCondition, facts: SegmentFacts, now: number): boolean {
  switch (condition.field) {
    case 'valueClass':
      return condition.is.some((one) => one === facts.valueClass);
    case 'kind':
      return facts.kind === condition.is;
    case 'tag':
      return facts.tags.includes(condition.tag) === condition.has;
    case 'profile':
      return profileFits(condition, facts.profile[condition.id] ?? '');
    case 'customerFor':
      return isOld(facts.since, monthsBefore(now, condition.months), condition.is);
    case 'orders':
      return compares(facts.orders, condition.is, condition.count);
    case 'amount':
      return compares(facts.amountMinor, condition.is, condition.minor);
    case 'singleProduct':
      return facts.orders > 0 && facts.singleProduct;
    case 'daysSinceOrder':
      return isOld(facts.lastOrderAt, now - condition.count * dayMs, condition.is);
    case 'monthsSinceContact':
      return isOld(facts.lastContactAt, monthsBefore(now, condition.months), condition.is);
    case 'complaints': {
      const from = monthsBefore(now, condition.months);
      const recent = facts.complaintsAt.filter((at) => at >= from).length;
      return compares(recent, condition.is, condition.count);
    }
    case 'openTickets':
      return compares(facts.openTickets, condition.is, condition.count);
    case 'recency':
    case 'frequency':
    case 'monetary': {
      const fifth = facts[condition.field];
      return fifth !== null && compares(fifth, condition.is, condition.fifth);
    }
  }
}

function profileFits(
  { is, value }: { is: 'known' | 'missing' | 'equal' | 'containing'; value: string },
  held: string,
): boolean {
  if (is === 'known') return held !== '';
  if (is === 'missing') return held === '';
  return is === 'equal' ? held === value : held.toLowerCase().includes(value.toLowerCase());
}

function compares(value: number, is: 'atLeast' | 'atMost', limit: number): boolean {
  return is === 'atLeast' ? value >= limit : value <= limit;
}

/** `atLeast`: so long ago or longer, or never. */
function isOld(at: number | null, limit: number, is: 'atLeast' | 'atMost'): boolean {
  if (is === 'atLeast') return at === null || at <= limit;
  return at !== null && at >= limit;
}
