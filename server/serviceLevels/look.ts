import { newId } from '#shared/domain/ids.ts';
import { limitsUnder, type ValueClass, withDueAt } from '#shared/domain/serviceLevels.ts';
import type { ServiceLevels } from '#shared/domain/settings/serviceLevels.ts';
import { type Ticket, ticketSchema } from '#shared/domain/ticket.ts';
import type { Clock } from '#shared/sync/clock.ts';
import { mergeFields } from '#shared/sync/merge.ts';
import type { JobRun } from '../jobs/jobs.ts';
import { readPart } from '../store/configuration.ts';
import { valueClassesOf } from '../store/customerClasses.ts';
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
  removeClocks,
  setClocks,
  type TicketClock,
  takeDueClocks,
} from '../store/ticketClocks.ts';
import { judge, type Verdict } from './judge.ts';

export interface LookContext {
  db: Db;
  clock: Clock;
  now: () => number;
}

const atOnce = 200;
/** What passed longer ago than this before a ticket was first seen here is told to nobody. */
const newsMs = 7 * 86_400_000;

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

interface Looked {
  record: LockedRecord;
  ticket: Ticket;
  quietBefore: number;
}

async function lookAt(tx: Tx, context: LookContext, due: readonly TicketClock[]): Promise<void> {
  const now = context.now();
  const records = await lockRecords(
    tx,
    due.map(({ ticketId }) => ({ entity: 'ticket', id: ticketId })),
  );
  const quiet = new Map(due.map((clock) => [clock.ticketId, clock.quietBefore]));
  const tickets = records.flatMap((record): Looked[] => {
    const ticket = ticketSchema.safeParse(record.fields);
    const quietBefore = quiet.get(record.id) ?? now - newsMs;
    return ticket.success ? [{ record, ticket: ticket.data, quietBefore }] : [];
  });
  const levels = await readPart(tx, 'serviceLevels');
  const classes = await valueClassesOf(
    tx,
    tickets.flatMap(({ ticket }) => ticket.customerId ?? []),
  );
  const looked = tickets.map((one) => ({
    ...one,
    ...verdictOf(one, levels, classes.get(one.ticket.customerId ?? '') ?? null, now),
  }));
  await write(tx, context, looked, now);
  const open = looked.filter(({ ticket }) => ticket.state !== 'closed' && !ticket.mergedInto);
  await setClocks(
    tx,
    open.map(({ record, verdict, quietBefore }) => ({
      ticketId: record.id,
      lookAt: verdict.lookAt,
      quietBefore,
    })),
  );
  const kept = new Set(open.map(({ record }) => record.id));
  await removeClocks(
    tx,
    due.map(({ ticketId }) => ticketId).filter((id) => !kept.has(id)),
  );
}

interface Decided extends Looked {
  verdict: Verdict;
  dueAt: number | null;
}

function verdictOf(
  { record, ticket, quietBefore }: Looked,
  levels: ServiceLevels,
  customerClass: ValueClass | null,
  now: number,
): Pick<Decided, 'verdict' | 'dueAt'> {
  const limits = limitsUnder(levels, ticket, customerClass, now);
  return {
    verdict: judge(record.id, ticket, limits, { now, quietBefore }),
    dueAt: withDueAt(ticket, levels, customerClass).dueAt,
  };
}

async function write(
  tx: Tx,
  { clock }: LookContext,
  looked: readonly Decided[],
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
