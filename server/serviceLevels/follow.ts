import { ticketSchema } from '#shared/domain/tickets/ticket.ts';
import { readPart } from '../store/configuration.ts';
import { valueClassesOf } from '../store/customers/customerClasses.ts';
import { losersOf } from '../store/customers/customerGroups.ts';
import type { MovedRecord } from '../store/feed/feedReaders.ts';
import type { Tx } from '../store/store.ts';
import {
  clockedCustomers,
  noteClasses,
  putClocks,
  quietOf,
  removeClocks,
} from '../store/ticketClocks.ts';
import { assess, newsMs } from './assess.ts';

/** Set the clocks of tickets that moved. True where something has to be told or put right at once. */
export async function followTickets(
  tx: Tx,
  moved: readonly MovedRecord[],
  now: number,
): Promise<boolean> {
  const tickets = moved.flatMap(({ id, fields }) => {
    const ticket = ticketSchema.safeParse(fields);
    return ticket.success ? [{ id, ticket: ticket.data }] : [];
  });
  if (tickets.length === 0) return false;
  const levels = await readPart(tx, 'serviceLevels');
  const quiet = await quietOf(
    tx,
    tickets.map(({ id }) => id),
  );
  const classes = await valueClassesOf(
    tx,
    tickets.flatMap(({ ticket }) => ticket.customerId ?? []),
  );
  const assessed = tickets.map(({ id, ticket }) => {
    const customerClass = classes.get(ticket.customerId ?? '') ?? null;
    const quietBefore = quiet.get(id) ?? now - newsMs;
    const { verdict, isRight, isOver } = assess(
      { id, ticket, customerClass, quietBefore },
      levels,
      now,
    );
    const lookAt = isRight ? verdict.lookAt : 0;
    const { customerId } = ticket;
    const clock = { ticketId: id, customerId, valueClass: customerClass, lookAt, quietBefore };
    return { clock, isDone: isRight && isOver };
  });
  const clocks = assessed.filter(({ isDone }) => !isDone).map(({ clock }) => clock);
  await putClocks(tx, clocks);
  await removeClocks(
    tx,
    assessed.filter(({ isDone }) => isDone).map(({ clock }) => clock.ticketId),
  );
  return clocks.some(({ lookAt }) => lookAt === 0);
}

/** Look at the tickets of customers who are of another class now, and of those they stand for. True where there are some. */
export async function followCustomers(tx: Tx, moved: readonly MovedRecord[]): Promise<boolean> {
  const ids = moved.map(({ id }) => id);
  const merged = await losersOf(tx, ids);
  const clocked = await clockedCustomers(tx, [...ids, ...[...merged.values()].flat()]);
  return (await noteClasses(tx, await valueClassesOf(tx, clocked))) > 0;
}
