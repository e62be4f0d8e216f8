import type { PullResponse, SignedInUser } from '#shared/sync/messages.ts';
import { type FeedPosition, type FeedRequest, readFeed } from '../store/feed.ts';
import { currentLineage, isBehind } from '../store/lineage.ts';
import type { Db } from '../store/store.ts';
import { scopeOf } from './scope.ts';

const maxXid = 2n ** 64n - 1n;
const maxSeq = 2n ** 63n - 1n;

/**
 * One page of what moved behind `from`; an empty page keeps the cursor where it was. A desk that knows of more than
 * this database holds begins again (`restarted`).
 */
export async function pull(
  db: Db,
  user: SignedInUser,
  {
    lineage,
    ...asked
  }: Pick<FeedRequest, 'origin' | 'from' | 'limit'> & { lineage: string | null },
): Promise<Omit<PullResponse, 'serverTime'>> {
  // One snapshot for page and token: neither may know of a start that the other does not.
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const { origin, from } = asked;
      const restarted =
        lineage !== null && from !== null && (await isBehind(tx, { token: lineage, from, origin }));
      const start = restarted ? null : from;
      const page = await readFeed(tx, { ...asked, from: start, scope: scopeOf(user) });
      const position = page.end ?? start;
      return {
        changes: page.changes,
        cursor: position ? formatCursor(position) : null,
        more: page.more,
        lineage: await currentLineage(tx),
        restarted,
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
