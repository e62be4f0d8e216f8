import { withDueAt } from '#shared/domain/serviceLevels/serviceLevels.ts';
import type { Ticket } from '#shared/domain/tickets/ticket.ts';
import { readPart } from '../store/configuration.ts';
import { valueClassesOf } from '../store/customers/customerClasses.ts';
import type { Db, Tx } from '../store/store.ts';

/** When a ticket is due by the centre's service levels, ms UTC: what its clocks would put right otherwise. */
export async function dueAtOf(db: Db | Tx, ticket: Ticket): Promise<number | null> {
  const { customerId } = ticket;
  const levels = await readPart(db, 'serviceLevels');
  const classes = await valueClassesOf(db, customerId === null ? [] : [customerId]);
  return withDueAt(ticket, levels, classes.get(customerId ?? '') ?? null).dueAt;
}
