import type { Database } from 'better-sqlite3';
import type { TaskView } from '#shared/contract/models/records.ts';
import { columnList } from '../records/tables.ts';
import { type Row, rowsOf } from './rows.ts';
import { waitingSql } from './sqlParts.ts';

/** Rows of tasks as they are shown. */
export const shownTasks = rowsOf<TaskView>('task');

const taskSelect = `SELECT t."id", ${columnList('task', 't')}, ${waitingSql('task', 't')}
  FROM task t`;

export const promisesSql = `${taskSelect}
  WHERE t."customerId" = ? AND t."state" = 'open' ORDER BY t."dueAt" LIMIT 100`;

export const taskSql = {
  ofOwner: `${taskSelect}
    WHERE t."ownerId" = ? AND t."state" = 'open' ORDER BY t."dueAt" LIMIT +?`,
  ofAll: `${taskSelect} WHERE t."state" = 'open' ORDER BY t."dueAt" LIMIT +?`,
  one: `${taskSelect} WHERE t."id" = ?`,
  ofCall: `${taskSelect} WHERE t."callId" = ? ORDER BY t."createdAt" DESC LIMIT 1`,
};

/** Open tasks, those due first at the top. */
export function createTaskReads(db: Database) {
  const ofOwner = db.prepare<[string, number], Row>(taskSql.ofOwner);
  const ofAll = db.prepare<[number], Row>(taskSql.ofAll);
  const one = db.prepare<[string], Row>(taskSql.one);
  return {
    tasks: (ownerId: string | null, limit: number): TaskView[] =>
      shownTasks(ownerId === null ? ofAll.all(limit) : ofOwner.all(ownerId, limit)),
    task: (taskId: string): TaskView | null => shownTasks(one.all(taskId))[0] ?? null,
  };
}
