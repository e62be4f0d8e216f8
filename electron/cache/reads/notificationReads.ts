import type { Database } from 'better-sqlite3';
import type { NotificationView } from '#shared/contract/methods/ticketLists.ts';
import { columnList } from '../records/tables.ts';

export interface NotificationReads {
  /** Newest first. */
  list(limit: number): NotificationView[];
  unread(): number;
  unreadIds(limit: number): string[];
}

const select = `SELECT "id", ${columnList('notification')} FROM notification`;

/** What this user has been told. */
export function createNotificationReads(db: Database, userId: string): NotificationReads {
  const list = db.prepare<[string, number], NotificationView>(
    `${select} WHERE "userId" = ? ORDER BY "at" DESC LIMIT +?`,
  );
  const unread = db
    .prepare<[string], number>(
      `SELECT count(*) FROM notification WHERE "userId" = ? AND "readAt" IS NULL`,
    )
    .pluck();
  const ids = db
    .prepare<[string, number], string>(
      `SELECT "id" FROM notification WHERE "userId" = ? AND "readAt" IS NULL
        ORDER BY "at" DESC LIMIT +?`,
    )
    .pluck();
  return {
    list: (limit) => list.all(userId, limit),
    unread: () => unread.get(userId) ?? 0,
    unreadIds: (limit) => ids.all(userId, limit),
  };
}
