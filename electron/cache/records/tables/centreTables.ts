import { settingKeys } from '#shared/domain/configuration.ts';
import type { EntityName } from '#shared/sync/entities.ts';
import { boolean, integer, json, maybeText, type Table, text, word } from '../columns.ts';

/** Tables of what everybody works with. */
export const centreTables = {
  setting: {
    name: 'setting',
    columns: [word('key', settingKeys), json('value')],
  },
  savedView: {
    name: 'saved_view',
    columns: [
      text('ownerId'),
      word('list', ['tickets', 'customers', 'tasks']),
      text('name'),
      json('filter'),
      text('sort'),
      boolean('shared'),
      boolean('retired'),
    ],
  },
  article: {
    name: 'article',
    columns: [
      text('title'),
      word('language', ['zh-CN', 'en']),
      text('body'),
      text('category'),
      json('keywords'),
      json('ticketCategoryIds'),
      json('queueIds'),
      word('state', ['draft', 'published', 'retired']),
      integer('bodyVersion'),
      maybeText('reviewOn'),
      integer('updatedAt'),
      text('updatedBy'),
    ],
  },
  articleVersion: {
    name: 'article_version',
    columns: [
      text('articleId'),
      integer('bodyVersion'),
      text('title'),
      text('body'),
      integer('at'),
      text('byId'),
      text('byName'),
    ],
  },
  articleFeedback: {
    name: 'article_feedback',
    columns: [
      text('articleId'),
      boolean('helped'),
      text('note'),
      maybeText('callId'),
      integer('at'),
      text('byId'),
    ],
  },
  script: {
    name: 'script',
    columns: [
      json('name'),
      json('queueIds'),
      word('direction', ['in', 'out', 'both']),
      text('startId'),
      json('nodes'),
      boolean('active'),
      boolean('retired'),
      integer('edition'),
    ],
  },
} satisfies Partial<Record<EntityName, Table>>;
