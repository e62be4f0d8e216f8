import { z } from 'zod';
import { maxTags } from '#shared/domain/primitives.ts';
import { contactKinds } from '../../domain/customers/contact.ts';
import {
  callHoursSchema,
  consents,
  contactPointKinds,
  contactPointSchema,
  customerKinds,
  dripOutcomes,
  fieldChangeSchema,
  relationKinds,
  relationSchema,
  valueClasses,
} from '../../domain/customers/customer.ts';
import { idSchema, shortTextSchema, textSchema, timeSchema } from '../../domain/primitives.ts';
import { method } from '../method.ts';
import { cardSchema, searchHitSchema, timelineEntrySchema } from '../models/records.ts';
import { similarCustomerSchema, similarWishSchema } from './quality.ts';

const fieldId = z.string().min(1).max(64);
/** The call in which the agent heard it; null: written down without one. */
const callId = idSchema.nullable();
const pointLabels = contactPointSchema.shape.label;

/** A way to reach the customer as it is typed. */
const newPointSchema = z.object({
  kind: z.enum(contactPointKinds),
  label: pointLabels,
  raw: shortTextSchema,
  preferred: z.boolean(),
  consent: z.enum(consents),
});
export type NewPoint = z.infer<typeof newPointSchema>;

export const newCustomerSchema = z.object({
  kind: z.enum(customerKinds),
  name: shortTextSchema.min(1),
  points: z.array(newPointSchema).max(50),
  /** Values of the form as they are typed, by the id of their field. */
  profile: z.record(fieldId, textSchema),
  pinnedNote: textSchema.nullable(),
  /** The call it is registered from; the call is bound to the new customer. */
  callId,
});
export type NewCustomer = z.infer<typeof newCustomerSchema>;

/** What an agent changes of a customer; what is left out stays. Values of the form come as they are typed. */
const customerEditSchema = z.object({
  kind: z.enum(customerKinds).optional(),
  name: shortTextSchema.optional(),
  tags: z.array(shortTextSchema).max(maxTags).optional(),
  pinnedNote: textSchema.nullable().optional(),
  callHours: callHoursSchema.nullable().optional(),
  doNotCall: z.boolean().optional(),
  profile: z.record(fieldId, textSchema).optional(),
});
export type CustomerEdit = z.infer<typeof customerEditSchema>;

const pointEditSchema = z.object({
  label: pointLabels.optional(),
  raw: shortTextSchema.optional(),
  preferred: z.boolean().optional(),
  consent: z.enum(consents).optional(),
  retired: z.boolean().optional(),
});
export type PointEdit = z.infer<typeof pointEditSchema>;

const timelineFilterSchema = z.object({
  /** Empty: every kind. */
  kinds: z.array(z.enum(contactKinds)),
  /** In title, detail or the agent's name; empty: any. */
  text: z.string().max(200),
  /** ms UTC, from this moment and before that one. */
  from: timeSchema.nullable(),
  to: timeSchema.nullable(),
});
export type TimelineFilter = z.infer<typeof timelineFilterSchema>;

const relationViewSchema = relationSchema.extend({
  id: idSchema,
  /** `to`: the other is what `kind` says; `from`: the customer is that to the other. */
  other: z.enum(['from', 'to']),
  otherId: idSchema,
  otherName: shortTextSchema,
  otherKind: z.enum(customerKinds),
  waiting: z.boolean(),
});
export type RelationView = z.infer<typeof relationViewSchema>;

const fieldChangeViewSchema = fieldChangeSchema.extend({
  id: idSchema,
  waiting: z.boolean(),
});
export type FieldChangeView = z.infer<typeof fieldChangeViewSchema>;

/** What the value of a customer comes from: orders that count, by currency, the greatest sum first. */
const valueFactsSchema = z.object({
  valueClass: z.enum(valueClasses),
  months: z.int().positive(),
  orders: z.int().nonnegative(),
  sums: z.array(z.object({ minor: z.int(), currency: z.string() })),
});
export type ValueFacts = z.infer<typeof valueFactsSchema>;

const dripQuestionViewSchema = z.object({
  fieldId,
  why: z.enum(['missing', 'stale']),
  /** The value that is there, as it is stored; null without one. */
  held: textSchema.nullable(),
});
export type DripQuestionView = z.infer<typeof dripQuestionViewSchema>;

/** `recent`: of the agent's own calls; `newest`: registered last; those of a class; who is not to be called. */
export const customerLists = ['recent', 'newest', ...valueClasses, 'doNotCall'] as const;
export type CustomerList = (typeof customerLists)[number];

const listedCustomerSchema = searchHitSchema.extend({
  no: shortTextSchema.nullable(),
  lastContactAt: timeSchema.nullable(),
  openTickets: z.int().nonnegative(),
});
export type ListedCustomer = z.infer<typeof listedCustomerSchema>;

const ofCustomer = z.object({ customerId: idSchema });

/** The customer: search, card, registration, changes with their history, relations, questions asked in passing. */
export const customerMethods = {
  'customers.card': method('customers.read', ofCustomer, cardSchema),
  /** Newest first. `before` and `beforeId`: the last entry that is there already. */
  'customers.timeline': method(
    'customers.read',
    ofCustomer.extend({
      before: timeSchema.nullable(),
      beforeId: idSchema.nullable().optional(),
      filter: timelineFilterSchema.optional(),
      limit: z.int().min(1).max(500),
    }),
    z.array(timelineEntrySchema),
  ),
  /** How many entries of each kind fit the filter, whatever kinds it names. */
  'customers.timelineCounts': method(
    'customers.read',
    ofCustomer.extend({ filter: timelineFilterSchema }),
    z.partialRecord(z.enum(contactKinds), z.int().nonnegative()),
  ),
  'customers.search': method(
    'customers.read',
    z.object({ text: z.string().max(200), limit: z.int().min(1).max(50) }),
    z.array(searchHitSchema),
  ),
  /** Customers who look like the one being registered, with why, the likeliest first. */
  'customers.similar': method('customers.read', similarWishSchema, z.array(similarCustomerSchema)),
  'customers.list': method(
    'customers.read',
    z.object({ list: z.enum(customerLists), limit: z.int().min(1).max(500) }),
    z.array(listedCustomerSchema),
  ),
  /** `invalid-input` names the field (`name`, `profile.birthday`, `points.0`) and the problem in its details. */
  'customers.register': method('customers.write', newCustomerSchema, cardSchema),
  'customers.edit': method(
    'customers.write',
    ofCustomer.extend({ edit: customerEditSchema, callId }),
    cardSchema,
  ),
  /** Still right: a field (`profile.birthday`) or a way to reach the customer (`contactPoint.<id>`) is confirmed today. */
  'customers.verify': method(
    'customers.write',
    ofCustomer.extend({ field: shortTextSchema, callId }),
    cardSchema,
  ),
  'customers.addPoint': method(
    'customers.write',
    ofCustomer.extend({ point: newPointSchema, callId }),
    cardSchema,
  ),
  'customers.changePoint': method(
    'customers.write',
    ofCustomer.extend({ pointId: idSchema, edit: pointEditSchema, callId }),
    cardSchema,
  ),
  'customers.relations': method('customers.read', ofCustomer, z.array(relationViewSchema)),
  /** `toId` is that to `fromId`. */
  'customers.relate': method(
    'customers.write',
    z.object({
      fromId: idSchema,
      toId: idSchema,
      kind: z.enum(relationKinds),
      note: shortTextSchema,
    }),
    z.object({ relationId: idSchema }),
  ),
  'customers.endRelation': method(
    'customers.write',
    z.object({ relationId: idSchema }),
    z.object({ relationId: idSchema }),
  ),
  /** Changes of one field, or with null of all, newest first. */
  'customers.history': method(
    'customers.read',
    ofCustomer.extend({ field: shortTextSchema.nullable(), limit: z.int().min(1).max(500) }),
    z.array(fieldChangeViewSchema),
  ),
  'customers.value': method('customers.read', ofCustomer, valueFactsSchema),
  /** What to ask in this call: at most two, and fewer where some were asked today. */
  'customers.questions': method('customers.read', ofCustomer, z.array(dripQuestionViewSchema)),
  /** `value` is what was typed; it counts only where the outcome is `answered`. */
  'customers.answer': method(
    'customers.write',
    ofCustomer.extend({
      fieldId,
      outcome: z.enum(dripOutcomes),
      value: textSchema.nullable(),
      callId,
    }),
    cardSchema,
  ),
} as const;
