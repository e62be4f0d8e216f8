import type { Database } from 'better-sqlite3';
import { v7 as uuidv7 } from 'uuid';
import type { Operation } from '#shared/sync/messages.ts';
import type { Meta } from '../meta.ts';
import { forgetVersions } from '../records/forgetVersions.ts';
import type { Overlay } from '../records/overlay.ts';
import type { Outbox } from './outbox.ts';

export interface BeginAgainParts {
  db: Database;
  meta: Meta;
  outbox: Outbox;
  overlay: Overlay;
  /** ms UTC, corrected to the server's clock. */
  now(): number;
}

/**
 * The server's database went back to a backup: whatever it holds counts, under whatever version, and what it was asked
 * for before is asked for once more. Of what it had refused it may know nothing, nor that others were told so.
 */
export function beginAgain({ db, meta, outbox, overlay, now }: BeginAgainParts): void {
  meta.set('restartedAt', String(now()));
  meta.set('restartedBehind', uuidv7());
  forgetVersions(db);
  db.transaction(() => {
    for (const { entity, id } of outbox.offerRefused()) overlay.rebuild(entity, id);
  }).immediate();
}

/** Operations that were made before the server's database was found to have gone back say so. */
export function markedAgain(meta: Meta, operations: Operation[]): Operation[] {
  const behind = meta.get('restartedBehind');
  if (behind === null) return operations;
  return operations.map((one) => (one.id < behind ? { ...one, again: true } : one));
}
