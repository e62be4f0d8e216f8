import { wrapUpSchema } from '#shared/domain/calls/call.ts';
import { taskSchema } from '#shared/domain/task.ts';
import type { JournalRow } from '#shared/sync/journal.ts';
import {
  type JournalCall,
  type LoneEntry,
  type OfCalls,
  readAliases,
  readNames,
  readOfCalls,
} from '../store/calls/journal.ts';
import { readRecords } from '../store/records.ts';
import type { Db } from '../store/store.ts';
import type { Recordings } from './recordings.ts';

interface Parts {
  ofCalls: readonly OfCalls[];
  linked: ReadonlyMap<string, Record<string, unknown>>;
  customers: ReadonlyMap<string, string>;
  users: ReadonlyMap<string, string>;
}

/** Calls and lone stays in queues as rows of the journal, with what came of them, in the given order. */
export async function rowsOf(
  db: Db,
  recordings: Recordings,
  { calls, entries }: { calls: readonly JournalCall[]; entries: readonly LoneEntry[] },
): Promise<JournalRow[]> {
  const ofCalls = await readOfCalls(
    db,
    calls.map(({ id }) => id),
  );
  const parts: Parts = {
    ofCalls,
    linked: await linkedTickets(db, ofCalls),
    customers: await readNames(db, 'customer', customerIds(calls, ofCalls)),
    users: await readNames(db, 'user', [
      ...calls.map(({ fields }) => fields.agentId),
      ...entries.map(({ agentId }) => agentId),
    ]),
  };
  const rows = [
    ...calls.map((call) => rowOfCall(call, parts)),
    ...entries.map((entry) => rowOfEntry(entry, parts)),
  ];
  const aliases = await readAliases(
    db,
    rows.map(({ callRef }) => callRef),
  );
  return Promise.all(
    rows.map(async (row) => {
      const callRef = aliases.get(row.callRef) ?? row.callRef;
      return { ...row, callRef, recorded: await recordings.has(callRef, row.at) };
    }),
  );
}

function customerIds(calls: readonly JournalCall[], ofCalls: readonly OfCalls[]) {
  const concluded = ofCalls.flatMap(({ entity, fields }) =>
    entity === 'wrapUp' && typeof fields.customerId === 'string' ? [fields.customerId] : [],
  );
  return [...calls.map(({ fields }) => fields.customerId), ...concluded];
}

/** Tickets that a wrap-up names though they were not opened on its call. */
async function linkedTickets(db: Db, ofCalls: readonly OfCalls[]) {
  const opened = ofCalls.filter(({ entity }) => entity === 'ticket');
  const known = new Map(opened.map(({ id, fields }) => [id, fields]));
  const named = ofCalls.flatMap(({ entity, fields }) =>
    entity === 'wrapUp' && Array.isArray(fields.ticketIds) ? fields.ticketIds.map(String) : [],
  );
  const missing = [...new Set(named.filter((id) => !known.has(id)))];
  for (const { id, fields } of await readRecords(db, 'ticket', missing)) known.set(id, fields);
  return known;
}

function wrapUpOf(callId: string, ofCalls: readonly OfCalls[]): JournalRow['wrapUp'] {
  const found = ofCalls.flatMap(({ entity, id, fields }) => {
    if (entity !== 'wrapUp' || fields.callId !== callId) return [];
    const read = wrapUpSchema.safeParse(fields);
    return read.success ? [{ ...read.data, id }] : [];
  });
  return found.sort((a, b) => b.savedAt - a.savedAt)[0] ?? null;
}

function followUpOf(callId: string, ofCalls: readonly OfCalls[]): JournalRow['followUp'] {
  const found = ofCalls.flatMap(({ entity, id, fields }) => {
    if (entity !== 'task' || fields.callId !== callId) return [];
    const read = taskSchema.safeParse(fields);
    return read.success ? [{ ...read.data, id }] : [];
  });
  return found.sort((a, b) => b.createdAt - a.createdAt)[0] ?? null;
}

function ticketsOf(
  callId: string,
  named: readonly string[],
  linked: Parts['linked'],
): JournalRow['tickets'] {
  return [...linked].flatMap(([id, fields]) => {
    if (fields.callId !== callId && !named.includes(id)) return [];
    const no = typeof fields.no === 'string' ? fields.no : null;
    return [{ id, no, subject: String(fields.subject ?? '').slice(0, 500) }];
  });
}

function rowOfCall({ id, fields }: JournalCall, parts: Parts): JournalRow {
  const { ofCalls, linked, customers, users } = parts;
  const wrapUp = wrapUpOf(id, ofCalls);
  const customerId = fields.customerId ?? wrapUp?.customerId ?? null;
  const { answeredAt, endedAt, heldMs } = fields;
  const isOver = answeredAt !== null && endedAt !== null;
  return {
    id,
    callId: id,
    callRef: fields.callRef,
    at: fields.offeredAt,
    direction: fields.direction,
    queueId: fields.queueId,
    numberRaw: fields.numberRaw,
    numberKey: fields.numberKey,
    customerId,
    customerName: customerId === null ? null : (customers.get(customerId) ?? null),
    agentId: fields.agentId,
    agentName: users.get(fields.agentId) ?? wrapUp?.agentName ?? null,
    result: fields.result,
    talkMs: isOver ? Math.max(0, endedAt - answeredAt - heldMs) : null,
    waitedMs: fields.waitedMs,
    heldMs,
    endedBy: fields.endedBy,
    transferredTo: fields.transferredTo,
    wrapUp,
    tickets: ticketsOf(id, wrapUp?.ticketIds ?? [], linked),
    followUp: followUpOf(id, ofCalls),
    recorded: false,
  };
}

function rowOfEntry(entry: LoneEntry, { users }: Parts): JournalRow {
  const { id, callRef, queueId, enteredAt, endedAt, ending, agentId, caller } = entry;
  return {
    id,
    callId: null,
    callRef,
    at: enteredAt,
    direction: 'in',
    queueId,
    numberRaw: caller ?? '',
    numberKey: null,
    customerId: null,
    customerName: null,
    agentId,
    agentName: agentId === null ? null : (users.get(agentId) ?? null),
    result: ending,
    talkMs: null,
    waitedMs: endedAt === null ? null : Math.max(0, endedAt - enteredAt),
    heldMs: 0,
    endedBy: null,
    transferredTo: null,
    wrapUp: null,
    tickets: [],
    followUp: null,
    recorded: false,
  };
}
