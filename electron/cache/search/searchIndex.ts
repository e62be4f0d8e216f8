import type { Database } from 'better-sqlite3';
import { foldText } from '#shared/domain/text.ts';
import { bigrams } from './searchTerms.ts';

interface PointRow {
  kind: string;
  raw: string;
  normal: string | null;
}

/** How many customers are indexed in one transaction: short enough that a writer hardly waits. */
const batchSize = 250;

export interface SearchIndex {
  /** Indexes a batch of customers whose records changed; false when none is left. */
  indexSome(): boolean;
}

/** Keeps the two full-text indexes equal to the records, a batch at a time. */
export function createSearchIndex(db: Database): SearchIndex {
  const due = db.prepare<[number], string>('SELECT "customerId" FROM search_due LIMIT ?').pluck();
  const done = db.prepare('DELETE FROM search_due WHERE "customerId" = ?');
  const customer = db.prepare<[string], { key: number; nameKey: string; no: string | null }>(
    'SELECT "key", "nameKey", "no" FROM customer WHERE "id" = ?',
  );
  const points = db.prepare<[string], PointRow>(
    `SELECT "kind", "raw", "normal" FROM contact_point
      WHERE "customerId" = ? AND "retired" = 0 LIMIT 200`,
  );
  const putTrigram = db.prepare(
    'INSERT OR REPLACE INTO search_trigram ("rowid", "text") VALUES (?, ?)',
  );
  const putBigram = db.prepare(
    'INSERT OR REPLACE INTO search_bigram ("rowid", "text") VALUES (?, ?)',
  );

  function indexOne(customerId: string): void {
    const row = customer.get(customerId);
    if (row) {
      const texts = [row.nameKey, ...points.all(customerId).map(textOf)];
      if (row.no) texts.push(foldText(row.no));
      putTrigram.run(row.key, texts.join('\n'));
      putBigram.run(row.key, bigrams(row.nameKey).join(' '));
    }
    done.run(customerId);
  }

  const batch = db.transaction((): boolean => {
    const customers = due.all(batchSize);
    for (const customerId of customers) indexOne(customerId);
    return customers.length === batchSize;
  });

  return { indexSome: () => batch.immediate() };
}

function textOf({ kind, raw, normal }: PointRow): string {
  if (kind !== 'phone') return foldText(raw);
  return (normal ?? raw).replace(/\D/g, '');
}
