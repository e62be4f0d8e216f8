import { type RawBuilder, sql } from 'kysely';
import type { EntityName } from '#shared/sync/entities.ts';
import { clocksOf } from '../clockSets.ts';
import type { FeedPosition } from '../feed/feed.ts';
import type { Db, Tx } from '../store.ts';

/** A record as other programs read it. */
export interface StoredResource {
  id: string;
  version: number;
  fields: Record<string, unknown>;
  /** Stamps of the fields (shared/sync/merge.ts). */
  clocks: Record<string, string>;
  /** ms UTC. */
  updatedAt: number;
  externalId: string | null;
}

/** Each narrows a list; all of them together apply. */
export interface ResourceFilters {
  /** ms UTC, inclusive. */
  updatedSince?: number | undefined;
  externalId?: string | undefined;
  customerId?: string | undefined;
  ticketId?: string | undefined;
  callId?: string | undefined;
  ownerId?: string | undefined;
  agentId?: string | undefined;
  state?: string | undefined;
  no?: string | undefined;
  /** The exact key of a number (numbers/keys.ts). */
  number?: string | undefined;
}
export type ResourceFilter = keyof ResourceFilters;

export interface ResourceRequest {
  entity: EntityName;
  origin: bigint;
  /** Null: from the beginning. */
  from: FeedPosition | null;
  limit: number;
  filters: ResourceFilters;
}

export interface ResourcePage {
  items: StoredResource[];
  /** Position behind the last item that is not held back; null where there is none. */
  end: FeedPosition | null;
  more: boolean;
}

interface Row {
  id: string;
  version: number;
  fields: Record<string, unknown>;
  clocks: Record<string, string>;
  updated_at: number;
  external_id: string | null;
}

export async function readResource(
  db: Db | Tx,
  entity: EntityName,
  id: string,
): Promise<StoredResource | null> {
  const { rows } = await sql<Row>`
    select ${columns(entity)} from record where entity = ${sql.lit(entity)} and id = ${id}`.execute(
    db,
  );
  return rows[0] ? resourceOf(rows[0]) : null;
}

/** Which of the records are there; asked for what others refer to. */
export async function existing(db: Db, entity: EntityName, ids: string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('record')
    .select('id')
    .where('entity', '=', entity)
    .where('id', 'in', ids)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** By these a record is looked up: whoever asks has just been told of it, and does not follow changes. */
const lookUps: readonly ResourceFilter[] = ['externalId', 'no', 'number'];

/**
 * Records of one entity in the order of the feed (../feed/feed.ts): what moves while somebody reads on comes
 * again later in its newer state, and nothing is skipped. A look-up also finds what the feed holds back; the
 * position stays before that, and it comes again to whoever reads on.
 */
export async function listResources(
  db: Db | Tx,
  { entity, origin, from, limit, filters }: ResourceRequest,
): Promise<ResourcePage> {
  const xid = from && from.xid >= origin ? from.xid - origin : 0n;
  const seq = from && from.xid >= origin ? from.seq : 0n;
  const isLookUp = lookUps.some((name) => filters[name] !== undefined);
  const { rows } = await sql<Row & { at_xid: string; at_seq: string; held: boolean }>`
    with horizon as materialized (
      select feed_horizon() as mark
    )
    select ${columns(entity)}, xid::text as at_xid, seq::text as at_seq,
           xid >= (select mark from horizon) as held
      from record
     where entity = ${sql.lit(entity)}
       and (xid, seq) > (${String(xid)}::text::xid8, ${String(seq)}::text::bigint)
       and ${isLookUp ? sql`true` : sql`xid < (select mark from horizon)`}
       and ${sql.join(conditions(entity, filters), sql` and `)}
     order by xid, seq
     limit ${limit + 1}`.execute(db);
  const page = rows.slice(0, limit);
  const last = page.findLast(({ held }) => !held);
  return {
    items: page.map(resourceOf),
    end: last ? { xid: BigInt(last.at_xid) + origin, seq: BigInt(last.at_seq) } : null,
    more: rows[limit]?.held === false,
  };
}

function columns(entity: EntityName): RawBuilder<unknown> {
  return sql`id, version, fields, ${clocksOf('record')} as clocks, updated_at,
    (select external_id from external_id
      where external_id.entity = ${sql.lit(entity)} and record_id = record.id
      limit 1) as external_id`;
}

function conditions(entity: EntityName, filters: ResourceFilters): RawBuilder<boolean>[] {
  const found = [sql<boolean>`true`];
  for (const [name, value] of Object.entries(filters)) {
    if (value !== undefined) found.push(condition(entity, name as ResourceFilter, value));
  }
  return found;
}

/** In the words of the indexes of migration 0005. */
function condition(
  entity: EntityName,
  name: ResourceFilter,
  value: string | number,
): RawBuilder<boolean> {
  switch (name) {
    case 'updatedSince':
      return sql<boolean>`updated_at >= ${value}`;
    case 'externalId':
      return sql<boolean>`id = (select record_id from external_id
        where entity = ${sql.lit(entity)} and external_id = ${value})`;
    case 'ticketId':
    case 'callId':
      return sql<boolean>`coalesce(fields ->> 'ticketId', fields ->> 'callId') = ${value}`;
    case 'number':
      return entity === 'customer' ? hasNumber(value) : sql<boolean>`${numberKey} = ${value}`;
    case 'customerId':
    case 'ownerId':
    case 'agentId':
    case 'state':
    case 'no':
      return sql<boolean>`fields ->> ${sql.lit(name)} = ${value}`;
  }
}

const numberKey = sql`coalesce(fields ->> 'normal', fields ->> 'numberKey')`;

function hasNumber(value: string | number): RawBuilder<boolean> {
  // A number of a merged customer leads to the record that stands for it, once.
  return sql<boolean>`id in (
    with recursive chain (id, merged_into, step) as (
      select c.id, c.fields ->> 'mergedInto', 1 from record c where c.entity = 'customer' and c.id in (
        select (fields ->> 'customerId')::uuid from record
         where entity = 'contactPoint' and ${numberKey} = ${value}
           and not (fields ->> 'retired')::boolean)
      union all
      select next.id, next.fields ->> 'mergedInto', step + 1
        from chain join record next on next.entity = 'customer' and next.id = chain.merged_into::uuid
        where step < 50
    )
    select id from chain where merged_into is null)`;
}

function resourceOf(row: Row): StoredResource {
  const { updated_at: updatedAt, external_id: externalId } = row;
  const { id, version, fields, clocks } = row;
  return { id, version, fields, clocks, updatedAt, externalId };
}
