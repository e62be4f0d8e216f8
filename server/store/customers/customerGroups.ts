import { sql } from 'kysely';
import type { Db, Tx } from '../store.ts';

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
  const found = new Map<string, Set<string>>();
  let above = [...new Set(customerIds)].map((id) => ({ winner: id, id }));
  for (let link = 1; link <= mostLinks && above.length > 0; link += 1) {
    const below = await mergedInto(db, above);
    for (const { winner, id } of below) {
      const held = found.get(winner);
      if (held) held.add(id);
      else found.set(winner, new Set([id]));
    }
    above = below;
  }
  return new Map([...found].map(([winner, ids]) => [winner, [...ids]]));
}

/** Ids of all records of one customer: the one that stands for it first, then those merged into it. */
export async function groupOf(db: Db | Tx, customerId: string): Promise<string[]> {
  const winner = (await winnersOf(db, [customerId])).get(customerId) ?? customerId;
  const losers = (await losersOf(db, [winner])).get(winner) ?? [];
  return [winner, ...losers];
}

interface Link {
  winner: string;
  id: string;
}

/**
 * What was merged into the records `id`, one link of the chain further from the winner. Asked one by one, in the index of
 * merged customers: without `offset` all customers are read, for nothing says how few of them were ever merged.
 */
async function mergedInto(db: Db | Tx, above: readonly Link[]): Promise<Link[]> {
  const winners = above.map(({ winner }) => winner);
  const ids = above.map(({ id }) => id);
  const { rows } = await sql<Link>`
    select above.winner, below.id
      from unnest(${winners}::text[], ${ids}::text[]) as above (winner, id)
     cross join lateral (
       select id from record
        where entity = 'customer' and fields ->> 'mergedInto' is not null
          and fields ->> 'mergedInto' = above.id
       offset 0) as below`.execute(db);
  return rows;
}
