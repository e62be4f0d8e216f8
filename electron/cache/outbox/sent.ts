import type { Database } from 'better-sqlite3';
import { type Operation, operationSchema } from '#shared/sync/messages.ts';

const dayMs = 86_400_000;
/** Longer than anybody waits before restoring a backup. */
export const keptMs = 35 * dayMs;

/** Operations that the server has taken, in the order they were made. */
export interface Sent {
  keep(operation: Operation, at: number): void;
  ids(after: string, limit: number): string[];
  /** Takes the operation out, to be offered again. */
  take(operationId: string): Operation | null;
}

export function createSent(db: Database): Sent {
  const insert = db.prepare(
    'INSERT OR REPLACE INTO sent_operation ("id", "operation", "sentAt") VALUES (?, ?, ?)',
  );
  const prune = db.prepare('DELETE FROM sent_operation WHERE "sentAt" < ?');
  const select = db
    .prepare<[string, number], string>(
      'SELECT "id" FROM sent_operation WHERE "id" > ? ORDER BY "id" LIMIT +?',
    )
    .pluck();
  const remove = db
    .prepare<[string], string>('DELETE FROM sent_operation WHERE "id" = ? RETURNING "operation"')
    .pluck();
  return {
    keep(operation, at) {
      prune.run(at - keptMs);
      insert.run(operation.id, JSON.stringify(operation), at);
    },
    ids: (after, limit) => select.all(after, limit),
    take(operationId) {
      const json = remove.get(operationId);
      return json === undefined ? null : (operationSchema.safeParse(JSON.parse(json)).data ?? null);
    },
  };
}
