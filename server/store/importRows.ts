import { sql } from 'kysely';
import { winnersOf } from './customers/customerGroups.ts';
import type { Db, Tx } from './store.ts';

/** A record that a row may mean. */
export interface FoundRecord {
  key: string;
  id: string;
}

export interface FoundPoint {
  id: string;
  customerId: string;
  kind: string;
  normal: string;
  retired: boolean;
}

/**
 * A batch looks up thousands of names and writes thousands of rows. For this transaction, the planner counts on indexes
 * that lie in memory, and what is written in one statement need not go by way of a temporary file.
 */
export async function readyForBatch(tx: Tx): Promise<void> {
  await sql`
    select set_config('random_page_cost', '1', true), set_config('enable_seqscan', 'off', true),
           set_config('work_mem', '16MB', true)`.execute(tx);
}

/**
 * When the statistics of the records are too old: while a table grows, once it has several times the size that they
 * speak of; at the end already when it has grown by the tenth at which PostgreSQL would gather them by itself some day.
 */
const outgrownAt = { growing: 5, grown: 1.1 };
const fewPages = 30;

/** Rough ones will do for a table that grows: a full sample costs as much as thousands of rows. */
const roughTarget = 10;

/**
 * Gather the statistics of the records anew where the table has outgrown them; answers whether it was done. Without
 * them, whoever reads what came last page by page sorts all of the rest for every page.
 */
export async function refreshStatistics(
  db: Db,
  table: 'growing' | 'grown',
  always = false,
): Promise<boolean> {
  const { rows } = await sql<{ outgrown: boolean }>`
    select pg_relation_size(oid) / current_setting('block_size')::int
             > greatest(relpages, ${fewPages}::int) * ${outgrownAt[table]}::float8 as outgrown
      from pg_class where oid = 'record'::regclass`.execute(db);
  if (!always && !rows[0]?.outgrown) return false;
  await db.transaction().execute(async (tx) => {
    if (table === 'growing') {
      await sql`select set_config('default_statistics_target', ${String(roughTarget)}, true)`.execute(
        tx,
      );
    }
    await sql`analyze record`.execute(tx);
  });
  return true;
}

/** Records of an entity by their number. */
export async function findByNo(
  db: Db | Tx,
  entity: 'customer' | 'order' | 'ticket',
  nos: string[],
): Promise<FoundRecord[]> {
  if (nos.length === 0) return [];
  const { rows } = await sql<FoundRecord>`
    select fields ->> 'no' as key, id
      from record
     where fields ->> 'no' = any(${nos}::text[])
       and entity in ('customer', 'order', 'ticket') and entity = ${entity}`.execute(db);
  return rows;
}

/** Contact points by their normal form, retired ones as well. */
export async function findPoints(db: Db | Tx, normals: string[]): Promise<FoundPoint[]> {
  if (normals.length === 0) return [];
  const { rows } = await sql<FoundPoint>`
    select id, fields ->> 'customerId' as "customerId", fields ->> 'kind' as kind,
           fields ->> 'normal' as normal, coalesce((fields -> 'retired')::boolean, false) as retired
      from record
     where coalesce(fields ->> 'normal', fields ->> 'numberKey') = any(${normals}::text[])
       and entity in ('contactPoint', 'call') and entity = 'contactPoint'`.execute(db);
  // What comes for a merged customer goes to the record that stands for it.
  const winners = await winnersOf(
    db,
    rows.map(({ customerId }) => customerId),
  );
  return rows.map((row) => ({ ...row, customerId: winners.get(row.customerId) ?? row.customerId }));
}

export interface HeldPoint {
  customerId: string;
  kind: 'phone' | 'email' | 'address';
  normal: string | null;
  raw: string;
}

/** All contact points of these customers. */
export async function pointsOfCustomers(db: Db | Tx, customerIds: string[]): Promise<HeldPoint[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await sql<HeldPoint>`
    select fields ->> 'customerId' as "customerId", fields ->> 'kind' as kind,
           fields ->> 'normal' as normal, fields ->> 'raw' as raw
      from record
     where fields ->> 'customerId' = any(${customerIds}::text[])
       and entity in ('contactPoint', 'contact', 'order', 'ticket', 'task', 'call', 'wrapUp')
       and entity = 'contactPoint'`.execute(db);
  return rows;
}

/** Who brings records in, and under which stamp. */
export interface Origin {
  device: string;
  authorId: string;
  stamp: string;
  atMs: number;
}

/** New records of one entity, all with the same fields. */
export interface NewRows {
  entity: string;
  ids: string[];
  fields: Record<string, unknown>[];
}

/**
 * Write new records to the end of the change feed, and all of them as one entry into the history of imports, in one
 * statement. Origins have different stamps, those of other batches as well.
 */
export async function insertImported(tx: Tx, rows: NewRows, origin: Origin): Promise<void> {
  const { entity, ids, fields } = rows;
  if (ids.length === 0) return;
  const { stamp, device, authorId, atMs } = origin;
  const clocks = Object.fromEntries(Object.keys(fields[0] ?? {}).map((name) => [name, stamp]));
  const { common, others } = apart(fields);
  // Written out here: the driver would look at each of a million texts for signs to escape.
  await sql`
    with given as materialized (
      select ${uuids(ids)}::uuid[] as ids, ${JSON.stringify(others)}::text as fields,
             ${JSON.stringify(common)}::jsonb as common
    ), stamped as (
      insert into clock_set (clocks) values (${JSON.stringify(clocks)}::jsonb) returning id
    ), made as (
      insert into record (entity, id, version, fields, clock_set_id, created_at, updated_at)
      select ${entity}, one.id, 1, given.common || one.fields, stamped.id, ${atMs}::bigint, ${atMs}::bigint
        from given, stamped, rows from (unnest(ids), jsonb_array_elements(given.fields::jsonb)) as one (id, fields)
    )
    insert into import_history (clock, entity, device, author, made_at, ids, fields, common)
    select ${stamp}, ${entity}, ${device}, ${authorId}::uuid, ${atMs}::bigint, ids, fields, common
      from given`.execute(tx);
}

/** What all rows have in common, and what is left of each. */
function apart(rows: readonly Record<string, unknown>[]) {
  const [first = {}] = rows;
  const common = Object.fromEntries(
    Object.entries(first).filter(([name, value]) => rows.every((row) => row[name] === value)),
  );
  const others = rows.map((row) => {
    const left: Record<string, unknown> = {};
    for (const name of Object.keys(row)) {
      if (!Object.hasOwn(common, name)) left[name] = row[name];
    }
    return left;
  });
  return { common, others };
}

function uuids(ids: string[]): string {
  return `{${ids.join(',')}}`;
}

export interface ImportedChange {
  operationId: string;
  entity: string;
  id: string;
  baseVersion: number;
  version: number;
  stamp: string;
  fields: Record<string, unknown>;
}

/** What was changed of records that were there goes into the history. */
export async function insertChangeHistory(
  tx: Tx,
  changes: ImportedChange[],
  origin: Origin,
): Promise<void> {
  if (changes.length === 0) return;
  await sql`
    insert into operation (id, device, author, entity, entity_id, base_version, clock, made_at,
                           received_at, fields, outcome, version, lost)
    select "operationId", ${origin.device}, ${origin.authorId}::uuid, entity, id, "baseVersion",
           stamp, ${origin.atMs}::bigint, ${origin.atMs}::bigint, fields, 'applied', version, '[]'::jsonb
      from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
        as given ("operationId" uuid, entity text, id uuid, "baseVersion" bigint, version integer,
                  stamp text, fields jsonb)`.execute(tx);
}

/** Remember what a dry run has met; answers those of the keys that it had met before. */
export async function metBefore(tx: Tx, importId: string, keys: string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const { rows } = await sql<{ key: string }>`
    insert into import_seen (import_id, key)
    select ${importId}::uuid, key from unnest(${keys}::text[]) as given (key)
    on conflict do nothing
    returning key`.execute(tx);
  const added = new Set(rows.map(({ key }) => key));
  return new Set(keys.filter((key) => !added.has(key)));
}

/** Everybody who works or worked here. */
export async function readUsers(db: Db): Promise<{ id: string; name: string; login: string }[]> {
  const { rows } = await sql<{ id: string; name: string; login: string }>`
    select id, fields ->> 'name' as name, fields ->> 'login' as login from record
     where entity = 'user' order by id`.execute(db);
  return rows;
}
