import type { Database } from 'better-sqlite3';
import { plainOf, tokensOf } from '#shared/domain/knowledge/knowledgeText.ts';

/** How many articles are indexed in one transaction: short enough that a writer hardly waits. */
const batchSize = 100;
/** Pause between two batches, ms. */
const pauseMs = 10;

interface Text {
  title: string;
  keywords: string;
  body: string;
}

export interface ArticleIndex {
  /** Indexes a batch at once, so that a search finds what was just written; the rest goes on behind it. */
  first(): void;
  later(): void;
}

/** Keeps the full-text index of articles equal to the records. */
export function createArticleIndex(db: Database): ArticleIndex {
  const due = db.prepare<[number], string>('SELECT "articleId" FROM article_due LIMIT +?').pluck();
  const done = db.prepare('DELETE FROM article_due WHERE "articleId" = ?');
  const text = db.prepare<[string], Text>(
    'SELECT "title", "keywords", "body" FROM article WHERE "id" = ?',
  );
  const keyOf = db
    .prepare<[string], number>('SELECT "key" FROM article_key WHERE "articleId" = ?')
    .pluck();
  const newKey = db.prepare('INSERT INTO article_key ("articleId") VALUES (?)');
  const put = db.prepare(
    `INSERT OR REPLACE INTO article_search ("rowid", "title", "keywords", "body")
      VALUES (?, ?, ?, ?)`,
  );
  const remove = db.prepare('DELETE FROM article_search WHERE "rowid" = ?');
  let waiting = false;

  function indexOne(articleId: string): void {
    const article = text.get(articleId);
    const known = keyOf.get(articleId);
    if (article) {
      const key = known ?? newKey.run(articleId).lastInsertRowid;
      const keywords: string[] = JSON.parse(article.keywords);
      put.run(
        key,
        tokensOf(article.title),
        tokensOf(keywords.join(' ')),
        tokensOf(plainOf(article.body)),
      );
    } else if (known !== undefined) {
      remove.run(known);
    }
    done.run(articleId);
  }

  const batch = db.transaction((): boolean => {
    const articles = due.all(batchSize);
    for (const articleId of articles) indexOne(articleId);
    return articles.length === batchSize;
  });

  function later(): void {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      if (!db.open) return;
      try {
        if (batch.immediate()) later();
      } catch {
        // Stays due: the next search tries again and reports what is wrong.
      }
    }, pauseMs);
  }

  return {
    first() {
      if (due.get(1) !== undefined && batch.immediate()) later();
    },
    later,
  };
}
