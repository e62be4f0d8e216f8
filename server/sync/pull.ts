import type { PullResponse, SignedInUser } from '#shared/sync/messages.ts';
import { type FeedPosition, type FeedRequest, readFeed } from '../store/feed.ts';
import type { Db } from '../store/store.ts';
import { scopeOf } from './scope.ts';

const maxXid = 2n ** 64n - 1n;
const maxSeq = 2n ** 63n - 1n;

/** One page of what moved behind `from`; an empty page keeps the cursor where it was. */
export async function pull(
  db: Db,
  user: SignedInUser,
  { origin, from, limit }: Pick<FeedRequest, 'origin' | 'from' | 'limit'>,
): Promise<Omit<PullResponse, 'serverTime'>> {
  const page = await readFeed(db, { origin, scope: scopeOf(user), from, limit });
  const position = page.end ?? from;
  return {
    changes: page.changes,
    cursor: position ? formatCursor(position) : null,
    more: page.more,
  };
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
