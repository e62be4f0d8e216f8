import { z } from 'zod';
import {
  articleSchema,
  articleVersionSchema,
  scriptSchema,
} from '../../domain/knowledge/knowledge.ts';
import { dateSchema, idSchema, shortTextSchema, textSchema } from '../../domain/primitives.ts';
import { languageSchema } from '../../domain/text/text.ts';
import { method } from '../method.ts';

const nothing = z.object({});
const named = z.object({ articleId: idSchema });

/** Pieces of a text; marked where they were searched for. */
const partsSchema = z.array(z.object({ text: z.string(), marked: z.boolean() }));

/** An article as a list shows it. */
const articleRowSchema = articleSchema
  .pick({
    title: true,
    language: true,
    category: true,
    state: true,
    bodyVersion: true,
    reviewOn: true,
    updatedAt: true,
  })
  .extend({
    id: idSchema,
    updatedByName: shortTextSchema.nullable(),
    favourite: z.boolean(),
    /** Feedback that this desk holds: all of it where one watches the team, otherwise the own. */
    helped: z.int().nonnegative(),
    notHelped: z.int().nonnegative(),
    /** The server does not have the newest change yet. */
    waiting: z.boolean(),
  });
export type ArticleRow = z.infer<typeof articleRowSchema>;

export const articleDetailSchema = articleRowSchema.extend({
  body: textSchema,
  keywords: z.array(shortTextSchema),
  ticketCategoryIds: z.array(shortTextSchema),
  queueIds: z.array(shortTextSchema),
  /** What this user said of it last. */
  mine: z.boolean().nullable(),
  /** What others wrote who were not helped, newest first. */
  remarks: z.array(shortTextSchema),
});
export type ArticleDetail = z.infer<typeof articleDetailSchema>;

const articleHitSchema = z.object({
  id: idSchema,
  title: shortTextSchema,
  language: languageSchema,
  category: shortTextSchema,
  state: articleSchema.shape.state,
  titleParts: partsSchema,
  snippet: partsSchema,
});
export type ArticleHit = z.infer<typeof articleHitSchema>;

const articleEditionSchema = articleVersionSchema.extend({ id: idSchema });
export type ArticleEdition = z.infer<typeof articleEditionSchema>;

/** What an editor writes. */
const articleFieldsSchema = z.object({
  title: shortTextSchema.min(1),
  language: languageSchema,
  body: textSchema,
  category: shortTextSchema,
  keywords: z.array(shortTextSchema).max(50),
  ticketCategoryIds: z.array(shortTextSchema).max(100),
  queueIds: z.array(shortTextSchema).max(100),
  reviewOn: dateSchema.nullable(),
});
export type ArticleFields = z.infer<typeof articleFieldsSchema>;

/** Shelves beside those of the categories. `drafts`, `due` and `retired` are for editors. */
export const shelves = ['all', 'favourites', 'drafts', 'due', 'retired'] as const;
export type Shelf = (typeof shelves)[number];

/** What an article is about, as it is called in the article's language. */
const articleCategorySchema = articleSchema.pick({ category: true, language: true });
export type ArticleCategory = z.infer<typeof articleCategorySchema>;

const shelfListSchema = z.object({
  categories: z.array(articleCategorySchema.extend({ count: z.int() })),
  counts: z.record(z.enum(shelves), z.int()),
});
export type ShelfList = z.infer<typeof shelfListSchema>;

const scriptViewSchema = scriptSchema.extend({ id: idSchema, waiting: z.boolean() });
export type ScriptView = z.infer<typeof scriptViewSchema>;

/** What an editor writes of a script. */
export const scriptFieldsSchema = scriptSchema.omit({ retired: true, edition: true });
export type ScriptFields = z.infer<typeof scriptFieldsSchema>;

/** The way through a script, as the window keeps it while the call goes on (draft `script:<call id>`). */
export const scriptDraftSchema = z.object({
  scriptId: idSchema,
  steps: z
    .array(
      z.object({
        nodeId: z.string().max(64),
        answerId: z.string().max(64).nullable(),
        text: z.string(),
      }),
    )
    .max(200),
});

const limit = z.int().min(1).max(500);

export const knowledgeMethods = {
  'knowledge.shelves': method('signed-in', nothing, shelfListSchema),
  /** Titles of a shelf, of one category where it is named; newest first. */
  'knowledge.list': method(
    'signed-in',
    z.object({ shelf: z.enum(shelves), category: articleCategorySchema.nullable(), limit }),
    z.array(articleRowSchema),
  ),
  /** Every word must stand in it; titles before keywords before texts. */
  'knowledge.search': method(
    'signed-in',
    z.object({ text: z.string().max(200), limit: z.int().min(1).max(50) }),
    z.array(articleHitSchema),
  ),
  /** What fits a ticket's category, a queue and what is being written; the best first, none that fits by chance. */
  'knowledge.suggest': method(
    'signed-in',
    z.object({
      ticketCategoryId: shortTextSchema.nullable(),
      queueId: shortTextSchema.nullable(),
      /** The end of what is being written; more than this says nothing new. */
      text: z.string().max(4000),
      language: languageSchema,
      limit: z.int().min(1).max(10),
    }),
    z.array(articleHitSchema),
  ),
  'knowledge.get': method('signed-in', named, articleDetailSchema),
  'knowledge.editions': method('signed-in', named, z.array(articleEditionSchema)),
  /** Favourites stay on this desk. */
  'knowledge.favourite': method(
    'signed-in',
    named.extend({ on: z.boolean() }),
    articleDetailSchema,
  ),
  'knowledge.feedback': method(
    'signed-in',
    named.extend({ helped: z.boolean(), note: shortTextSchema, callId: idSchema.nullable() }),
    articleDetailSchema,
  ),
  /** Writes an article; published, it becomes a new edition of what everybody reads. */
  'knowledge.save': method(
    'knowledge.write',
    z.object({
      articleId: idSchema.nullable(),
      fields: articleFieldsSchema,
      publish: z.boolean(),
    }),
    articleDetailSchema,
  ),
  'knowledge.retire': method(
    'knowledge.write',
    named.extend({ on: z.boolean() }),
    articleDetailSchema,
  ),
  'scripts.list': method('signed-in', nothing, z.array(scriptViewSchema)),
  /** The script that guides this call; null where none does. */
  'scripts.forCall': method(
    'signed-in',
    z.object({ queueId: shortTextSchema.nullable(), direction: z.enum(['in', 'out']) }),
    scriptViewSchema.nullable(),
  ),
  /** `invalid-input` with the node, where a script in use has a problem. */
  'scripts.save': method(
    'knowledge.write',
    z.object({ scriptId: idSchema.nullable(), fields: scriptFieldsSchema }),
    scriptViewSchema,
  ),
  'scripts.retire': method(
    'knowledge.write',
    z.object({ scriptId: idSchema, on: z.boolean() }),
    scriptViewSchema,
  ),
} as const;
