import { notificationIdOf } from '#shared/domain/ids.ts';
import type { Notification } from '#shared/domain/notification.ts';
import type { Clock } from '#shared/sync/clock.ts';
import { notify as announce, newsChannel } from '../store/notices.ts';
import { settleWaiting, waitingOperations } from '../store/operations.ts';
import { making, type WrittenRecord } from '../store/records.ts';
import type { Tx } from '../store/store.ts';
import { withoutServerFields } from '../sync/serverFields.ts';

export interface Notice extends Omit<Notification, 'readAt' | 'at'> {
  /** What it follows from: an event, a hand-over. One user is told of one cause once. */
  cause: string;
}

/** Tell users something, on whichever desk they are; it is there when the transaction commits. */
export async function notify(
  tx: Tx,
  notices: readonly Notice[],
  { clock, at }: { clock: Clock; at: number },
): Promise<void> {
  if (notices.length === 0) return;
  const stamp = clock.tick();
  const records = new Map<string, WrittenRecord>();
  for (const { cause, ...notice } of notices) {
    const id = notificationIdOf(cause, notice.userId);
    const fields: Notification = { ...notice, at, readAt: null };
    const clocks = Object.fromEntries(Object.keys(fields).map((name) => [name, stamp]));
    records.set(id, { entity: 'notification', id, version: 1, fields: { ...fields }, clocks });
  }
  const settled = await markRead(tx, records);
  await making([...records.values()], at).execute(tx);
  if (settled.length > 0) await settleWaiting(tx, settled);
  await announce(tx, newsChannel);
}

/** What users had read before the database went back to a backup stays read when it is told anew. */
async function markRead(tx: Tx, records: ReadonlyMap<string, WrittenRecord>): Promise<string[]> {
  const settled: string[] = [];
  for (const { id, author, entityId, fields, clock } of await waitingOperations(tx, [
    ...records.values(),
  ])) {
    const record = records.get(entityId);
    if (!record || record.fields.userId !== author) continue;
    const { own } = withoutServerFields('notification', fields);
    // Not by stamps: the notification is of now, the reading of then.
    Object.assign(record.fields, own);
    for (const name of Object.keys(own)) record.clocks[name] = clock;
    settled.push(id);
  }
  return settled;
}
