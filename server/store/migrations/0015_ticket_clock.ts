import { type Kysely, sql } from 'kysely';

/** When the clocks of a ticket are to be looked at, and how far the readers of the change feed have come. */
export async function ticketClock(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table feed_reader (
      name text primary key,
      xid xid8 not null,
      seq bigint not null
    )`.execute(db);
  // look_at null: nothing to do until the ticket changes. What had passed
  // before quiet_before is no news.
  await sql`
    create table ticket_clock (
      ticket_id uuid primary key,
      customer_id uuid,
      value_class text,
      look_at bigint,
      quiet_before bigint not null
    )`.execute(db);
  await sql`create index ticket_clock_due on ticket_clock (look_at) where look_at is not null`.execute(
    db,
  );
  await sql`
    create index ticket_clock_customer on ticket_clock (customer_id) where customer_id is not null`.execute(
    db,
  );
}
