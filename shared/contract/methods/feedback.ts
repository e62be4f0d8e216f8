import { z } from 'zod';
import {
  answerSheetSchema,
  questionnaireSchema,
  questionSchema,
  visitOutcomes,
} from '../../domain/feedback/feedback.ts';
import { satisfactionGroups } from '../../domain/feedback/satisfaction.ts';
import { idSchema, shortTextSchema, textSchema, timeSchema } from '../../domain/primitives.ts';
import { bilingualSchema } from '../../domain/text/text.ts';
import { daysSchema } from '../days.ts';
import { method } from '../method.ts';
import { taskViewSchema, ticketViewSchema } from '../models/records.ts';
import { callingSchema } from './tasks.ts';

const nothing = z.object({});
const count = z.int().nonnegative();
const rate = z.number().min(0).max(1).nullable();
const limit = z.int().min(1).max(500);

const questionnaireViewSchema = questionnaireSchema.extend({ id: idSchema, waiting: z.boolean() });
export type QuestionnaireView = z.infer<typeof questionnaireViewSchema>;

const sheetViewSchema = answerSheetSchema.extend({
  id: idSchema,
  customerName: shortTextSchema.nullable(),
  ticketNo: shortTextSchema.nullable(),
  ticketSubject: shortTextSchema.nullable(),
});
export type SheetView = z.infer<typeof sheetViewSchema>;

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

export const feedbackMethods = {
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
} as const;
