import { z } from 'zod';
import { customerKinds, valueClasses } from '../domain/customers/customer.ts';
import { idSchema, shortTextSchema, timeSchema } from '../domain/primitives.ts';
import { segmentRuleSchema } from '../domain/segments/segmentRule.ts';

export const segmentCountRequestSchema = z.object({ rule: segmentRuleSchema });
export const segmentCountSchema = z.object({ count: z.int().nonnegative() });

const maxSegmentPage = 200;
export const segmentListRequestSchema = z.object({
  rule: segmentRuleSchema,
  /** Id of the last customer of the page before; null: from the first. */
  after: idSchema.nullable(),
  limit: z.int().min(1).max(maxSegmentPage),
});

/** A customer of a segment, with what the rule was held against. */
export const segmentMemberSchema = z.object({
  customerId: idSchema,
  no: shortTextSchema.nullable(),
  name: shortTextSchema,
  kind: z.enum(customerKinds),
  valueClass: z.enum(valueClasses),
  orders: z.int().nonnegative(),
  /** Minor units of the centre's currency. */
  /** Below 0 where more was given back than ordered. */
  amountMinor: z.int(),
  lastOrderAt: timeSchema.nullable(),
  recency: z.int().nullable(),
  frequency: z.int().nullable(),
  monetary: z.int().nullable(),
});
export type SegmentMember = z.infer<typeof segmentMemberSchema>;
export const segmentListSchema = z.object({
  members: z.array(segmentMemberSchema),
  more: z.boolean(),
});

/** What the last computation of all values came to; null before the first. */
export const customerValuesSchema = z.object({
  computedAt: timeSchema,
  tookMs: z.int().nonnegative(),
  currency: z.string().length(3),
  months: z.int().positive(),
  customers: z.int().nonnegative(),
  withOrders: z.int().nonnegative(),
  /** Who ordered for that much is A; null where nobody ordered. */
  aFromMinor: z.int().nullable(),
  /** Who ordered for no more than that is C; null where nobody is. */
  cUpToMinor: z.int().nullable(),
  classes: z.object({
    A: z.int().nonnegative(),
    B: z.int().nonnegative(),
    C: z.int().nonnegative(),
  }),
  /** Limits between the fifths, lowest first; empty without orders. */
  cuts: z.object({
    lastOrderAt: z.array(z.int()),
    orders: z.array(z.int()),
    amountMinor: z.array(z.int()),
  }),
  /** Customers by recency (first) and frequency (second), 1 to 5 each. */
  cells: z.array(z.array(z.int().nonnegative())),
});
export type CustomerValues = z.infer<typeof customerValuesSchema>;
export const customerValuesAnswerSchema = z.object({
  values: customerValuesSchema.nullable(),
  /** A computation waits or runs. */
  running: z.boolean(),
});
