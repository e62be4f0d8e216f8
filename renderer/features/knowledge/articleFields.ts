import { z } from 'zod';
import type { ArticleDetail, ArticleFields } from '#shared/contract/methods/knowledge.ts';
import { dateSchema, maxLineLength, maxTextLength } from '#shared/domain/primitives.ts';
import type { Language } from '#shared/domain/text/text.ts';

/** The editor's fields; keywords and the review date as they are typed. */
export interface EditedArticle {
  title: string;
  language: Language;
  body: string;
  category: string;
  keywords: string;
  ticketCategoryIds: string[];
  queueIds: string[];
  reviewOn: string;
}

export function emptyArticle(language: Language): EditedArticle {
  return {
    title: '',
    language,
    body: '',
    category: '',
    keywords: '',
    ticketCategoryIds: [],
    queueIds: [],
    reviewOn: '',
  };
}

export function fieldsOfArticle(article: ArticleDetail): ArticleFields {
  const { title, language, body, category, keywords, ticketCategoryIds, queueIds, reviewOn } =
    article;
  return { title, language, body, category, keywords, ticketCategoryIds, queueIds, reviewOn };
}

export function editedOf(article: ArticleDetail): EditedArticle {
  const fields = fieldsOfArticle(article);
  return {
    ...fields,
    keywords: fields.keywords.join(', '),
    reviewOn: fields.reviewOn ?? '',
  };
}

const storedSchema = z
  .object({
    title: z.string(),
    language: z.enum(['en', 'zh-CN']),
    body: z.string(),
    category: z.string(),
    keywords: z.string(),
    ticketCategoryIds: z.array(z.string()),
    queueIds: z.array(z.string()),
    reviewOn: z.string(),
  })
  .partial();

/** Reads a stored draft; null where there is none or it cannot be read. */
export function readArticleDraft(stored: unknown): Partial<EditedArticle> | null {
  const read = storedSchema.safeParse(stored);
  if (!read.success) return null;
  const known = Object.entries(read.data).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Partial<EditedArticle>;
}

export function keywordsOf(typed: string): string[] {
  const words = typed.split(/[,，;；、\n]/u).map((word) => word.trim());
  return [...new Set(words.filter((word) => word !== ''))];
}

export type ArticleField = 'title' | 'category' | 'keywords' | 'reviewOn' | 'body';

const mostKeywords = 50;

/** Fields that keep an article from being saved, in the order of the form. */
export function openFields(edited: EditedArticle): ArticleField[] {
  const { title, category, keywords, reviewOn, body } = edited;
  const words = keywordsOf(keywords);
  const open: ArticleField[] = [];
  if (title.trim() === '' || title.length > maxLineLength) open.push('title');
  if (category.length > maxLineLength) open.push('category');
  if (words.length > mostKeywords || words.some((word) => word.length > maxLineLength)) {
    open.push('keywords');
  }
  if (reviewOn.trim() !== '' && !dateSchema.safeParse(reviewOn.trim()).success) {
    open.push('reviewOn');
  }
  if (body.length > maxTextLength) open.push('body');
  return open;
}

/** What is sent to the desk. */
export function articleOf(edited: EditedArticle): ArticleFields {
  const reviewOn = edited.reviewOn.trim();
  return {
    ...edited,
    title: edited.title.normalize('NFC'),
    body: edited.body.normalize('NFC'),
    keywords: keywordsOf(edited.keywords),
    reviewOn: reviewOn === '' ? null : reviewOn,
  };
}
