import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '../store.ts';

/** Which orders count. */
export interface OrdersThatCount {
  /** ms UTC. */
  from: number;
  /** ISO 4217, of the centre. */
  currency: string;
}

/**
 * Each merged customer with the one that stands for it, at the end of however many merges. A circle, which nobody is
 * let make, would end at nobody.
 */
export const standsFor = sql`
  stands_for (id, winner) as (
    with recursive up (id, at) as (
      select id, (fields ->> 'mergedInto')::uuid from record
       where entity = 'customer' and fields ->> 'mergedInto' is not null
      union
      select up.id, (next.fields ->> 'mergedInto')::uuid from up
        join record next on next.entity = 'customer' and next.id = up.at
       where next.fields ->> 'mergedInto' is not null)
    select up.id, up.at from up
     where not exists (select 1 from record r where r.entity = 'customer' and r.id = up.at
                          and r.fields ->> 'mergedInto' is not null))`;

/** Read while all customers are gone through: a sort or a hash that spills to disk takes several times as long. */
function readThrough<T>(db: Db, read: (tx: Tx) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .setAccessMode('read only')
    .execute(async (tx) => {
      await sql`set local work_mem = '128MB'`.execute(tx);
      return read(tx);
    });
}

/** What a customer's orders come to; `orders` null: there are none any more. */
export interface ValueChange {
  customerId: string;
  orders: number | null;
  amount: number;
  firstTitle: string | null;
  lastTitle: string | null;
  lastOrderAt: number;
}

/**
 * Customers whose orders come to something else than is written down, at most `limit` of them. It goes through all
 * orders and writes nothing: as long as a transaction that writes runs, no desk hears of what others write.
 */
export async function valueChanges(
  db: Db,
  { from, currency }: OrdersThatCount,
  limit: number,
): Promise<ValueChange[]> {
  return readThrough(db, async (tx) => {
    // Behind `offset 0` an order is four values: sorted as it lies, each would carry the whole record along.
    const own = sql`
      select customer_id, count(*)::integer as orders, sum(minor)::bigint as amount,
             min(title) as first_title, max(title) as last_title, max(at) as last_order_at
        from (select (fields ->> 'customerId')::uuid as customer_id,
                     (fields #>> '{amount,minor}')::bigint as minor,
                     fields ->> 'title' as title, (fields ->> 'at')::bigint as at
                from record
               where entity = 'order' and (fields ->> 'at')::bigint >= ${from}
                 and fields #>> '{amount,currency}' = ${currency}
                 and fields ->> 'state' not in ('cancelled', 'returned')
              offset 0) as placed
       group by 1`;
    const { rows } = await sql<ValueChange>`
      with ${standsFor}, added as (${(await hasMerged(tx)) ? withMerged(own) : own})
      select customer_id as "customerId", a.orders, a.amount::float8 as amount,
             a.first_title as "firstTitle", a.last_title as "lastTitle",
             a.last_order_at::float8 as "lastOrderAt"
        from added a full join customer_value v using (customer_id)
       where a.orders is distinct from v.orders or a.amount is distinct from v.amount
          or a.first_title is distinct from v.first_title
          or a.last_title is distinct from v.last_title
          or a.last_order_at is distinct from v.last_order_at
       limit ${limit}`.execute(tx);
    return rows;
  });
}

async function hasMerged(tx: Tx): Promise<boolean> {
  const { rows } = await sql`
    select 1 from record where entity = 'customer' and fields ->> 'mergedInto' is not null
     limit 1`.execute(tx);
  return rows.length > 0;
}

/** What a merged customer ordered belongs to the one who stands for it. */
function withMerged(own: RawBuilder<unknown>) {
  return sql`
    select coalesce(s.winner, o.customer_id) as customer_id, sum(o.orders)::integer as orders,
           sum(o.amount)::bigint as amount, min(o.first_title) as first_title,
           max(o.last_title) as last_title, max(o.last_order_at) as last_order_at
      from (${own}) o left join stands_for s on s.id = o.customer_id
     group by 1`;
}

/** Writes down what some customers' orders come to. */
export async function writeValues(tx: Tx, changes: readonly ValueChange[]): Promise<void> {
  const gone = changes.filter(({ orders }) => orders === null).map(({ customerId }) => customerId);
  const held = changes.filter(({ orders }) => orders !== null);
  await sql`delete from customer_value where customer_id = any(${gone}::uuid[])`.execute(tx);
  await sql`
    insert into customer_value (customer_id, orders, amount, first_title, last_title, last_order_at)
    select * from jsonb_to_recordset(${JSON.stringify(held)}::jsonb)
      as given ("customerId" uuid, orders integer, amount bigint, "firstTitle" text,
                "lastTitle" text, "lastOrderAt" bigint)
    on conflict (customer_id) do update set
      orders = excluded.orders, amount = excluded.amount, first_title = excluded.first_title,
      last_title = excluded.last_title, last_order_at = excluded.last_order_at`.execute(tx);
}

export interface ValueCounts {
  customers: number;
  withOrders: number;
}

export async function countCustomers(tx: Db): Promise<ValueCounts> {
  const { rows } = await sql<ValueCounts>`
    select (select count(*)::float8 from record where entity = 'customer')
           - (select count(*)::float8 from record
               where entity = 'customer' and fields ->> 'mergedInto' is not null) as customers,
           (select count(*)::float8 from customer_value) as "withOrders"`.execute(tx);
  return rows[0] ?? { customers: 0, withOrders: 0 };
}

/** The amount at this place, counted from the highest or the lowest, from 0; null where there are not so many. */
export async function amountAt(
  db: Db,
  place: number,
  from: 'highest' | 'lowest',
): Promise<number | null> {
  const order = from === 'highest' ? sql`desc` : sql`asc`;
  return readThrough(db, async (tx) => {
    const { rows } = await sql<{ amount: number }>`
      select amount::float8 as amount from customer_value order by customer_value.amount ${order}
      offset ${place} limit 1`.execute(tx);
    return rows[0]?.amount ?? null;
  });
}

export interface ValueCuts {
  lastOrderAt: number[];
  orders: number[];
  amountMinor: number[];
}

/** Limits between the fifths of all who have ordered. */
export async function readCuts(tx: Db): Promise<ValueCuts> {
  const fifths = sql`array[0.2, 0.4, 0.6, 0.8]`;
  const { rows } = await sql<{ [K in keyof ValueCuts]: number[] | null }>`
    select percentile_disc(${fifths}) within group (order by last_order_at)::float8[] as "lastOrderAt",
           percentile_disc(${fifths}) within group (order by orders)::float8[] as orders,
           percentile_disc(${fifths}) within group (order by amount)::float8[] as "amountMinor"
      from customer_value`.execute(tx);
  const { lastOrderAt, orders, amountMinor } = rows[0] ?? {};
  return { lastOrderAt: lastOrderAt ?? [], orders: orders ?? [], amountMinor: amountMinor ?? [] };
}

/** 1 to 5: how many of the limits the value is above, and one. */
export function fifthOf(column: string, cuts: number[]) {
  const above = cuts.map((cut) => sql`(v.${sql.ref(column)} > ${sql.lit(cut)})::integer`);
  return sql<number>`(1 + ${sql.join(above.length > 0 ? above : [sql`0`], sql` + `)})`;
}

/** Customers by recency and frequency, 1 to 5 each. */
export async function countCells(tx: Db, cuts: ValueCuts): Promise<number[][]> {
  const { rows } = await sql<{ recency: number; frequency: number; count: number }>`
    select ${fifthOf('last_order_at', cuts.lastOrderAt)} as recency,
           ${fifthOf('orders', cuts.orders)} as frequency, count(*)::float8 as count
      from customer_value v group by 1, 2`.execute(tx);
  const cells = Array.from({ length: 5 }, () => Array.from({ length: 5 }, () => 0));
  for (const { recency, frequency, count } of rows) {
    const line = cells[recency - 1];
    if (line) line[frequency - 1] = count;
  }
  return cells;
}

export interface ClassLimits {
  /** Who ordered for that much is A; null: nobody. */
  aFromMinor: number | null;
  /** Who ordered for no more than that is C; null: nobody. */
  cUpToMinor: number | null;
}

function classSql({ aFromMinor, cUpToMinor }: ClassLimits) {
  const amount = sql`coalesce(v.amount, 0)`;
  const isA = aFromMinor === null ? sql`false` : sql`${amount} >= ${sql.lit(aFromMinor)}`;
  const isC = cUpToMinor === null ? sql`false` : sql`${amount} <= ${sql.lit(cUpToMinor)}`;
  return sql<string>`case when ${isA} then 'A' when ${isC} then 'C' else 'B' end`;
}

export async function countClasses(
  tx: Db,
  limits: ClassLimits,
  { customers, withOrders }: ValueCounts,
): Promise<{ A: number; B: number; C: number }> {
  const { rows } = await sql<{ class: string; count: number }>`
    select ${classSql(limits)} as class, count(*)::float8 as count
      from customer_value v group by 1`.execute(tx);
  const counts = { A: 0, B: 0, C: 0 };
  for (const row of rows) {
    if (row.class === 'A' || row.class === 'B' || row.class === 'C') counts[row.class] = row.count;
  }
  const withNone = customers - withOrders;
  counts[limits.cUpToMinor === null ? 'B' : 'C'] += withNone;
  return counts;
}

export interface ClassChange {
  id: string;
  valueClass: string;
}

/** Customers who stand in another class than their orders say, at most `limit` of them. */
export async function classChanges(
  db: Db,
  limits: ClassLimits,
  limit: number,
): Promise<ClassChange[]> {
  return readThrough(db, async (tx) => {
    // Customers lie together for the most part: the index leads to them faster than a look at all records.
    await sql`set local random_page_cost = 1`.execute(tx);
    const { rows } = await sql<ClassChange>`
      select c.id, ${classSql(limits)} as "valueClass"
        from record c left join customer_value v on v.customer_id = c.id
       where c.entity = 'customer' and c.fields ->> 'mergedInto' is null
         and c.fields ->> 'valueClass' is distinct from ${classSql(limits)}
       limit ${limit}`.execute(tx);
    return rows;
  });
}
