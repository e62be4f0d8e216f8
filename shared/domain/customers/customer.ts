import { z } from 'zod';
import { maxTags } from '#shared/domain/primitives.ts';
import { dateSchema, idSchema, shortTextSchema, textSchema, timeSchema } from '../primitives.ts';

export const customerKinds = ['person', 'company'] as const;
export const valueClasses = ['A', 'B', 'C'] as const;

/** A profile value with the day it was last confirmed and where it came from. */
const profileValueSchema = z.object({
  value: textSchema,
  verifiedOn: dateSchema.nullable(),
  source: shortTextSchema,
});
export type ProfileValue = z.infer<typeof profileValueSchema>;

/** When a customer likes to be called, in the centre's time. Minutes of the day, `to` behind `from`; days 1 (Monday) to 7. */
export const callHoursSchema = z.object({
  from: z.int().min(0).max(1439),
  to: z.int().min(1).max(1440),
  days: z.array(z.int().min(1).max(7)).max(7),
});
export type CallHours = z.infer<typeof callHoursSchema>;

/** Customer 客户. `profile` holds what the registration form is configured to ask (birthday, language …). */
export const customerSchema = z.object({
  no: shortTextSchema.nullable(),
  kind: z.enum(customerKinds),
  name: shortTextSchema.min(1),
  valueClass: z.enum(valueClasses),
  since: dateSchema,
  tags: z.array(shortTextSchema).max(maxTags),
  profile: z.record(z.string().max(64), profileValueSchema),
  /** Note that every agent sees on the card. */
  pinnedNote: textSchema.nullable(),
  createdAt: timeSchema,
  createdBy: shortTextSchema,
  /** The record that stands for this one since both were found to be the same customer. */
  mergedInto: idSchema.nullable().default(null),
  callHours: callHoursSchema.nullable().default(null),
  /** Calls nobody: neither call-back lists nor return visits offer this customer. */
  doNotCall: z.boolean().default(false),
});
export type Customer = z.infer<typeof customerSchema>;

export const consents = ['unknown', 'given', 'refused'] as const;
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
  /** Whether the customer agreed to be reached this way. */
  consent: z.enum(consents).default('unknown'),
});
export type ContactPoint = z.infer<typeof contactPointSchema>;

export const relationKinds = [
  'household',
  'spouse',
  'parent',
  'child',
  'employer',
  'paysFor',
  'contactPerson',
  'other',
] as const;

/** Relation 关系: what `toId` is to `fromId`; ended, never removed. */
export const relationSchema = z.object({
  fromId: idSchema,
  toId: idSchema,
  kind: z.enum(relationKinds),
  note: shortTextSchema,
  createdAt: timeSchema,
  createdBy: shortTextSchema,
  endedAt: timeSchema.nullable(),
});

/**
 * One value of a customer that was changed, with what it was before; the history of a field. `field` is
 * `name`, `callHours`, `profile.birthday`, `contactPoint.<id>.raw` …; values as JSON.
 */
export const fieldChangeSchema = z.object({
  customerId: idSchema,
  field: shortTextSchema,
  before: textSchema,
  after: textSchema,
  at: timeSchema,
  byId: idSchema,
  byName: shortTextSchema,
  /** `desk`, `call`, `drip`, `merge`, `bulk`, `import` … */
  source: shortTextSchema,
});

export const dripOutcomes = ['answered', 'refused', 'later'] as const;

/** What became of a question of the drip dialogue (滴灌式对话). */
export const dripAnswerSchema = z.object({
  customerId: idSchema,
  fieldId: z.string().max(64),
  outcome: z.enum(dripOutcomes),
  at: timeSchema,
  byId: idSchema,
  callId: idSchema.nullable(),
});
export type DripAnswer = z.infer<typeof dripAnswerSchema>;

/**
 * Two records found to be one customer. The loser points to the winner (`mergedInto`) and keeps its
 * records; whoever reads the winner reads both. `fields` are the winner's values that the merge replaced,
 * as they were, so that undoing puts back what nobody changed since.
 */
export const customerMergeSchema = z.object({
  winnerId: idSchema,
  loserId: idSchema,
  at: timeSchema,
  byId: idSchema,
  byName: shortTextSchema,
  fields: z.record(z.string().max(64), z.object({ before: z.unknown(), after: z.unknown() })),
  undoneAt: timeSchema.nullable(),
  undoneBy: shortTextSchema.nullable(),
});
export type CustomerMerge = z.infer<typeof customerMergeSchema>;

/** Two customers who look alike and are two: never offered as a pair again. */
export const notDuplicateSchema = z.object({
  aId: idSchema,
  bId: idSchema,
  at: timeSchema,
  byId: idSchema,
  byName: shortTextSchema,
});
