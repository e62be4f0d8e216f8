import { z } from 'zod';
import { dateSchema, idSchema, shortTextSchema, textSchema, timeSchema } from '../primitives.ts';
import { bilingualSchema } from '../text/text.ts';

/** Article 知识: Markdown, in one language. `bodyVersion` counts what was published. */
export const articleSchema = z.object({
  title: shortTextSchema.min(1),
  language: z.enum(['zh-CN', 'en']),
  body: textSchema,
  /** Path of the shelf it stands on. */
  category: shortTextSchema,
  keywords: z.array(shortTextSchema).max(50),
  /** Ticket categories and queues for which it is suggested. */
  ticketCategoryIds: z.array(shortTextSchema).max(100),
  queueIds: z.array(shortTextSchema).max(100),
  state: z.enum(['draft', 'published', 'retired']),
  bodyVersion: z.int().positive(),
  reviewOn: dateSchema.nullable(),
  updatedAt: timeSchema,
  updatedBy: shortTextSchema,
});
export type Article = z.infer<typeof articleSchema>;

/** What an article was in one of its versions. */
export const articleVersionSchema = z.object({
  articleId: idSchema,
  bodyVersion: z.int().positive(),
  title: shortTextSchema,
  body: textSchema,
  at: timeSchema,
  byId: idSchema,
  byName: shortTextSchema,
});

export const articleFeedbackSchema = z.object({
  articleId: idSchema,
  helped: z.boolean(),
  note: shortTextSchema,
  callId: idSchema.nullable(),
  at: timeSchema,
  byId: idSchema,
});

/** One thing to say, and where the answers lead; null: the end. */
export const scriptNodeSchema = z.object({
  id: z.string().min(1).max(64),
  say: bilingualSchema,
  answers: z
    .array(
      z.object({
        id: z.string().min(1).max(64),
        text: bilingualSchema,
        next: z.string().max(64).nullable(),
        /** What the wrap-up gets from it. */
        dispositionId: shortTextSchema.nullable(),
        tag: shortTextSchema.nullable(),
      }),
    )
    .max(20),
  /** The answer is written down in words. */
  asksText: z.boolean(),
  /** Where it goes on without a choice. */
  next: z.string().max(64).nullable(),
});
export type ScriptNode = z.infer<typeof scriptNodeSchema>;

/** Script 话术: guides a call of these queues, from `startId` on. */
export const scriptSchema = z.object({
  name: bilingualSchema,
  queueIds: z.array(shortTextSchema).max(100),
  direction: z.enum(['in', 'out', 'both']),
  startId: z.string().max(64),
  nodes: z.array(scriptNodeSchema).max(200),
  active: z.boolean(),
  retired: z.boolean(),
  edition: z.int().positive(),
});
export type Script = z.infer<typeof scriptSchema>;

/** What was answered on the way through a script; kept with the wrap-up. */
export const scriptAnswersSchema = z.object({
  scriptId: idSchema,
  edition: z.int().positive(),
  steps: z
    .array(
      z.object({
        nodeId: z.string().max(64),
        said: shortTextSchema,
        answer: textSchema,
      }),
    )
    .max(200),
});
export type ScriptAnswers = z.infer<typeof scriptAnswersSchema>;
