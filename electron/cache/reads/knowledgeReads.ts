import type { Database } from 'better-sqlite3';
import type {
  ArticleCategory,
  ArticleDetail,
  ArticleEdition,
  ArticleRow,
  ScriptView,
  Shelf,
} from '#shared/contract/methods/knowledge.ts';
import type { KnowledgeReads } from '../cache.ts';
import { columnList } from '../records/tables.ts';
import { isOpenTicket } from './sqlParts.ts';

const waiting = (entity: 'article' | 'script', alias: string) =>
  `EXISTS (SELECT 1 FROM outbox WHERE "entityId" = ${alias}."id" AND "entity" = '${entity}')`;

const rowSelect = `SELECT a."id", a."title", a."language", a."category", a."state",
    a."bodyVersion", a."reviewOn", a."updatedAt", u."name" AS updatedByName,
    EXISTS (SELECT 1 FROM json_each(@favourites) WHERE "value" = a."id") AS favourite,
    (SELECT count(*) FROM article_feedback WHERE "articleId" = a."id" AND "helped" = 1) AS helped,
    (SELECT count(*) FROM article_feedback WHERE "articleId" = a."id" AND "helped" = 0) AS notHelped,
    ${waiting('article', 'a')} AS waiting`;
const fromArticle = `FROM article a LEFT JOIN "user" u ON u."id" = a."updatedBy"`;

/** Which articles stand on a shelf. */
const onShelf: Record<Shelf, string> = {
  all: `a."state" = 'published'`,
  favourites: `a."state" = 'published'
    AND a."id" IN (SELECT "value" FROM json_each(@favourites))`,
  drafts: `a."state" = 'draft'`,
  due: `a."state" = 'published' AND a."reviewOn" <= @today`,
  retired: `a."state" = 'retired'`,
};

const listOf = (shelf: Shelf) => `${rowSelect} ${fromArticle}
  WHERE ${onShelf[shelf]}
    AND (@category IS NULL OR a."category" = @category AND a."language" = @language)
  ORDER BY ${shelf === 'due' ? 'a."reviewOn", ' : ''}a."updatedAt" DESC LIMIT +@limit`;

const countOf = (shelf: Shelf) =>
  `(SELECT count(*) FROM article a WHERE ${onShelf[shelf]}) AS "${shelf}"`;

const knowledgeSql = {
  categories: `SELECT "category", "language", count(*) AS count FROM article
    WHERE "state" = 'published' GROUP BY "category", "language" ORDER BY "category", "language"`,
  counts: `SELECT ${(['all', 'favourites', 'drafts', 'due', 'retired'] as const).map(countOf).join(', ')}`,
  article: `${rowSelect}, a."body", a."keywords", a."ticketCategoryIds", a."queueIds",
      (SELECT "helped" FROM article_feedback WHERE "articleId" = a."id" AND "byId" = @userId
        ORDER BY "at" DESC LIMIT 1) AS mine
    ${fromArticle} WHERE a."id" = @articleId`,
  remarks: `SELECT "note" FROM article_feedback
    WHERE "articleId" = ? AND "helped" = 0 AND "note" <> '' ORDER BY "at" DESC LIMIT 20`,
  editions: `SELECT "id", ${columnList('articleVersion')} FROM article_version
    WHERE "articleId" = ? ORDER BY "bodyVersion" DESC, "at" DESC LIMIT 200`,
  scripts: `SELECT s."id", ${columnList('script', 's')}, ${waiting('script', 's')} AS waiting
    FROM script s ORDER BY s."id"`,
  usedTags: `SELECT "value" FROM (SELECT "tags" FROM wrap_up
      WHERE "agentId" = ? ORDER BY "savedAt" DESC LIMIT 300), json_each("tags")
    GROUP BY "value" ORDER BY count(*) DESC, "value" LIMIT +?`,
  linkable: `SELECT "id", "no", "subject" FROM ticket
    WHERE "customerId" = ? AND ${isOpenTicket} ORDER BY "createdAt" DESC LIMIT +?`,
  followUp: `SELECT "id" FROM task WHERE "callId" = ? AND "kind" = 'callBack' AND "state" = 'open'
    ORDER BY "createdAt" DESC LIMIT 1`,
};

type Flags = Record<'favourite' | 'waiting', number>;
type StoredRow = Omit<ArticleRow, 'favourite' | 'waiting'> & Flags;
type StoredDetail = Omit<
  ArticleDetail,
  keyof Flags | 'keywords' | 'ticketCategoryIds' | 'queueIds' | 'mine' | 'remarks'
> &
  Flags &
  Record<'keywords' | 'ticketCategoryIds' | 'queueIds', string> & { mine: number | null };
type StoredScript = Omit<
  ScriptView,
  'name' | 'queueIds' | 'nodes' | 'active' | 'retired' | 'waiting'
> &
  Record<'name' | 'queueIds' | 'nodes', string> &
  Record<'active' | 'retired' | 'waiting', number>;

/** Articles, their editions, and scripts. */
export function createKnowledgeReads(db: Database): KnowledgeReads {
  const categories = db.prepare<[], ArticleCategory & { count: number }>(knowledgeSql.categories);
  const counts = db.prepare<[{ favourites: string; today: string }], Record<Shelf, number>>(
    knowledgeSql.counts,
  );
  const lists = new Map<Shelf, ReturnType<typeof prepareList>>();
  const article = db.prepare<
    [{ favourites: string; userId: string; articleId: string }],
    StoredDetail
  >(knowledgeSql.article);
  const remarks = db.prepare<[string], string>(knowledgeSql.remarks).pluck();
  const editions = db.prepare<[string], ArticleEdition>(knowledgeSql.editions);
  const scripts = db.prepare<[], StoredScript>(knowledgeSql.scripts);
  const usedTags = db.prepare<[string, number], string>(knowledgeSql.usedTags).pluck();
  const linkable = db.prepare<[string, number], { id: string; no: string | null; subject: string }>(
    knowledgeSql.linkable,
  );
  const followUp = db.prepare<[string], string>(knowledgeSql.followUp).pluck();

  function prepareList(shelf: Shelf) {
    return db.prepare<[Record<string, string | number | null>], StoredRow>(listOf(shelf));
  }
  function listFor(shelf: Shelf) {
    const known = lists.get(shelf) ?? prepareList(shelf);
    lists.set(shelf, known);
    return known;
  }

  return {
    shelves: (today, favourites) => ({
      categories: categories.all(),
      counts: counts.get({ favourites: JSON.stringify(favourites), today }) ?? noCounts,
    }),
    articles: ({ shelf, category, today, limit }, favourites) =>
      listFor(shelf)
        .all({
          ...{ favourites: JSON.stringify(favourites), today, limit },
          ...{ category: category?.category ?? null, language: category?.language ?? null },
        })
        .map(rowOf),
    article(articleId, userId, favourites) {
      const found = article.get({ favourites: JSON.stringify(favourites), userId, articleId });
      if (!found) return null;
      return {
        ...found,
        ...rowOf(found),
        keywords: JSON.parse(found.keywords),
        ticketCategoryIds: JSON.parse(found.ticketCategoryIds),
        queueIds: JSON.parse(found.queueIds),
        mine: found.mine === null ? null : found.mine === 1,
        remarks: remarks.all(articleId),
      };
    },
    editions: (articleId) => editions.all(articleId),
    scripts: () => scripts.all().map(scriptOf),
    usedTags: (agentId, limit) => usedTags.all(agentId, limit),
    linkableTickets: (customerId, limit) => linkable.all(customerId, limit),
    followUpOf: (callId) => followUp.get(callId) ?? null,
  };
}

const noCounts = { all: 0, favourites: 0, drafts: 0, due: 0, retired: 0 };

function rowOf<R extends StoredRow>(
  row: R,
): Omit<R, keyof Flags> & { favourite: boolean; waiting: boolean } {
  return { ...row, favourite: row.favourite === 1, waiting: row.waiting === 1 };
}

function scriptOf(row: StoredScript): ScriptView {
  return {
    ...row,
    name: JSON.parse(row.name),
    queueIds: JSON.parse(row.queueIds),
    nodes: JSON.parse(row.nodes),
    active: row.active === 1,
    retired: row.retired === 1,
    waiting: row.waiting === 1,
  };
}
