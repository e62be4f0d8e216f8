import { z } from 'zod';
import { callHoursSchema } from '../../domain/customers/customer.ts';
import {
  answerSheetSchema,
  questionnaireSchema,
  questionSchema,
  visitOutcomes,
} from '../../domain/feedback/feedback.ts';
import { satisfactionGroups } from '../../domain/feedback/satisfaction.ts';
import {
  dateSchema,
  idSchema,
  shortTextSchema,
  textSchema,
  timeSchema,
} from '../../domain/primitives.ts';
import { attemptOutcomes, missedCallSchema, taskKinds } from '../../domain/task.ts';
import { bilingualSchema } from '../../domain/text/text.ts';
import { complaintSchema, complaintStages } from '../../domain/tickets/complaint.ts';
import { levels, ticketStates } from '../../domain/tickets/ticket.ts';
import { method } from '../method.ts';
import { numberViewSchema, taskViewSchema, ticketViewSchema } from '../models.ts';

const nothing = z.object({});
const count = z.int().nonnegative();
const rate = z.number().min(0).max(1).nullable();
const limit = z.int().min(1).max(500);

/** From the beginning of `from` to the end of `to`, days of the desk's time zone; null: without an end. */
const daysSchema = z.object({ from: dateSchema.nullable(), to: dateSchema.nullable() });
export type Days = z.infer<typeof daysSchema>;

const complaintViewSchema = complaintSchema.extend({
  id: idSchema,
  no: shortTextSchema.nullable(),
  subject: shortTextSchema,
  state: z.enum(ticketStates),
  closedAt: timeSchema.nullable(),
  reopened: count,
  customerName: shortTextSchema.nullable(),
  ownerName: shortTextSchema.nullable(),
  /** What the customer said at the first return visit; null before one. */
  firstVisit: z.enum(visitOutcomes).nullable(),
  waiting: z.boolean(),
});
export type ComplaintView = z.infer<typeof complaintViewSchema>;

const complaintFilterSchema = daysSchema.extend({
  open: z.boolean(),
  stage: z.enum(complaintStages).nullable(),
  severity: z.enum(levels).nullable(),
  categoryId: shortTextSchema.nullable(),
});
export type ComplaintFilter = z.infer<typeof complaintFilterSchema>;

const complaintFiguresSchema = z.object({
  total: count,
  closed: count,
  oneTouch: count,
  oneTouchRate: rate,
  perDay: z.array(z.object({ day: dateSchema, count })),
  byCategory: z.array(
    z.object({ categoryId: shortTextSchema.nullable(), count, upTo: z.number().min(0).max(1) }),
  ),
});

const complaintChangeSchema = complaintSchema
  .pick({
    severity: true,
    impact: true,
    remedySought: true,
    rootCause: true,
    correctiveAction: true,
  })
  .partial();
export type ComplaintChange = z.infer<typeof complaintChangeSchema>;

const repeatSchema = z.object({
  days: count,
  /** Goes on: another one is not needed. */
  open: complaintViewSchema.nullable(),
  /** Is closed: the new one repeats it. */
  closed: complaintViewSchema.nullable(),
});

const questionnaireViewSchema = questionnaireSchema.extend({ id: idSchema, waiting: z.boolean() });
export type QuestionnaireView = z.infer<typeof questionnaireViewSchema>;

const sheetViewSchema = answerSheetSchema.extend({
  id: idSchema,
  customerName: shortTextSchema.nullable(),
  ticketNo: shortTextSchema.nullable(),
  ticketSubject: shortTextSchema.nullable(),
});
export type SheetView = z.infer<typeof sheetViewSchema>;

/** How and when a customer may be called. */
const callingSchema = z.object({
  callHours: callHoursSchema.nullable(),
  doNotCall: z.boolean(),
  /** What the agent is asked about before dialling now; null: nothing. */
  asks: z.enum(['outsideHours', 'doNotCall']).nullable(),
  /** The next time at which the customer likes to be called, ms UTC. */
  nextAt: timeSchema,
  number: numberViewSchema.nullable(),
});
export type Calling = z.infer<typeof callingSchema>;

/** A task in the list: whose number it is where the task does not say, and the number as people read it. */
const listedTaskSchema = taskViewSchema.extend({ numberDisplay: shortTextSchema.nullable() });
export type ListedTask = z.infer<typeof listedTaskSchema>;

const visitViewSchema = z.object({
  task: taskViewSchema,
  ticket: ticketViewSchema,
  /** Null: the centre asks nothing, or the questionnaire is not here yet. */
  questionnaire: questionnaireViewSchema.nullable(),
  calling: callingSchema,
  /** Tries that count, of so many. */
  tries: count,
  mostTries: count,
  /** What the customer said, once the visit is done. */
  sheet: sheetViewSchema.nullable(),
});
export type VisitView = z.infer<typeof visitViewSchema>;

const visitAnswerSchema = z.object({
  taskId: idSchema,
  answers: answerSheetSchema.shape.answers,
  outcome: z.enum(visitOutcomes),
  note: textSchema,
  callId: idSchema.nullable(),
});
export type VisitAnswer = z.infer<typeof visitAnswerSchema>;

const satisfactionSchema = z.object({
  sheets: count,
  scores: count,
  mean: z.number().nullable(),
  topShare: rate,
  satisfiedShare: rate,
});

const sheetFilterSchema = daysSchema.extend({
  questionnaireId: idSchema.nullable(),
  /** One group of those that `feedback.scores` names. */
  by: z.enum(satisfactionGroups),
  /** Only sheets of this group's key; absent: of all. */
  key: z.object({ value: shortTextSchema.nullable() }).nullable(),
});
export type SheetFilter = z.infer<typeof sheetFilterSchema>;

const taskFilterSchema = z.object({
  whose: z.enum(['mine', 'team']),
  state: z.enum(['open', 'closed']),
  kinds: z.array(z.enum(taskKinds)),
  ownerId: idSchema.nullable(),
});
export type TaskFilter = z.infer<typeof taskFilterSchema>;

const newTaskSchema = z.object({
  kind: z.enum(['callBack', 'promise', 'care', 'reminder']),
  title: shortTextSchema.min(1),
  customerId: idSchema.nullable(),
  numberRaw: shortTextSchema.nullable(),
  ticketId: idSchema.nullable(),
  callId: idSchema.nullable(),
  dueAt: timeSchema,
  remindAt: timeSchema.nullable(),
  notes: textSchema,
  /** Null: the author's own. */
  ownerId: idSchema.nullable(),
});
export type NewTask = z.infer<typeof newTaskSchema>;

const missedCallViewSchema = missedCallSchema.extend({
  id: idSchema,
  number: numberViewSchema,
  customerName: shortTextSchema.nullable(),
  waiting: z.boolean(),
});
export type MissedCallView = z.infer<typeof missedCallViewSchema>;

/** Somebody tasks can be given to. */
export const takerSchema = z.object({
  id: idSchema,
  name: shortTextSchema,
  teamId: shortTextSchema.nullable(),
  active: z.boolean(),
});
export type Taker = z.infer<typeof takerSchema>;

export const followUpMethods = {
  'complaints.get': method(
    'tickets.read',
    z.object({ ticketId: idSchema }),
    complaintViewSchema.nullable(),
  ),
  /** Codes: `not-found`, `invalid-input`. */
  'complaints.change': method(
    'tickets.write',
    z.object({ ticketId: idSchema, change: complaintChangeSchema }),
    complaintViewSchema,
  ),
  /** Codes: `not-found`, `state-not-allowed`, `missing-field` (details: `field`). */
  'complaints.reach': method(
    'tickets.write',
    z.object({ ticketId: idSchema, stage: z.enum(complaintStages) }),
    complaintViewSchema,
  ),
  /** Complaints that one about to be made would repeat. */
  'complaints.repeats': method(
    'tickets.read',
    z.object({
      customerId: idSchema.nullable(),
      categoryId: shortTextSchema.nullable(),
      exceptTicketId: idSchema.nullable(),
    }),
    repeatSchema,
  ),
  'complaints.list': method(
    'tickets.read',
    z.object({ filter: complaintFilterSchema, limit }),
    z.object({ rows: z.array(complaintViewSchema), total: count }),
  ),
  'complaints.figures': method('tickets.read', daysSchema, complaintFiguresSchema),
  /** Codes: `not-found`. */
  'visits.get': method('tickets.read', z.object({ taskId: idSchema }), visitViewSchema),
  'visits.ofTicket': method(
    'tickets.read',
    z.object({ ticketId: idSchema }),
    z.object({ visits: z.array(taskViewSchema), sheets: z.array(sheetViewSchema) }),
  ),
  /**
   * What the customer said: the answers, the end of the task and the step of the ticket in one. Codes: `not-found`,
   * `state-not-allowed` (done already), `missing-field`, `invalid-input` (details: the question as `field`), `forbidden`.
   */
  'visits.answer': method('tickets.write', visitAnswerSchema, visitViewSchema),
  /** The customer was not talked to. Codes as above. */
  'visits.notReached': method(
    'tickets.write',
    z.object({
      taskId: idSchema,
      outcome: z.enum(['noAnswer', 'busy', 'wrongNumber', 'later']),
      /** When the customer asked to be called, for `later`. */
      laterAt: timeSchema.nullable(),
      note: textSchema,
      callId: idSchema.nullable(),
    }),
    visitViewSchema,
  ),
  'feedback.questionnaires': method('tickets.read', nothing, z.array(questionnaireViewSchema)),
  /** A change of what is asked makes another edition. Codes: `invalid-input` (details: `field`), `not-found`. */
  'feedback.save': method(
    'feedback.manage',
    z.object({
      id: idSchema.nullable(),
      name: bilingualSchema,
      greeting: bilingualSchema,
      questions: z.array(questionSchema).max(50),
      active: z.boolean(),
    }),
    questionnaireViewSchema,
  ),
  'feedback.retire': method('feedback.manage', z.object({ id: idSchema }), nothing),
  'feedback.scores': method(
    'tickets.read',
    sheetFilterSchema.omit({ key: true }),
    z.object({
      all: satisfactionSchema,
      groups: z.array(
        satisfactionSchema.extend({
          key: shortTextSchema.nullable(),
          name: shortTextSchema.nullable(),
        }),
      ),
    }),
  ),
  /** The answers behind a score, the newest first. */
  'feedback.sheets': method(
    'tickets.read',
    z.object({ filter: sheetFilterSchema, limit }),
    z.array(sheetViewSchema),
  ),
  'tasks.view': method(
    'customers.read',
    z.object({ filter: taskFilterSchema, limit }),
    z.object({ tasks: z.array(listedTaskSchema), total: count }),
  ),
  'tasks.get': method(
    'customers.read',
    z.object({ taskId: idSchema }),
    z.object({ task: taskViewSchema, calling: callingSchema }),
  ),
  'tasks.create': method('tasks.write', newTaskSchema, taskViewSchema),
  /** Codes: `not-found`, `state-not-allowed` (done already). */
  'tasks.change': method(
    'tasks.write',
    z.object({
      taskId: idSchema,
      dueAt: timeSchema.optional(),
      remindAt: timeSchema.nullable().optional(),
      notes: textSchema.optional(),
    }),
    taskViewSchema,
  ),
  /** `cancelled`: it is not needed any more. Codes as above. */
  'tasks.close': method(
    'tasks.write',
    z.object({ taskId: idSchema, as: z.enum(['done', 'cancelled']), notes: textSchema }),
    taskViewSchema,
  ),
  /** Codes as above, `not-found` for the user too. */
  'tasks.assign': method(
    'tasks.write',
    z.object({ taskId: idSchema, ownerId: idSchema }),
    taskViewSchema,
  ),
  /** A try to reach the customer of a call-back. */
  'tasks.tried': method(
    'tasks.write',
    z.object({ taskId: idSchema, outcome: z.enum(attemptOutcomes), callId: idSchema.nullable() }),
    taskViewSchema,
  ),
  'tasks.takers': method('tasks.write', nothing, z.array(takerSchema)),
  'handOver.preview': method(
    'tickets.manage',
    z.object({ fromId: idSchema }),
    z.object({ tasks: count, tickets: count, skipped: count }),
  ),
  /**
   * Open tasks and tickets of somebody who leaves, to others in turn. Codes: `not-found`, `invalid-input`.
   */
  'handOver.run': method(
    'tickets.manage',
    z.object({ fromId: idSchema, toIds: z.array(idSchema).min(1).max(100) }),
    z.object({ tasks: count, tickets: count }),
  ),
  'missedCalls.list': method(
    'customers.read',
    z.object({ state: z.enum(['open', 'handled']), limit }),
    z.object({ calls: z.array(missedCallViewSchema), open: count }),
  ),
  /** `null`: nobody any more. Codes: `not-found`, `state-not-allowed`. */
  'missedCalls.take': method(
    'tasks.write',
    z.object({ id: idSchema, mine: z.boolean() }),
    missedCallViewSchema,
  ),
  'missedCalls.dismiss': method(
    'tasks.write',
    z.object({ id: idSchema, reason: textSchema.min(1) }),
    missedCallViewSchema,
  ),
} as const;
