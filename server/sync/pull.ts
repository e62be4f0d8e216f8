import type { PullResponse, SignedInUser } from '#shared/sync/messages.ts';
import { countRecords, type FeedPosition, type FeedRequest, readFeed } from '../store/feed.ts';
import { currentLineage, isBehind } from '../store/lineage.ts';
import { readViewer } from '../store/scope.ts';
import type { Db, Tx } from '../store/store.ts';
import { scopeOf } from './scope.ts';

const maxXid = 2n ** 64n - 1n;
const maxSeq = 2n ** 63n - 1n;

/** A page is on its way for some seconds on a slow line, and in memory on both sides. */
export const maxPageBytes = 2_097_152;

/** One snapshot for all that is read: neither page nor token may know of what the other does not. */
export function inOneSnapshot<T>(db: Db, read: (tx: Tx) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(read);
}

/**
 * One page of what moved behind `from`; an empty page keeps the cursor where it was, unless there was something that
 * the user does not see. A desk that knows of more than this database holds begins again (`restarted`). The first
 * page of all says how many records are to come.
 */
export async function pull(
  db: Db,
  user: SignedInUser,
  {
    lineage,
    ...asked
  }: Pick<FeedRequest, 'origin' | 'from' | 'limit'> & { lineage: string | null },
): Promise<Omit<PullResponse, 'serverTime'>> {
  return inOneSnapshot(db, async (tx) => {
    const { origin, from } = asked;
    const restarted =
      lineage !== null && from !== null && (await isBehind(tx, { token: lineage, from, origin }));
    const start = restarted ? null : from;
    const scope = scopeOf(await readViewer(tx, user));
    const page = await readFeed(tx, { ...asked, from: start, scope, maxBytes: maxPageBytes });
    const position = page.end ?? start;
    return {
      changes: page.changes,
      cursor: position ? formatCursor(position) : null,
      more: page.more,
      lineage: await currentLineage(tx),
      restarted,
      scope: scope.word,
      ...(start === null ? { total: await countRecords(tx, scope) } : {}),
    };
  });
}

/** Null for a text that no server ever gave as a cursor. */
export function parseCursor(cursor: string): FeedPosition | null {
  const [xid, seq] = cursor.split('.').map(BigInt);
  if (xid === undefined || seq === undefined) return null;
  return xid <= maxXid && seq <= maxSeq ? { xid, seq } : null;
}

function formatCursor({ xid, seq }: FeedPosition): string {
  return `${xid}.${seq}`;
}
