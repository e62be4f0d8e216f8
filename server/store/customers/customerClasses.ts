import { sql } from 'kysely';
import type { ValueClass } from '#shared/domain/serviceLevels/serviceLevels.ts';
import type { Db, Tx } from '../store.ts';

/** The value class of each customer; of one who was merged into another that of the record which stands for both. */
export async function valueClassesOf(
  tx: Db | Tx,
  customerIds: readonly string[],
): Promise<Map<string, ValueClass>> {
  if (customerIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; valueClass: ValueClass }>`
    with recursive chain as (
      select id as asked, id, fields, 0 as depth from record
       where entity = 'customer' and id = any(${[...new Set(customerIds)]}::uuid[])
      union all
      select chain.asked, next.id, next.fields, depth + 1
        from chain
        join record next on next.entity = 'customer' and next.id = (chain.fields ->> 'mergedInto')::uuid
       where depth < 20
    )
    select distinct on (asked) asked as id, fields ->> 'valueClass' as "valueClass"
      from chain order by asked, depth desc`.execute(tx);
  return new Map(rows.map(({ id, valueClass }) => [id, valueClass]));
}
