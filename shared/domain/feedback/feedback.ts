import { z } from 'zod';
import { idSchema, shortTextSchema, textSchema, timeSchema } from '../primitives.ts';
import { bilingualSchema } from '../text/text.ts';

export const questionKinds = ['score', 'yesNo', 'choice', 'text'] as const;

/** `score`: 1 to 5. */
export const questionSchema = z.object({
  id: z.string().min(1).max(64),
  kind: z.enum(questionKinds),
  text: bilingualSchema,
  /** Of a `choice`. */
  choices: z.array(z.object({ id: z.string().min(1).max(64), text: bilingualSchema })).max(20),
  required: z.boolean(),
});
export type Question = z.infer<typeof questionSchema>;

/** Questionnaire 问卷. An answer keeps the edition it was asked under: questions change, answers do not. */
export const questionnaireSchema = z.object({
  name: bilingualSchema,
  edition: z.int().positive(),
  /** What the agent says before the questions. */
  greeting: bilingualSchema,
  questions: z.array(questionSchema).max(50),
  active: z.boolean(),
  retired: z.boolean(),
});
export type Questionnaire = z.infer<typeof questionnaireSchema>;

export const visitOutcomes = ['satisfied', 'unsatisfied'] as const;
export type VisitOutcome = (typeof visitOutcomes)[number];

/** Answer 答卷: what a customer said, with all that is needed to count it. */
export const answerSheetSchema = z.object({
  questionnaireId: idSchema,
  edition: z.int().positive(),
  customerId: idSchema.nullable(),
  ticketId: idSchema.nullable(),
  taskId: idSchema.nullable(),
  callId: idSchema.nullable(),
  /** Whose work it is about. */
  agentId: idSchema.nullable(),
  agentName: shortTextSchema.nullable(),
  queueId: shortTextSchema.nullable(),
  categoryId: shortTextSchema.nullable(),
  /** By question: 1 to 5, true or false, the choice's id, or text. */
  answers: z.record(z.string().max(64), z.union([z.int(), z.boolean(), textSchema])),
  /** The questions as they were put. */
  questions: z.array(questionSchema).max(50),
  /** Mean of the scores, in hundredths (1 to 5: 100 to 500); null without any. */
  scoreHundredths: z.int().min(100).max(500).nullable(),
  outcome: z.enum(visitOutcomes),
  at: timeSchema,
  byId: idSchema,
  byName: shortTextSchema,
});
export type AnswerSheet = z.infer<typeof answerSheetSchema>;
