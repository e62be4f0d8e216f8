import { z } from 'zod';
import { dateSchema, idSchema, shortTextSchema, textSchema, timeSchema } from './primitives.ts';

export const customerKinds = ['person', 'company'] as const;
export const valueClasses = ['A', 'B', 'C'] as const;

/** A profile value with the day it was last confirmed and where it came from. */
export const profileValueSchema = z.object({
  value: textSchema,
  verifiedOn: dateSchema.nullable(),
  source: shortTextSchema,
});
export type ProfileValue = z.infer<typeof profileValueSchema>;

/** Customer 客户. `profile` holds what the registration form is configured to ask (birthday, language …). */
export const customerSchema = z.object({
  no: shortTextSchema.nullable(),
  kind: z.enum(customerKinds),
  name: shortTextSchema.min(1),
  valueClass: z.enum(valueClasses),
  since: dateSchema,
  tags: z.array(shortTextSchema).max(50),
  profile: z.record(z.string().max(64), profileValueSchema),
  /** Note that every agent sees on the card. */
  pinnedNote: textSchema.nullable(),
  createdAt: timeSchema,
  createdBy: shortTextSchema,
});
export type Customer = z.infer<typeof customerSchema>;

export const contactPointKinds = ['phone', 'email', 'address'] as const;

/** ContactPoint 联系方式: one way to reach one customer; the same number may stand at several customers. */
export const contactPointSchema = z.object({
  customerId: idSchema,
  kind: z.enum(contactPointKinds),
  label: z.enum(['mobile', 'landline', 'work', 'home', 'other']),
  /** As written by whoever entered it. */
  raw: shortTextSchema,
  /** Phones: E.164 with `+`, or `short:95588`, `int:2041`; others: folded text; null where it cannot be read. */
  normal: shortTextSchema.nullable(),
  extension: z.string().max(16).nullable(),
  preferred: z.boolean(),
  verifiedOn: dateSchema.nullable(),
  retired: z.boolean(),
});
export type ContactPoint = z.infer<typeof contactPointSchema>;
