import type { Database } from 'better-sqlite3';
import { maySee, type Viewer } from '#shared/domain/visibility.ts';
import { isMadeByServer } from '#shared/sync/madeByServer.ts';
import type { Change } from '#shared/sync/messages.ts';
import { createOutbox } from '../outbox/outbox.ts';
import { createOverlay } from '../records/overlay.ts';
import { createRecordStore, isEntityName } from '../records/recordStore.ts';
import { contentHash } from './contentText.ts';
import { type CheckRange, createOwnRange } from './ownRange.ts';

export interface RepairInput extends CheckRange {
  /** The range's records as the server has them. */
  changes: Change[];
  /**
   * Where the server's database went back to a backup lately: records that this viewer would see and the server does
   * not have are kept, a colleague's desk may bring them back; but for those that the server makes itself, and makes
   * anew when it comes to that. Null: they go.
   */
  keepFor: Viewer | null;
}

export interface Repaired {
  replaced: number;
  dropped: number;
  /** There are more to drop: call again. */
  more: boolean;
}

/** Dropped in one transaction: the desk's own writes wait for it. */
const mostDropped = 500;
/** Looked at in one go. */
const mostIds = 5_000;

/**
 * Makes the records of a range what the server has: those that differ are written anew, those that the server does not
 * show go. What waits in the outbox stays, and its records with it until it is settled.
 */
export function createRepair(db: Database): (input: RepairInput) => Repaired {
  const store = createRecordStore(db);
  const overlay = createOverlay(db, store, createOutbox(db));
  const own = createOwnRange(db, store);
  const keepAsSent = db.prepare(
    `INSERT OR REPLACE INTO as_sent ("entity", "id", "held", "sent") VALUES (?, ?, ?, ?)`,
  );
  const forgetAsSent = db.prepare('DELETE FROM as_sent WHERE "entity" = ? AND "id" = ?');

  /** Whether it differed. */
  function replace(change: Change, sent: string): boolean {
    const { entity, id, version, fields, clocks } = change;
    const held = own.read(entity, id);
    if (held?.version === version && own.contentOf(entity, id, held) === sent) return false;
    if (!overlay.repaired(change)) store.write(entity, id, { version, fields, clocks });
    noteAsSent(entity, id, sent);
    return true;
  }

  function noteAsSent(entity: string, id: string, sent: string): void {
    const written = own.read(entity, id);
    const held = written && contentHash(written.fields, written.clocks);
    if (held === null || held === sent) forgetAsSent.run(entity, id);
    else keepAsSent.run(entity, id, held, sent);
  }

  function isKept(entity: string, id: string, keepFor: Viewer | null): boolean {
    const record = own.read(entity, id);
    // Version 0: the server was never believed to have it.
    if (!record || record.version === 0) return true;
    if (keepFor === null || !isEntityName(entity)) return false;
    return !isMadeByServer(entity, record.fields) && maySee(keepFor, entity, record.fields);
  }

  function drop(entity: string, id: string): void {
    forgetAsSent.run(entity, id);
    const gone = { entity, id, version: 1, fields: {}, clocks: {}, withdrawn: true };
    if (!overlay.repaired(gone)) store.remove(entity, id);
  }

  return (input) =>
    db
      .transaction((): Repaired => {
        const { entity, changes, keepFor } = input;
        let replaced = 0;
        for (const change of changes) {
          if (replace(change, contentHash(change.fields, change.clocks))) replaced += 1;
        }
        const there = new Set(changes.map(({ id }) => id));
        let dropped = 0;
        let after = input.after;
        for (;;) {
          const ids = own.ids({ ...input, after }, mostIds);
          for (const id of ids) {
            if (there.has(id) || overlay.isWithdrawn(entity, id) || isKept(entity, id, keepFor))
              continue;
            if (dropped === mostDropped) return { replaced, dropped, more: true };
            drop(entity, id);
            dropped += 1;
          }
          after = ids.at(-1) ?? null;
          if (ids.length < mostIds) return { replaced, dropped, more: false };
        }
      })
      .immediate();
}
