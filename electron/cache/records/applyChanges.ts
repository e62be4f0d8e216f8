import type { Database } from 'better-sqlite3';
import type { EntityName } from '#shared/sync/entities.ts';
import type { Change } from '#shared/sync/messages.ts';
import { createCheckProgress } from '../check/progress.ts';
import type { Meta } from '../meta.ts';
import { createOutbox } from '../outbox/outbox.ts';
import { createOverlay, overlayKey } from './overlay.ts';
import { createRecordStore, isEntityName } from './recordStore.ts';

/** What a page says beside its changes. */
export interface PageMark {
  /** What this desk may see now, in one word. */
  scope?: string | undefined;
  /** How many records are to come, from the first page on. */
  total?: number | undefined;
}

/** Returns the entities touched. */
export type ApplyChanges = (
  changes: Change[],
  cursor: string | null,
  serverTime: number,
  mark?: PageMark,
) => EntityName[];

/** Applies a page of pulled changes and its cursor in one transaction; runs on either thread. */
export function createApplyChanges(db: Database, meta: Meta): ApplyChanges {
  const store = createRecordStore(db);
  const overlay = createOverlay(db, store, createOutbox(db));
  const progress = createCheckProgress(meta);

  function applyOne(change: Change, held: ReadonlySet<string>): void {
    const { entity, id, version, fields, clocks, withdrawn } = change;
    if (held.has(overlayKey(entity, id))) {
      overlay.pulled(change);
      return;
    }
    if (!withdrawn) {
      store.writeNewer(entity, id, { fields, clocks, version });
      return;
    }
    const current = store.read(entity, id);
    if (current && current.version <= version) store.remove(entity, id);
  }

  /** Under another scope all records are compared with the server's: some come, some go. */
  function follow({ scope, total }: PageMark, received: number): void {
    const isFirstSync = meta.get('firstSyncDone') === null;
    if (scope !== undefined && scope !== meta.get('scope')) {
      if (meta.get('cursor') !== null) progress.begin();
      meta.set('scope', scope);
    }
    if (!isFirstSync) return;
    if (total !== undefined) meta.set('total', String(total));
    const before = total === undefined ? Number(meta.get('received') ?? 0) : 0;
    meta.set('received', String(before + received));
  }

  return (changes, cursor, serverTime, mark = {}) =>
    db
      .transaction(() => {
        const held = overlay.keys();
        const touched = new Set<EntityName>();
        for (const change of changes) {
          applyOne(change, held);
          if (isEntityName(change.entity)) touched.add(change.entity);
        }
        follow(mark, changes.length);
        if (cursor !== null) meta.set('cursor', cursor);
        meta.set('serverTime', String(serverTime));
        return [...touched];
      })
      .immediate();
}
