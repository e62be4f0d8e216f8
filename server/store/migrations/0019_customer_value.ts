import { type Kysely, sql } from 'kysely';

/** What each customer has ordered in the months that count; see server/segments. */
export async function customerValue(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table customer_value (
      customer_id uuid primary key,
      orders integer not null,
      amount bigint not null,
      first_title text,
      last_title text,
      last_order_at bigint not null
    )`.execute(db);
  await sql`
    create index record_merged on record ((fields ->> 'mergedInto'))
     where entity = 'customer' and fields ->> 'mergedInto' is not null`.execute(db);
}
