import type { Database } from 'better-sqlite3';
import type { Belongings, BulkRun } from '#shared/contract/methods/quality.ts';
import type { FieldsOf } from '#shared/sync/entities.ts';
import { columnList } from '../records/tables.ts';
import { type Compared, createLikenessReads } from './likenessReads.ts';

export type StoredMerge = { id: string } & FieldsOf<'customerMerge'>;
export type StoredFieldChange = { id: string } & FieldsOf<'fieldChange'>;

/** Sources of the changes of one run: `bulk:<run id>`; its undoing `bulkUndo:<run id>`. */
export const bulkSource = (runId: string) => `bulk:${runId}`;
export const bulkUndoSource = (runId: string) => `bulkUndo:${runId}`;

export interface QualityReads {
  /** What stands at one record, without those merged into it. */
  belongings(customerId: string): Belongings;
  /** Merges in which any of these was winner or loser, the newest first. */
  mergesOf(customerIds: readonly string[]): StoredMerge[];
  points(customerId: string): ({ id: string } & FieldsOf<'contactPoint'>)[];
  likenessOf(customerId: string): Compared | null;
  /** Whether somebody said of the two that they are two. */
  settledPair(aId: string, bId: string): boolean;
  bulkRuns(limit: number): BulkRun[];
  /** Changes of a run behind one of them, in their order. */
  changesOfRun(runId: string, afterId: string, limit: number): StoredFieldChange[];
}

const counted: Record<keyof Belongings, string> = {
  contactPoints: `SELECT count(*) FROM contact_point WHERE "customerId" = ? AND "retired" = 0`,
  contacts: 'SELECT count(*) FROM contact WHERE "customerId" = ?',
  tickets: 'SELECT count(*) FROM ticket WHERE "customerId" = ? AND "customerId" IS NOT NULL',
  orders: 'SELECT count(*) FROM customer_order WHERE "customerId" = ?',
  tasks: `SELECT count(*) FROM task WHERE "customerId" = ? AND "state" = 'open'`,
};

/** Words of the partial index, which must stand in a query for it to be used. */
const isBulk = `"source" >= 'bulk' AND "source" < 'bull'`;

export const qualitySql = {
  merges: `SELECT "id", ${columnList('customerMerge')} FROM customer_merge
    WHERE "id" IN (
      SELECT "id" FROM customer_merge WHERE "winnerId" IN (SELECT "value" FROM json_each(@ids))
      UNION SELECT "id" FROM customer_merge WHERE "loserId" IN (SELECT "value" FROM json_each(@ids)))
    ORDER BY "at" DESC LIMIT 200`,
  points: `SELECT "id", ${columnList('contactPoint')} FROM contact_point
    WHERE "customerId" = ? LIMIT 200`,
  settled: `SELECT 1 FROM not_duplicate WHERE "aId" = @a AND "bId" = @b
    UNION ALL SELECT 1 FROM not_duplicate WHERE "aId" = @b AND "bId" = @a LIMIT 1`,
  runs: `SELECT "source", min("at") AS at, "byName", count(*) AS changes FROM field_change
    WHERE ${isBulk} GROUP BY "source" ORDER BY at DESC LIMIT +?`,
  ofRun: `SELECT "id", ${columnList('fieldChange')} FROM field_change
    WHERE ${isBulk} AND "source" = ? AND "id" > ? ORDER BY "id" LIMIT +?`,
};

export function createQualityReads(db: Database): QualityReads {
  const count = Object.entries(counted).map(
    ([name, sql]) => [name, db.prepare<[string], number>(sql).pluck()] as const,
  );
  const merges = db.prepare<[{ ids: string }], Omit<StoredMerge, 'fields'> & { fields: string }>(
    qualitySql.merges,
  );
  const points = db.prepare<[string], { preferred: number; retired: number }>(qualitySql.points);
  const settled = db.prepare<[{ a: string; b: string }], number>(qualitySql.settled);
  const runs = db.prepare<
    [number],
    { source: string; at: number; byName: string; changes: number }
  >(qualitySql.runs);
  const ofRun = db.prepare<[string, string, number], StoredFieldChange>(qualitySql.ofRun);
  const { likenessOf } = createLikenessReads(db);

  return {
    likenessOf,
    belongings: (customerId) =>
      Object.fromEntries(
        count.map(([name, statement]) => [name, statement.get(customerId) ?? 0]),
      ) as Belongings,
    mergesOf: (customerIds) =>
      merges
        .all({ ids: JSON.stringify(customerIds) })
        .map((row) => ({ ...row, fields: JSON.parse(row.fields) })),
    points: (customerId) =>
      points.all(customerId).map((row) => ({
        ...(row as unknown as { id: string } & FieldsOf<'contactPoint'>),
        preferred: row.preferred === 1,
        retired: row.retired === 1,
      })),
    settledPair: (a, b) => settled.get({ a, b }) !== undefined,
    bulkRuns(limit) {
      const found = runs.all(limit * 2);
      const undone = new Set(
        found
          .filter(({ source }) => source.startsWith('bulkUndo:'))
          .map(({ source }) => source.slice(9)),
      );
      return found
        .filter(({ source }) => source.startsWith('bulk:'))
        .slice(0, limit)
        .map(({ source, at, byName, changes }) => {
          const runId = source.slice('bulk:'.length);
          return { runId, at, byName, changes, undone: undone.has(runId) };
        });
    },
    changesOfRun: (runId, afterId, limit) => ofRun.all(bulkSource(runId), afterId, limit),
  };
}
