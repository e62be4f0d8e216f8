import type { Database } from 'better-sqlite3';
import type { SafetyJournal } from './file/safetyJournal.ts';

/** Half-typed forms, which live on this desk only and survive a crash. */
export function createDrafts(db: Database, journal: SafetyJournal, now: () => number) {
  const select = db.prepare<[string], string>('SELECT "json" FROM draft WHERE "key" = ?').pluck();
  const upsert = db.prepare(
    `INSERT INTO draft ("key", "json", "savedAt") VALUES (?, ?, ?)
      ON CONFLICT ("key") DO UPDATE SET "json" = excluded."json", "savedAt" = excluded."savedAt"`,
  );
  const remove = db.prepare('DELETE FROM draft WHERE "key" = ?');

  return {
    draft: (key: string): string | null => select.get(key) ?? null,
    putDraft(key: string, json: string): void {
      upsert.run(key, json, now());
      journal.append([{ type: 'draft', key, json }], true);
    },
    removeDraft(key: string): void {
      if (remove.run(key).changes > 0) journal.append([{ type: 'draft', key, json: null }], false);
    },
  };
}
