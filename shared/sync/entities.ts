import { z } from 'zod';
import { callSchema, wrapUpSchema } from '../domain/calls/call.ts';
import { settingSchema } from '../domain/configuration.ts';
import { contactSchema, orderSchema } from '../domain/customers/contact.ts';
import {
  contactPointSchema,
  customerMergeSchema,
  customerSchema,
  dripAnswerSchema,
  fieldChangeSchema,
  notDuplicateSchema,
  relationSchema,
} from '../domain/customers/customer.ts';
import { answerSheetSchema, questionnaireSchema } from '../domain/feedback/feedback.ts';
import { helpRequestSchema } from '../domain/intervention/helpRequest.ts';
import { messageSchema } from '../domain/intervention/message.ts';
import {
  articleFeedbackSchema,
  articleSchema,
  articleVersionSchema,
  scriptSchema,
} from '../domain/knowledge/knowledge.ts';
import { notificationSchema } from '../domain/notification.ts';
import { segmentSchema } from '../domain/segments/segment.ts';
import { missedCallSchema, taskSchema } from '../domain/task.ts';
import { complaintSchema } from '../domain/tickets/complaint.ts';
import {
  attachmentSchema,
  savedViewSchema,
  ticketEventSchema,
  ticketSchema,
  ticketTemplateSchema,
} from '../domain/tickets/ticket.ts';
import { agentIntervalSchema, presenceSchema, userSchema } from '../domain/user.ts';
import { stampPattern } from './clock.ts';
import { isStampOfWhole, listFields, mostDots } from './lists.ts';
import { keyedFields } from './merge.ts';

/**
 * Every synced entity with the schema of its fields and the rule by which two versions meet:
 * - `merge`: field by field, the later clock wins;
 * - `append`: written once, a second write of the same id changes nothing;
 * - `server`: desks only read it.
 */
export const entities = {
  customer: { fields: customerSchema, policy: 'merge' },
  contactPoint: { fields: contactPointSchema, policy: 'merge' },
  // A call's entry is written when the call ends and completed by its wrap-up.
  contact: { fields: contactSchema, policy: 'merge' },
  order: { fields: orderSchema, policy: 'merge' },
  call: { fields: callSchema, policy: 'merge' },
  wrapUp: { fields: wrapUpSchema, policy: 'merge' },
  ticket: { fields: ticketSchema, policy: 'merge' },
  ticketEvent: { fields: ticketEventSchema, policy: 'append' },
  task: { fields: taskSchema, policy: 'merge' },
  presence: { fields: presenceSchema, policy: 'merge' },
  agentInterval: { fields: agentIntervalSchema, policy: 'append' },
  user: { fields: userSchema, policy: 'server' },
  setting: { fields: settingSchema, policy: 'server' },
  relation: { fields: relationSchema, policy: 'merge' },
  fieldChange: { fields: fieldChangeSchema, policy: 'append' },
  dripAnswer: { fields: dripAnswerSchema, policy: 'append' },
  customerMerge: { fields: customerMergeSchema, policy: 'merge' },
  notDuplicate: { fields: notDuplicateSchema, policy: 'append' },
  attachment: { fields: attachmentSchema, policy: 'merge' },
  ticketTemplate: { fields: ticketTemplateSchema, policy: 'merge' },
  savedView: { fields: savedViewSchema, policy: 'merge' },
  complaint: { fields: complaintSchema, policy: 'merge' },
  questionnaire: { fields: questionnaireSchema, policy: 'merge' },
  answerSheet: { fields: answerSheetSchema, policy: 'append' },
  article: { fields: articleSchema, policy: 'merge' },
  articleVersion: { fields: articleVersionSchema, policy: 'append' },
  articleFeedback: { fields: articleFeedbackSchema, policy: 'append' },
  script: { fields: scriptSchema, policy: 'merge' },
  segment: { fields: segmentSchema, policy: 'merge' },
  notification: { fields: notificationSchema, policy: 'merge' },
  missedCall: { fields: missedCallSchema, policy: 'merge' },
  message: { fields: messageSchema, policy: 'merge' },
  helpRequest: { fields: helpRequestSchema, policy: 'merge' },
} as const satisfies Record<string, { fields: z.ZodObject; policy: 'merge' | 'append' | 'server' }>;

/**
 * Schema of a change of a record: the fields it has and no others. Defaults are for whole records that
 * were written before a field was there; in a change they would overwrite what others wrote. A key of a keyed
 * field may be null: it goes. Of a list it may say what is added and taken away.
 */
export function changeSchemaOf(fields: z.ZodObject): z.ZodObject {
  const shape = Object.entries(fields.shape).map(([name, schema]) => {
    const given = schema instanceof z.ZodDefault ? schema.removeDefault() : schema;
    return [name, z.optional(changeOfField(name, given))];
  });
  return z.object(Object.fromEntries(shape));
}

function changeOfField(name: string, given: z.core.$ZodType): z.core.$ZodType {
  if (keyedFields.has(name) && given instanceof z.ZodRecord) {
    return z.record(given.keyType, z.nullable(given.valueType));
  }
  if (!listFields.has(name) || !(given instanceof z.ZodArray)) return given;
  const stamp = z.string().regex(stampPattern);
  const removal = z.strictObject({
    value: given.element,
    stamps: z.array(stamp).max(mostDots),
    whole: z.string().refine(isStampOfWhole).optional(),
  });
  const byElement = z.strictObject({
    added: given,
    removed: z.array(removal).max(mostRemoved),
    stamp: stamp.optional(),
  });
  return z.union([given, byElement]);
}

/** More elements than any list has. */
const mostRemoved = 1_000;

export type EntityName = keyof typeof entities;
export const entityNames = Object.keys(entities) as [EntityName, ...EntityName[]];
export const entityNameSchema = z.enum(entityNames);
export type FieldsOf<E extends EntityName> = z.infer<(typeof entities)[E]['fields']>;
/** Fields as whoever makes a record gives them: what has a usual value may be left out. */
export type GivenFieldsOf<E extends EntityName> = z.input<(typeof entities)[E]['fields']>;
