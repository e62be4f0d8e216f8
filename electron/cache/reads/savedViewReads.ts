import type { Database } from 'better-sqlite3';
import type { SavedView } from '#shared/domain/tickets/ticket.ts';
import { columnList } from '../records/tables.ts';
import { rowsOf } from './rows.ts';

export type SavedViewRow = SavedView & { id: string; ownerName: string | null };

/** Views of lists of tickets: the user's own, and those that others share. */
export function createSavedViewReads(db: Database): (userId: string) => SavedViewRow[] {
  const shown = rowsOf<SavedViewRow>('savedView');
  const views = db.prepare<[string], Record<string, unknown>>(`
    SELECT v."id", ${columnList('savedView', 'v')}, u."name" AS ownerName
      FROM saved_view v LEFT JOIN "user" u ON u."id" = v."ownerId"
     WHERE v."list" = 'tickets' AND v."retired" = 0 AND (v."ownerId" = ? OR v."shared" = 1)
     ORDER BY v."name", v."id"`);
  return (userId) => shown(views.all(userId));
}
