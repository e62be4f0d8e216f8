import type { Database } from 'better-sqlite3';
import type { EntityName } from '#shared/sync/entities.ts';
import type { Change } from '#shared/sync/messages.ts';
import type { Meta } from '../meta.ts';
import { createOutbox } from '../outbox/outbox.ts';
import { createOverlay, overlayKey } from './overlay.ts';
import { createRecordStore, isEntityName } from './recordStore.ts';

/** Returns the entities touched. */
export type ApplyChanges = (
  changes: Change[],
  cursor: string | null,
  serverTime: number,
) => EntityName[];

/** Applies a page of pulled changes and its cursor in one transaction; runs on either thread. */
export function createApplyChanges(db: Database, meta: Meta): ApplyChanges {
  const store = createRecordStore(db);
  const overlay = createOverlay(db, store, createOutbox(db));

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

  return (changes, cursor, serverTime) =>
    db
      .transaction(() => {
        const held = overlay.keys();
        const touched = new Set<EntityName>();
        for (const change of changes) {
          applyOne(change, held);
          if (isEntityName(change.entity)) touched.add(change.entity);
        }
        if (cursor !== null) meta.set('cursor', cursor);
        meta.set('serverTime', String(serverTime));
        return [...touched];
      })
      .immediate();
}
