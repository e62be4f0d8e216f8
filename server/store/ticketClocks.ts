import { sql } from 'kysely';
import type { ValueClass } from '#shared/domain/serviceLevels/serviceLevels.ts';
import type { Tx } from './store.ts';

export interface TicketClock {
  ticketId: string;
  customerId: string | null;
  /** The class by which it was looked at. */
  valueClass: ValueClass | null;
  /** When it is looked at, ms UTC; null: when its ticket changes. */
  lookAt: number | null;
  /** What had passed before then is no news, ms UTC. */
  quietBefore: number;
}

/** From when on what these tickets' limits come to is news; of those that are not known nothing. */
export async function quietOf(tx: Tx, ticketIds: readonly string[]): Promise<Map<string, number>> {
  if (ticketIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; quiet: number }>`
    select ticket_id as id, quiet_before as quiet from ticket_clock
     where ticket_id = any(${[...ticketIds]}::uuid[])`.execute(tx);
  return new Map(rows.map(({ id, quiet }) => [id, quiet]));
}

export async function putClocks(tx: Tx, clocks: readonly TicketClock[]): Promise<void> {
  if (clocks.length === 0) return;
  await sql`
    insert into ticket_clock (ticket_id, customer_id, value_class, look_at, quiet_before)
    select "ticketId", "customerId", "valueClass", "lookAt", "quietBefore"
      from jsonb_to_recordset(${JSON.stringify(clocks)}::jsonb)
        as given ("ticketId" uuid, "customerId" uuid, "valueClass" text, "lookAt" bigint,
                  "quietBefore" bigint)
     order by "ticketId"
    on conflict (ticket_id) do update set
      customer_id = excluded.customer_id, value_class = excluded.value_class,
      look_at = excluded.look_at`.execute(tx);
}

export async function removeClocks(tx: Tx, ticketIds: readonly string[]): Promise<void> {
  if (ticketIds.length === 0) return;
  await sql`delete from ticket_clock where ticket_id = any(${[...ticketIds]}::uuid[])`.execute(tx);
}

/** Those of the customers who have tickets with clocks. */
export async function clockedCustomers(tx: Tx, customerIds: readonly string[]): Promise<string[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select distinct customer_id as id from ticket_clock
     where customer_id = any(${[...customerIds]}::uuid[])`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Tickets of customers who have another class now are looked at. Answers how many. */
export async function noteClasses(tx: Tx, classes: Map<string, ValueClass>): Promise<number> {
  if (classes.size === 0) return 0;
  const given = [...classes].map(([id, valueClass]) => ({ id, valueClass }));
  const { numAffectedRows } = await sql`
    update ticket_clock set look_at = 0
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as now (id uuid, "valueClass" text)
     where customer_id = now.id and value_class is distinct from now."valueClass"`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** What all limits depend on has changed. */
export async function noteAll(tx: Tx): Promise<void> {
  await sql`update ticket_clock set look_at = 0`.execute(tx);
}

/** All tickets that are not closed, for the first time, to be looked at at `lookAt`: what has passed by now is no news. */
export async function noteOpenTickets(
  tx: Tx,
  { nowMs, lookAt }: { nowMs: number; lookAt: number },
): Promise<void> {
  await sql`
    insert into ticket_clock (ticket_id, customer_id, look_at, quiet_before)
    select id, (fields ->> 'customerId')::uuid, ${lookAt}::bigint, ${nowMs}::bigint from record
     where entity = 'ticket' and fields ->> 'state' <> 'closed'
    on conflict do nothing`.execute(tx);
}

/** Clocks that are due at `nowMs`, held until the transaction ends; those that another node holds are left out. */
export async function takeDueClocks(tx: Tx, nowMs: number, limit: number): Promise<TicketClock[]> {
  const { rows } = await sql<TicketClock>`
    select ticket_id as "ticketId", customer_id as "customerId", value_class as "valueClass",
           look_at as "lookAt", quiet_before as "quietBefore"
      from ticket_clock
     where look_at <= ${nowMs}::bigint
     order by look_at, ticket_id limit ${limit}
       for update skip locked`.execute(tx);
  return rows;
}

/** When the next one is due, ms UTC; null where none is. */
export async function nextClockAt(tx: Tx): Promise<number | null> {
  const { rows } = await sql<{ at: number | null }>`
    select min(look_at) as at from ticket_clock where look_at is not null`.execute(tx);
  return rows[0]?.at ?? null;
}
