import { type RawBuilder, sql } from 'kysely';
import type { Sight } from '#shared/domain/visibility.ts';
import { type Change, maxRangeRecords, type RangeHash } from '#shared/sync/messages.ts';
import { clocksOf, sizeOfClocks } from '../clockSets.ts';
import type { Tx } from '../store.ts';
import { type FeedPosition, relativeTo } from './feed.ts';
import { inSight, leftSight } from './scope.ts';

/** A reader's records of one entity. */
export interface Shelf {
  entity: string;
  sight: Sight;
}

/** What a reader holds who has pulled up to `at`. */
export interface AsOf {
  at: FeedPosition;
  origin: bigint;
}

/**
 * Hashes of what the reader holds behind `after`, range by range in the order of the ids, at most `most` ranges; the
 * last one of an entity goes to its end. A record that moved behind the reader's position counts as none, and is named.
 *
 * Of each record there is a line `<id> <version> <SHA-256 of its fields and clocks as jsonb writes them, hex>`, and
 * the hash is SHA-256 over the lines, each with a newline.
 */
export async function hashRanges(
  tx: Tx,
  shelf: Shelf,
  { after, most, ...asOf }: AsOf & { after: string | null; most: number },
): Promise<RangeHash[]> {
  const ranges: RangeHash[] = [];
  let from = after;
  while (ranges.length < most) {
    const upTo = await endOfRange(tx, shelf, from);
    ranges.push({ upTo, ...(await hashRange(tx, shelf, { from, upTo, ...asOf })) });
    if (upTo === null) break;
    from = upTo;
  }
  return ranges;
}

/** Id of the last record of a full range; null where fewer are left. */
async function endOfRange(tx: Tx, shelf: Shelf, after: string | null): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from record where ${onShelf(shelf)} and ${between(after, null)}
     order by id offset ${maxRangeRecords - 1} limit 1`.execute(tx);
  return rows[0]?.id ?? null;
}

interface Range extends AsOf {
  from: string | null;
  upTo: string | null;
}

async function hashRange(tx: Tx, shelf: Shelf, range: Range): Promise<Omit<RangeHash, 'upTo'>> {
  const { from, upTo } = range;
  const moved = await movedIn(tx, shelf, range);
  const { rows } = await sql<{ count: number; hash: string }>`
    select count(*) as count,
           encode(sha256(convert_to(coalesce(string_agg(line, '' order by id), ''), 'UTF8')), 'hex')
             as hash
      from (select id, id::text || ' ' || version || ' ' || encode(sha256(convert_to(
                     fields::text || ${clocksOf('record')}::text, 'UTF8')), 'hex') || chr(10) as line
              from record
             where ${onShelf(shelf)} and ${between(from, upTo)} and id <> all(${moved}::uuid[])
           ) as lines`.execute(tx);
  const { count = 0, hash = '' } = rows[0] ?? {};
  return { count, hash, moved };
}

/** Few by nature: what was committed since the reader's last pull. */
async function movedIn(tx: Tx, shelf: Shelf, range: Range): Promise<string[]> {
  const { xid, seq } = relativeTo(range.origin, range.at);
  const { rows } = await sql<{ id: string }>`
    select id from record
     where (xid, seq) > (${String(xid)}::text::xid8, ${String(seq)}::text::bigint)
       and entity = ${shelf.entity} and (${inSight(shelf.sight)} or ${leftSight(shelf.sight)})
       and ${between(range.from, range.upTo)}`.execute(tx);
  return rows.map((row) => row.id);
}

interface RangeRow extends Omit<Change, 'withdrawn'> {
  has_next: boolean;
}

/** The records of a range as they are now; `upTo` tells how far they go, less than asked for where they are too many. */
export async function readRange(
  tx: Tx,
  shelf: Shelf,
  { after, upTo, maxBytes }: { after: string | null; upTo: string | null; maxBytes: number },
): Promise<{ changes: Change[]; upTo: string | null }> {
  const { rows } = await sql<RangeRow>`
    select entity, id, version, fields, clocks, has_next
      from (select *, lead(true, 1, false) over shelf as has_next,
                   sum(bytes) over (shelf rows unbounded preceding) - bytes as bytes_before
              from (select entity, id, version, fields, ${clocksOf('record')} as clocks,
                           octet_length(fields::text) + ${sizeOfClocks} as bytes
                      from record where ${onShelf(shelf)} and ${between(after, upTo)}
                     order by id limit ${maxRangeRecords + 1}) as found
            window shelf as (order by id)) as measured
     where bytes_before < ${maxBytes}
     order by id limit ${maxRangeRecords}`.execute(tx);
  const last = rows.at(-1);
  const changes = rows.map(({ has_next: _, ...record }) => ({ ...record, withdrawn: false }));
  return { changes, upTo: last?.has_next ? last.id : upTo };
}

function onShelf({ entity, sight }: Shelf): RawBuilder<boolean> {
  return sql<boolean>`entity = ${sql.lit(entity)} and ${inSight(sight)}`;
}

function between(after: string | null, upTo: string | null): RawBuilder<boolean> {
  const from = after === null ? sql`true` : sql`id > ${after}::uuid`;
  const to = upTo === null ? sql`true` : sql`id <= ${upTo}::uuid`;
  return sql<boolean>`${from} and ${to}`;
}
