import type { Database } from 'better-sqlite3';
import type { ArticleHit } from '#shared/contract/methods/knowledge.ts';
import {
  markTerms,
  plainOf,
  snippetOf,
  suggestionScore,
  tokensOf,
  topicTerms,
  typedTerms,
} from '#shared/domain/knowledge/knowledgeText.ts';
import type { Language } from '#shared/domain/text/text.ts';

export interface SuggestWish {
  ticketCategoryId: string | null;
  queueId: string | null;
  text: string;
  language: Language;
  limit: number;
}

interface Found {
  id: string;
  title: string;
  language: Language;
  category: string;
  state: ArticleHit['state'];
  body: string;
  keywords: string;
  ticketCategoryIds: string;
  queueIds: string;
}

/** Looked at before they are ranked by what the index does not know. */
const poolSize = 40;
const columns = `a."id", a."title", a."language", a."category", a."state", a."body", a."keywords",
  a."ticketCategoryIds", a."queueIds"`;

const articleSearchSql = {
  search: `SELECT ${columns} FROM article_search
    JOIN article_key k ON k."key" = article_search."rowid" JOIN article a ON a."id" = k."articleId"
    WHERE article_search MATCH @match
      AND (a."state" = 'published' OR (@all = 1 AND a."state" = 'draft'))
    ORDER BY bm25(article_search, 10.0, 6.0, 1.0) LIMIT +@limit`,
  ofCategory: `SELECT ${columns} FROM article a WHERE a."state" = 'published'
    AND EXISTS (SELECT 1 FROM json_each(a."ticketCategoryIds")
      WHERE "value" = @id OR @id LIKE "value" || '.%') LIMIT ${poolSize}`,
};

/** Full-text search over articles, and what fits the work at hand. */
export function createArticleSearch(db: Database) {
  const matching = db.prepare<[{ match: string; all: number; limit: number }], Found>(
    articleSearchSql.search,
  );
  const ofCategory = db.prepare<[{ id: string }], Found>(articleSearchSql.ofCategory);

  return {
    search(text: string, all: boolean, limit: number): ArticleHit[] {
      const terms = typedTerms(text);
      if (terms.length === 0) return [];
      const match = terms.map(wordOf).join(' AND ');
      return matching
        .all({ match, all: all ? 1 : 0, limit })
        .map((article) => hitOf(article, terms));
    },
    suggest({ text, limit, ...wanted }: SuggestWish): ArticleHit[] {
      const terms = topicTerms(text);
      const found = new Map<string, Found>();
      const add = (rows: Found[]) => {
        for (const row of rows) found.set(row.id, row);
      };
      if (wanted.ticketCategoryId !== null) add(ofCategory.all({ id: wanted.ticketCategoryId }));
      const match = terms.map(wordOf).join(' OR ');
      if (terms.length > 0) add(matching.all({ match, all: 0, limit: poolSize }));
      return [...found.values()]
        .map((article) => ({
          article,
          score: suggestionScore(wordsOf(article), { ...wanted, terms }),
        }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score || (a.article.id < b.article.id ? -1 : 1))
        .slice(0, limit)
        .map(({ article }) => hitOf(article, terms));
    },
  };
}

/** One word as a literal of the FTS5 query language: its beginning, or the run of its pairs. */
function wordOf(term: string): string {
  const tokens = tokensOf(term).split(' ');
  const isRun = tokens.length > 1;
  // The index closes a run by its last character, which follows only where the run ends there.
  return isRun ? `"${tokens.slice(0, -1).join(' ')}"` : `"${tokens[0] ?? ''}" *`;
}

function wordsOf(article: Found) {
  return {
    ...article,
    keywords: JSON.parse(article.keywords) as string[],
    ticketCategoryIds: JSON.parse(article.ticketCategoryIds) as string[],
    queueIds: JSON.parse(article.queueIds) as string[],
  };
}

function hitOf(article: Found, terms: readonly string[]): ArticleHit {
  const { id, title, language, category, state, body } = article;
  return {
    id,
    title,
    language,
    category,
    state,
    titleParts: markTerms(title, terms),
    snippet: snippetOf(plainOf(body), terms),
  };
}
