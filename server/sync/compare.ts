import type { Sight } from '#shared/domain/visibility.ts';
import type { HashResponse, RangeResponse, SignedInUser } from '#shared/sync/messages.ts';
import type { FeedPosition } from '../store/feed/feed.ts';
import { currentLineage } from '../store/feed/lineage.ts';
import { hashRanges, readRange, type Shelf } from '../store/feed/ranges.ts';
import { readViewer } from '../store/feed/scope.ts';
import type { Db, Tx } from '../store/store.ts';
import { inOneSnapshot, maxPageBytes } from './pull.ts';
import { scopeOf } from './scope.ts';

/** Ranges of one answer: some thousand records are read for it, and then others have their turn. */
const rangesPerAnswer = 4;

/** What the user's records of an entity come to as of a position of the feed, for a desk to compare with its own. */
export function compareRanges(
  db: Db,
  user: SignedInUser,
  asked: { entity: string; after: string | null; at: FeedPosition; origin: bigint },
): Promise<HashResponse> {
  const { entity, ...from } = asked;
  return inOneSnapshot(db, async (tx) => {
    const { shelf, ...marks } = await shelfOf(tx, user, entity);
    const ranges = shelf ? await hashRanges(tx, shelf, { ...from, most: rangesPerAnswer }) : [];
    return { ranges, ...marks };
  });
}

/** The user's records of a range that a desk holds differently. */
export function fetchRange(
  db: Db,
  user: SignedInUser,
  { entity, after, upTo }: { entity: string; after: string | null; upTo: string | null },
): Promise<RangeResponse> {
  return inOneSnapshot(db, async (tx) => {
    const { shelf, ...marks } = await shelfOf(tx, user, entity);
    if (!shelf) return { changes: [], upTo, ...marks };
    return { ...(await readRange(tx, shelf, { after, upTo, maxBytes: maxPageBytes })), ...marks };
  });
}

/** Null for an entity that this server does not know: nothing can be said of it. */
async function shelfOf(
  tx: Tx,
  user: SignedInUser,
  entity: string,
): Promise<{ shelf: Shelf | null; scope: string; lineage: string }> {
  const { sights, word } = scopeOf(await readViewer(tx, user));
  const sight: Sight | undefined = sights.find(([name]) => name === entity)?.[1];
  const shelf = sight === undefined ? null : { entity, sight };
  return { shelf, scope: word, lineage: await currentLineage(tx) };
}
