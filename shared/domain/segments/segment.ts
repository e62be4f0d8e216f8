import { z } from 'zod';
import { shortTextSchema, timeSchema } from '../primitives.ts';
import { bilingualSchema } from '../text/text.ts';

/** Segment 客群: a rule that customers fulfil or not. Its shape and its words: segmentRule.ts. */
export const segmentSchema = z.object({
  name: bilingualSchema,
  description: bilingualSchema,
  rule: z.record(z.string().max(64), z.unknown()),
  /** One of the lists that every centre has, such as `lostCustomers`; null for one that somebody made. */
  standing: shortTextSchema.nullable(),
  createdAt: timeSchema,
  createdBy: shortTextSchema,
  retired: z.boolean(),
});
