import { notificationIdOf } from '#shared/domain/ids.ts';
import type { Notification } from '#shared/domain/notification.ts';
import type { Clock } from '#shared/sync/clock.ts';
import { notify as announce, newsChannel } from '../store/notices.ts';
import { making, type WrittenRecord } from '../store/records.ts';
import type { Tx } from '../store/store.ts';

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
  await making([...records.values()], at).execute(tx);
  await announce(tx, newsChannel);
}
