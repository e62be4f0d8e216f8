import { sql } from 'kysely';
import type { Tx } from './store.ts';

export interface TicketClock {
  ticketId: string;
  /** What had passed before then is no news, ms UTC; null: it is looked at for the first time. */
  quietBefore: number | null;
}

export interface NotedTicket {
  id: string;
  customerId: string | null;
}

/** These tickets have changed: their clocks are looked at now. */
export async function noteTickets(tx: Tx, tickets: readonly NotedTicket[]): Promise<void> {
  if (tickets.length === 0) return;
  await sql`
    insert into ticket_clock (ticket_id, customer_id, look_at)
    select id, "customerId", 0
      from jsonb_to_recordset(${JSON.stringify(tickets)}::jsonb) as noted (id uuid, "customerId" uuid)
     order by id
    on conflict (ticket_id) do update set customer_id = excluded.customer_id, look_at = 0`.execute(
    tx,
  );
}

/** Something that their limits depend on has changed for the tickets of these customers; null: for all. */
export async function noteCustomers(
  tx: Tx,
  customerIds: readonly string[] | null,
): Promise<number> {
  const { numAffectedRows } = await sql`
    update ticket_clock set look_at = 0
     where ${customerIds === null ? sql`true` : sql`customer_id = any(${[...customerIds]}::uuid[])`}`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0);
}

/** All tickets that are not closed, for the first time: what has passed by then is no news. */
export async function noteOpenTickets(tx: Tx, nowMs: number): Promise<void> {
  await sql`
    insert into ticket_clock (ticket_id, customer_id, look_at, quiet_before)
    select id, (fields ->> 'customerId')::uuid, 0, ${nowMs}::bigint from record
     where entity = 'ticket' and fields ->> 'state' <> 'closed'
    on conflict do nothing`.execute(tx);
}

/** Clocks that are due at `nowMs`, held until the transaction ends; those that another node holds are left out. */
export async function takeDueClocks(tx: Tx, nowMs: number, limit: number): Promise<TicketClock[]> {
  const { rows } = await sql<TicketClock>`
    select ticket_id as "ticketId", quiet_before as "quietBefore" from ticket_clock
     where look_at <= ${nowMs}::bigint
     order by look_at, ticket_id limit ${limit}
       for update skip locked`.execute(tx);
  return rows;
}

/** When each is looked at next; null: when its ticket changes. */
export async function setClocks(
  tx: Tx,
  clocks: readonly { ticketId: string; lookAt: number | null; quietBefore: number }[],
): Promise<void> {
  await sql`
    update ticket_clock set look_at = next."lookAt", quiet_before = next."quietBefore"
      from jsonb_to_recordset(${JSON.stringify(clocks)}::jsonb)
        as next ("ticketId" uuid, "lookAt" bigint, "quietBefore" bigint)
     where ticket_clock.ticket_id = next."ticketId"`.execute(tx);
}

export async function removeClocks(tx: Tx, ticketIds: readonly string[]): Promise<void> {
  if (ticketIds.length === 0) return;
  await sql`delete from ticket_clock where ticket_id = any(${[...ticketIds]}::uuid[])`.execute(tx);
}

/** When the next one is due, ms UTC; null where none is. */
export async function nextClockAt(tx: Tx): Promise<number | null> {
  const { rows } = await sql<{ at: number | null }>`
    select min(look_at) as at from ticket_clock where look_at is not null`.execute(tx);
  return rows[0]?.at ?? null;
}
