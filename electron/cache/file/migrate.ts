import type { Database } from 'better-sqlite3';
import { DeskError } from '#shared/result.ts';
import type { Migration } from './migration.ts';
import { initial } from './migrations/0001-initial.ts';
import { callDetails } from './migrations/0002-call-details.ts';
import { sentOperations } from './migrations/0003-sent-operations.ts';
import { scope } from './migrations/0004-scope.ts';
import { closedLoop } from './migrations/0005-closed-loop.ts';
import { supervision } from './migrations/0006-supervision.ts';

export const migrations: readonly Migration[] = [
  initial,
  callDetails,
  sentOperations,
  scope,
  closedLoop,
  supervision,
];

/** Marks the file as a cache of this product (`SWBD`). */
const applicationId = 0x53574244;

/**
 * Brings the schema to the newest version, each step in a transaction of its own.
 * Throws `cache-from-future` where a newer version of the product has written the file.
 */
export function migrate(db: Database, steps: readonly Migration[] = migrations): void {
  const newest = steps.at(-1)?.version ?? 0;
  const found = Number(db.pragma('user_version', { simple: true }));
  if (found > newest) {
    throw new DeskError('cache-from-future', 'a newer version has written this cache', {
      found,
      newest,
    });
  }
  for (const step of steps) {
    if (step.version <= found) continue;
    db.transaction(() => {
      db.exec(step.sql);
      db.pragma(`user_version = ${step.version}`);
      db.pragma(`application_id = ${applicationId}`);
    }).immediate();
  }
}
