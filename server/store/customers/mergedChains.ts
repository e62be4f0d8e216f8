import { sql } from 'kysely';
import type { Db, Tx } from '../store.ts';

/** Longer chains of merges do not come about; a longer one would be a circle. */
const mostLinks = 200;

/** Into what each of these customers is merged, and those in turn: id → `mergedInto`, both in lower case. */
export async function readMergedChains(
  tx: Tx | Db,
  customerIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; merged_into: string }>`
    with recursive chain (id, merged_into, step) as (
      select id, fields ->> 'mergedInto', 1 from record
        where entity = 'customer' and id = any(${[...new Set(customerIds)]}::uuid[])
          and fields ->> 'mergedInto' is not null
      union all
      select r.id, r.fields ->> 'mergedInto', step + 1
        from chain join record r on r.entity = 'customer' and r.id = chain.merged_into::uuid
        where r.fields ->> 'mergedInto' is not null and step < ${mostLinks}
    )
    select distinct id, merged_into from chain`.execute(tx);
  return new Map(rows.map(({ id, merged_into }) => [id.toLowerCase(), merged_into.toLowerCase()]));
}
