import { z } from 'zod';
import { idSchema, moneySchema, shortTextSchema, textSchema, timeSchema } from '../primitives.ts';

export const contactKinds = [
  'call',
  'visit',
  'mail',
  'chat',
  'campaign',
  'survey',
  'order',
  'ticket',
] as const;

/** Contact 接触记录: anything that happened with a customer; the time line is the list of these. */
export const contactSchema = z.object({
  customerId: idSchema.nullable(),
  kind: z.enum(contactKinds),
  at: timeSchema,
  /** What it was about, in the words of whoever wrote it down. */
  title: shortTextSchema,
  detail: textSchema,
  agentId: idSchema.nullable(),
  agentName: shortTextSchema.nullable(),
  queueId: shortTextSchema.nullable(),
  direction: z.enum(['in', 'out']).nullable(),
  durationMs: z.int().nonnegative().nullable(),
  /** The thing behind the entry: call, ticket, order. */
  refId: idSchema.nullable(),
  /** Outcome in one word of a closed list per kind, such as `resolved`, `delivered`; shown as a badge. */
  outcome: shortTextSchema.nullable(),
});
export type Contact = z.infer<typeof contactSchema>;

export const orderSchema = z.object({
  customerId: idSchema,
  no: shortTextSchema,
  at: timeSchema,
  title: shortTextSchema,
  amount: moneySchema,
  state: z.enum(['open', 'shipped', 'delivered', 'cancelled', 'returned']),
});
export type Order = z.infer<typeof orderSchema>;
