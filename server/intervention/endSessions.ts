import type { Clock } from '#shared/sync/clock.ts';
import { mergeFields } from '#shared/sync/merge.ts';
import { newsChannel, notify, signedOutChannel } from '../store/notices.ts';
import { lockRecords, updateRecords } from '../store/records.ts';
import { deleteSessionsOf } from '../store/sessions.ts';
import type { Tx } from '../store/store.ts';
import type { Desks } from './desks.ts';

/** By whom, and which order it is. */
export interface Ending {
  id: string;
  userId: string;
  byName: string;
}

/** All sessions of a user end when the transaction commits, and the desks hear by whom; how many there were. */
export async function endSessions(
  tx: Tx,
  { id, userId, byName }: Ending,
  { desks, clock, now }: { desks: Pick<Desks, 'tell'>; clock: Clock; now: () => number },
): Promise<number> {
  const ended = await deleteSessionsOf(tx, userId);
  await markSignedOut(tx, userId, { clock, now });
  // The desk hears who did it before its socket ends.
  await desks.tell(tx, userId, { id, byName, at: now(), wish: { kind: 'signOut' } });
  for (const tokenHash of ended) await notify(tx, signedOutChannel, tokenHash);
  await notify(tx, newsChannel);
  return ended.length;
}

/** The record says so at once: the desk cannot any more. */
async function markSignedOut(
  tx: Tx,
  userId: string,
  { clock, now }: { clock: Clock; now: () => number },
): Promise<void> {
  const [held] = await lockRecords(tx, [{ entity: 'presence', id: userId }]);
  if (!held || held.fields.state === 'signedOut') return;
  const nothing = { reason: null, callId: null, customerName: null, queueId: null };
  const fields = { state: 'signedOut', since: now(), ...nothing };
  const merged = mergeFields(held, { fields, clock: clock.tick(Object.values(held.clocks)) });
  await updateRecords(
    tx,
    [{ ...held, version: held.version + 1, fields: merged.fields, clocks: merged.clocks }],
    now(),
  );
}
