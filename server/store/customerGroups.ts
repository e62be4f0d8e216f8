import { sql } from 'kysely';
import type { Db, Tx } from './store.ts';

/** Longer chains of merges do not come about. */
const mostLinks = 50;

/** Of each customer the record that stands for it, where that is another one. */
export async function winnersOf(
  db: Db | Tx,
  customerIds: readonly string[],
): Promise<Map<string, string>> {
  if (customerIds.length === 0) return new Map();
  const { rows } = await sql<{ asked: string; id: string }>`
    with recursive chain (asked, id, step) as (
      select id, (fields ->> 'mergedInto')::uuid, 1 from record
        where entity = 'customer' and id = any(${[...new Set(customerIds)]}::uuid[])
          and fields ->> 'mergedInto' is not null
      union all
      select asked, (r.fields ->> 'mergedInto')::uuid, step + 1
        from chain join record r on r.entity = 'customer' and r.id = chain.id
        where r.fields ->> 'mergedInto' is not null and step < ${mostLinks}
    )
    select distinct on (asked) asked, id from chain order by asked, step desc`.execute(db);
  return new Map(rows.map(({ asked, id }) => [asked, id]));
}

/** The records for which each of these customers stands, however long the chain; absent: for none. */
export async function losersOf(
  db: Db | Tx,
  customerIds: readonly string[],
): Promise<Map<string, string[]>> {
  if (customerIds.length === 0) return new Map();
  const { rows } = await sql<{ winner: string; id: string }>`
    with recursive below (winner, id, step) as (
      select (fields ->> 'mergedInto')::uuid, id, 1 from record
        where entity = 'customer' and fields ->> 'mergedInto' is not null
          and fields ->> 'mergedInto' = any(${[...new Set(customerIds)]}::text[])
      union all
      select winner, r.id, step + 1
        from below join record r on r.entity = 'customer'
          and r.fields ->> 'mergedInto' is not null and r.fields ->> 'mergedInto' = below.id::text
        where step < ${mostLinks}
    )
    select distinct winner, id from below order by id`.execute(db);
  const found = new Map<string, string[]>();
  for (const { winner, id } of rows) found.set(winner, [...(found.get(winner) ?? []), id]);
  return found;
}
