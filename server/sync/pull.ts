import type { Viewer } from '#shared/domain/visibility.ts';
import type { PullResponse } from '#shared/sync/messages.ts';
import { countRecords, type FeedPosition, type FeedRequest, readFeed } from '../store/feed/feed.ts';
import { isBehind } from '../store/feed/lineage.ts';
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

/** A page on its way to a desk: JSON text of a `PullResponse`, but for the time of the answer. */
export interface PulledPage {
  count: number;
  /** See `FeedPage`. */
  held: boolean;
  /** The answer, completed by the server's time. */
  text(serverTime: number): string;
}

/**
 * One page of what moved behind `from`; an empty page keeps the cursor where it was, unless there was something that
 * the user does not see. A desk that knows of more than this database holds begins again (`restarted`). The first
 * page of all says how many records are to come.
 */
export async function pull(
  db: Db,
  viewer: Viewer,
  {
    lineage,
    ...asked
  }: Pick<FeedRequest, 'origin' | 'from' | 'limit'> & { lineage: string | null },
): Promise<PulledPage> {
  const { origin, from } = asked;
  const scope = scopeOf(viewer);
  const request = { ...asked, scope, maxBytes: maxPageBytes };
  const found = await readFeed(db, request, lineage);
  const restarted = lineage !== null && from !== null && isBehind(found.lineage, { from, origin });
  const start = restarted ? null : from;
  const page = restarted ? await readFeed(db, { ...request, from: null }, null) : found;
  const position = page.end ?? start;
  const rest: Omit<PullResponse, 'changes' | 'serverTime'> = {
    cursor: position ? formatCursor(position) : null,
    more: page.more,
    lineage: page.lineage.token,
    restarted,
    scope: scope.word,
    ...(start === null ? { total: await countRecords(db, scope) } : {}),
  };
  return {
    count: page.count,
    held: page.held,
    text: (serverTime) => {
      const tail = JSON.stringify({ ...rest, serverTime });
      return `{"changes":[${page.changes}],${tail.slice(1)}`;
    },
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
