import { z } from 'zod';
import { customerKinds, valueClasses } from '../../domain/customers/customer.ts';
import { duplicateReasons } from '../../domain/customers/duplicates.ts';
import { idSchema, shortTextSchema, textSchema, timeSchema } from '../../domain/primitives.ts';
import { method } from '../method.ts';
import { candidateSchema, cardSchema } from '../models/records.ts';

const nothing = z.object({});

/** A customer who looks like another, how sure that is (0 to 100), and why. */
export const similarCustomerSchema = candidateSchema.extend({
  score: z.int().min(0).max(100),
  reasons: z.array(z.enum(duplicateReasons)),
});
export type SimilarCustomer = z.infer<typeof similarCustomerSchema>;

export const similarWishSchema = z.object({
  name: shortTextSchema,
  /** As typed; empty where none is. */
  numberRaw: shortTextSchema,
  email: shortTextSchema.default(''),
  address: shortTextSchema.default(''),
  /** `YYYY-MM-DD`, or empty. */
  birthday: z.string().max(10).default(''),
  firm: shortTextSchema.default(''),
  identity: shortTextSchema.default(''),
  kind: z.enum(customerKinds).default('person'),
});
export type SimilarWish = z.infer<typeof similarWishSchema>;

/** One of a pair, as the list of duplicates shows it. */
const pairedCustomerSchema = z.object({
  customerId: idSchema,
  name: shortTextSchema,
  kind: z.enum(customerKinds),
  valueClass: z.enum(valueClasses),
  reach: shortTextSchema.nullable(),
  birthday: shortTextSchema.nullable(),
  lastContactAt: timeSchema.nullable(),
});

const duplicatePairSchema = z.object({
  a: pairedCustomerSchema,
  b: pairedCustomerSchema,
  score: z.int().min(0).max(100),
  reasons: z.array(z.enum(duplicateReasons)),
});
export type DuplicatePair = z.infer<typeof duplicatePairSchema>;

/** Where a walk over all customers stands. */
const walkCursorSchema = z.string().max(600).nullable();

/** What a walk over all customers has looked at so far: 0 to 1. */
const shareSchema = z.number().min(0).max(1);

/** What moves with a customer when it is merged: what stands at it now, and is read with the winner from then on. */
const belongingsSchema = z.object({
  contactPoints: z.int().nonnegative(),
  contacts: z.int().nonnegative(),
  tickets: z.int().nonnegative(),
  orders: z.int().nonnegative(),
  tasks: z.int().nonnegative(),
});
export type Belongings = z.infer<typeof belongingsSchema>;

/** One line of the comparison: the values of both as JSON, and which counts unless somebody chooses otherwise. */
const mergeFieldSchema = z.object({
  /** `name`, `valueClass`, `profile.<id>` … */
  field: shortTextSchema,
  winner: z.unknown(),
  loser: z.unknown(),
  /** Which of both is put into the winner; `both`: values that add up, such as tags. */
  choice: z.enum(['winner', 'loser', 'both']),
  same: z.boolean(),
});
export type MergeFieldView = z.infer<typeof mergeFieldSchema>;

const mergePreviewSchema = z.object({
  winner: cardSchema.shape.customer,
  loser: cardSchema.shape.customer,
  /** Numbers, mail and postal addresses as people read them. */
  winnerPoints: z.array(shortTextSchema),
  loserPoints: z.array(shortTextSchema),
  winnerHas: belongingsSchema,
  loserHas: belongingsSchema,
  fields: z.array(mergeFieldSchema),
  score: z.int().min(0).max(100),
  reasons: z.array(z.enum(duplicateReasons)),
});
export type MergePreview = z.infer<typeof mergePreviewSchema>;

const mergeViewSchema = z.object({
  mergeId: idSchema,
  winnerId: idSchema,
  loserId: idSchema,
  loserName: shortTextSchema,
  at: timeSchema,
  byName: shortTextSchema,
  undoneAt: timeSchema.nullable(),
  /** The loser points to the winner now: the merge can be undone. */
  live: z.boolean(),
});
export type MergeView = z.infer<typeof mergeViewSchema>;

const staleCustomerSchema = z.object({
  customerId: idSchema,
  name: shortTextSchema,
  kind: z.enum(customerKinds),
  valueClass: z.enum(valueClasses),
  /** The number to dial, as stored; null where there is none. */
  number: shortTextSchema.nullable(),
  /** Ids of the form's fields. */
  missing: z.array(z.string().max(64)),
  stale: z.array(z.string().max(64)),
  /** What all of it is worth together. */
  worth: z.int().nonnegative(),
});
export type StaleCustomer = z.infer<typeof staleCustomerSchema>;

const bulkFilterSchema = z.object({
  kind: z.enum(customerKinds).nullable(),
  valueClass: z.enum(valueClasses).nullable(),
  /** Only those that have this tag; null: all. */
  tag: shortTextSchema.nullable(),
});
export type BulkFilter = z.infer<typeof bulkFilterSchema>;

const bulkActionSchema = z.discriminatedUnion('action', [
  /** Blanks at the ends and doubled ones go, full-width letters and digits become plain ones. */
  z.object({ action: z.literal('tidyNames') }),
  /** Numbers that can be read now and stand otherwise in the index than they would be written today. */
  z.object({ action: z.literal('normaliseNumbers') }),
  z.object({
    action: z.literal('setField'),
    fieldId: z.string().min(1).max(64),
    value: textSchema.min(1),
    /** Leaves values alone that are there. */
    onlyEmpty: z.boolean(),
  }),
  z.object({ action: z.literal('clearField'), fieldId: z.string().min(1).max(64) }),
  z.object({ action: z.literal('addTag'), tag: shortTextSchema.min(1) }),
  z.object({ action: z.literal('removeTag'), tag: shortTextSchema.min(1) }),
]);
export type BulkAction = z.infer<typeof bulkActionSchema>;

const bulkChangeSchema = z.object({
  customerId: idSchema,
  name: shortTextSchema,
  /** As in a field's history. */
  field: shortTextSchema,
  before: textSchema,
  after: textSchema,
});
export type BulkChange = z.infer<typeof bulkChangeSchema>;

const bulkStepSchema = z.object({
  /** Changes of this part of the walk: all are counted, a preview shows the first ones. */
  changes: z.array(bulkChangeSchema),
  next: walkCursorSchema,
  share: shareSchema,
});

const bulkRunSchema = z.object({
  runId: idSchema,
  at: timeSchema,
  byName: shortTextSchema,
  changes: z.int().nonnegative(),
  undone: z.boolean(),
});
export type BulkRun = z.infer<typeof bulkRunSchema>;

const pair = z.object({ winnerId: idSchema, loserId: idSchema });

export const qualityMethods = {
  /**
   * Pairs that look like one customer, as a walk over all customers: an answer brings what a part of it found, maybe
   * nothing, and where it goes on.
   */
  'quality.duplicates': method(
    'customers.merge',
    z.object({ after: walkCursorSchema }),
    z.object({
      pairs: z.array(duplicatePairSchema),
      next: walkCursorSchema,
      share: shareSchema,
    }),
  ),
  /** Never offered again as a pair. */
  'quality.notDuplicate': method(
    'customers.merge',
    z.object({ aId: idSchema, bId: idSchema }),
    nothing,
  ),
  /** Code: `not-found`; `state-not-allowed` where both are one already. */
  'quality.mergePreview': method('customers.merge', pair, mergePreviewSchema),
  /** `choices` says for single fields which of both counts. Codes: `not-found`, `state-not-allowed`, `forbidden`. */
  'quality.merge': method(
    'customers.merge',
    pair.extend({
      choices: z.record(z.string().max(80), z.enum(['winner', 'loser', 'both'])),
    }),
    z.object({ mergeId: idSchema, card: cardSchema }),
  ),
  /** Puts back what nobody changed since. Codes: `not-found`, `state-not-allowed` (no merge stands any more). */
  'quality.undoMerge': method('customers.merge', z.object({ mergeId: idSchema }), cardSchema),
  /** Merges of the customer's group, the newest first. */
  'quality.merges': method(
    'customers.read',
    z.object({ customerId: idSchema }),
    z.array(mergeViewSchema),
  ),
  /** Customers of a class with missing or stale fields, as a walk; order them by worth. */
  'quality.stale': method(
    'customers.write',
    z.object({ valueClass: z.enum(valueClasses), after: walkCursorSchema }),
    z.object({
      customers: z.array(staleCustomerSchema),
      next: walkCursorSchema,
      share: shareSchema,
    }),
  ),
  'quality.bulkPreview': method(
    'customers.bulk',
    z.object({ filter: bulkFilterSchema, act: bulkActionSchema, after: walkCursorSchema }),
    bulkStepSchema,
  ),
  /** Does a part of it; the same `runId` for all parts. Undone as a whole by that id. */
  'quality.bulkRun': method(
    'customers.bulk',
    z.object({
      runId: idSchema,
      filter: bulkFilterSchema,
      act: bulkActionSchema,
      after: walkCursorSchema,
    }),
    bulkStepSchema,
  ),
  'quality.bulkRuns': method('customers.bulk', nothing, z.array(bulkRunSchema)),
  /** Puts a part of the values back that nobody changed since; call until `more` is false. */
  'quality.bulkUndo': method(
    'customers.bulk',
    z.object({ runId: idSchema }),
    z.object({ undone: z.int().nonnegative(), kept: z.int().nonnegative(), more: z.boolean() }),
  ),
} as const;
