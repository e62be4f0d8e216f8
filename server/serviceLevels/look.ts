import { newId } from '#shared/domain/ids.ts';
import { type Ticket, ticketSchema } from '#shared/domain/tickets/ticket.ts';
import type { Clock } from '#shared/sync/clock.ts';
import { mergeFields } from '#shared/sync/merge.ts';
import type { JobRun } from '../jobs/jobs.ts';
import { readPart } from '../store/configuration.ts';
import { valueClassesOf } from '../store/customers/customerClasses.ts';
import { newsChannel, notify } from '../store/notices.ts';
import {
  insertRecords,
  type LockedRecord,
  lockRecords,
  type NewRecord,
  updateRecords,
  type WrittenRecord,
} from '../store/records.ts';
import type { Db, Tx } from '../store/store.ts';
import {
  nextClockAt,
  putClocks,
  removeClocks,
  type TicketClock,
  takeDueClocks,
} from '../store/ticketClocks.ts';
import { type Assessment, assess } from './assess.ts';

export interface LookContext {
  db: Db;
  clock: Clock;
  now: () => number;
}

const atOnce = 200;

/**
 * Look at all clocks that are due: what has to be told is written as events of the tickets, and `dueAt` is put right,
 * in one transaction for some tickets at a time, which only commits while the job is held. So each is told once,
 * however many nodes there are and whenever one dies. Answers when the next one is due, ms UTC.
 */
export async function lookAtClocks(context: LookContext, run: JobRun): Promise<number | null> {
  const { db } = context;
  for (;;) {
    run.signal.throwIfAborted();
    const next = await db.transaction().execute(async (tx) => {
      await run.fence(tx);
      const due = await takeDueClocks(tx, context.now(), atOnce);
      if (due.length === 0) return { at: await nextClockAt(tx) };
      await lookAt(tx, context, due);
      return null;
    });
    if (next) return next.at;
  }
}

interface Looked extends Assessment {
  record: LockedRecord;
  ticket: Ticket;
  clock: TicketClock;
}

async function lookAt(tx: Tx, context: LookContext, due: readonly TicketClock[]): Promise<void> {
  const now = context.now();
  const keys = due.map(({ ticketId }) => ({ entity: 'ticket', id: ticketId }));
  const records = new Map((await lockRecords(tx, keys)).map((record) => [record.id, record]));
  const levels = await readPart(tx, 'serviceLevels');
  const classes = await valueClassesOf(
    tx,
    due.flatMap(({ customerId }) => customerId ?? []),
  );
  const looked = due.flatMap((clock): Looked[] => {
    const record = records.get(clock.ticketId);
    const ticket = ticketSchema.safeParse(record?.fields);
    if (!record || !ticket.success) return [];
    const customerClass = classes.get(clock.customerId ?? '') ?? null;
    const { ticketId: id, quietBefore } = clock;
    const one = { id, ticket: ticket.data, customerClass, quietBefore };
    const assessed = assess(one, levels, now);
    const lookAt = assessed.verdict.lookAt;
    const next = { ...clock, valueClass: customerClass, lookAt };
    return [{ record, ticket: ticket.data, clock: next, ...assessed }];
  });
  await write(tx, context, looked, now);
  const running = looked.filter(({ isOver }) => !isOver).map(({ clock }) => clock);
  await putClocks(tx, running);
  const kept = new Set(running.map(({ ticketId }) => ticketId));
  await removeClocks(
    tx,
    due.map(({ ticketId }) => ticketId).filter((id) => !kept.has(id)),
  );
}

async function write(
  tx: Tx,
  { clock }: LookContext,
  looked: readonly Looked[],
  now: number,
): Promise<void> {
  const changed = looked.flatMap(({ record, ticket, verdict, dueAt }): WrittenRecord[] => {
    const fields = { ...verdict.fields, ...(dueAt !== ticket.dueAt && { dueAt }) };
    const names = Object.keys(fields);
    if (names.length === 0) return [];
    const stamps = names.flatMap((name) => record.clocks[name] ?? []);
    const merged = mergeFields(record, { fields, clock: clock.tick(stamps) });
    const { entity, id, version } = record;
    return [{ entity, id, version: version + 1, fields: merged.fields, clocks: merged.clocks }];
  });
  const events = looked.flatMap(({ verdict }) =>
    verdict.events.map((fields): NewRecord => ({ entity: 'ticketEvent', id: newId(), fields })),
  );
  if (changed.length === 0 && events.length === 0) return;
  await updateRecords(tx, changed, now);
  if (events.length > 0) await insertRecords(tx, events, clock.tick(), now);
  await notify(tx, newsChannel);
}
