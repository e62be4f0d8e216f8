import type { Database } from 'better-sqlite3';
import type { TeamView } from '#shared/contract/models/desk.ts';
import type { JournalEntry } from '#shared/contract/models/records.ts';
import type { FieldsOf } from '#shared/sync/entities.ts';
import type { Colleague } from '../cache.ts';
import { columnList } from '../records/tables.ts';
import type { Row as StoredTask } from './rows.ts';
import { shownTasks, taskSql } from './taskReads.ts';

type Call = FieldsOf<'call'>;
type WrapUp = NonNullable<JournalEntry['wrapUp']>;
/** As the table has it: what is no plain value is JSON. */
type Row = Omit<Call, 'report' | 'recordingGaps'> & {
  id: string;
  report: string | null;
  recordingGaps: string;
};
type CallRow = Row & { agentName: string | null };
type StoredWrapUp = Omit<WrapUp, 'ticketIds' | 'tags' | 'edits' | 'script'> &
  Record<'ticketIds' | 'tags' | 'edits', string> & { script: string | null };
type TicketMention = JournalEntry['tickets'][number];
type Agent = TeamView['agents'][number];

const callSelect = `SELECT k."id", ${columnList('call', 'k')}, u."name" AS agentName
  FROM call k LEFT JOIN "user" u ON u."id" = k."agentId"`;

export const callSql = {
  ofAgent: `${callSelect} WHERE k."agentId" = ? AND k."kind" = 'customer' ORDER BY k."offeredAt" DESC LIMIT +?`,
  ofAll: `${callSelect} WHERE k."kind" = 'customer' ORDER BY k."offeredAt" DESC LIMIT +?`,
  one: `${callSelect} WHERE k."id" = ?`,
  toWrapUp: `SELECT "id", ${columnList('call')} FROM call
    WHERE "agentId" = ? AND "wrappedUp" = 0 AND "answeredAt" IS NOT NULL AND "endedAt" IS NOT NULL
      AND "kind" = 'customer' ORDER BY "endedAt" DESC LIMIT +?`,
  recent: `SELECT "id", ${columnList('call')} FROM call
    WHERE "agentId" = ? ORDER BY "offeredAt" DESC LIMIT +?`,
  withoutEnd: `SELECT "id", ${columnList('call')} FROM call
    WHERE "agentId" = ? AND "endedAt" IS NULL ORDER BY "offeredAt" DESC LIMIT +?`,
  ticketIds: 'SELECT "id" FROM ticket WHERE "callId" = ? ORDER BY "createdAt"',
  wrapUp: `SELECT "id", ${columnList('wrapUp')} FROM wrap_up
    WHERE "callId" = ? ORDER BY "savedAt" DESC LIMIT 1`,
  customerName: 'SELECT "name" FROM customer WHERE "id" = ?',
  tickets: `SELECT "id", "no", "subject" FROM ticket WHERE "callId" = ?
    UNION SELECT "id", "no", "subject" FROM ticket
      WHERE "id" IN (SELECT "value" FROM json_each(?))`,
  agents: `SELECT ${columnList('presence', 'p')}, u."extension", u."teamId"
    FROM presence p LEFT JOIN "user" u ON u."id" = p."userId"
    WHERE u."active" IS NOT 0 ORDER BY p."name"`,
  colleagues: `SELECT u."id", u."name", u."teamId", u."extension", u."role", p."state", p."reason",
      p."since"
    FROM "user" u LEFT JOIN presence p ON p."id" = u."id"
    WHERE u."active" = 1 AND u."extension" IS NOT NULL ORDER BY u."name"`,
};

export function createCallReads(db: Database, display: (normal: string) => string) {
  const ofAgent = db.prepare<[string, number], CallRow>(callSql.ofAgent);
  const ofAll = db.prepare<[number], CallRow>(callSql.ofAll);
  const one = db.prepare<[string], CallRow>(callSql.one);
  const toWrapUp = db.prepare<[string, number], Row>(callSql.toWrapUp);
  const recent = db.prepare<[string, number], Row>(callSql.recent);
  const colleagues = db.prepare<[], Colleague>(callSql.colleagues);
  const withoutEnd = db.prepare<[string, number], Row>(callSql.withoutEnd);
  const ticketIds = db.prepare<[string], string>(callSql.ticketIds).pluck();
  const wrapUp = db.prepare<[string], StoredWrapUp>(callSql.wrapUp);
  const customerName = db.prepare<[string], string>(callSql.customerName).pluck();
  const tickets = db.prepare<[string, string], TicketMention>(callSql.tickets);
  const followUp = db.prepare<[string], StoredTask>(taskSql.ofCall);
  const agents = db.prepare<[], Agent>(callSql.agents);

  function entryOf(call: CallRow): JournalEntry {
    const concluded = wrapUp.get(call.id);
    const customerId = call.customerId ?? concluded?.customerId ?? null;
    const [task] = shownTasks(followUp.all(call.id));
    return {
      callId: call.id,
      callRef: call.callRef,
      at: call.offeredAt,
      direction: call.direction,
      queueId: call.queueId,
      numberKey: call.numberKey,
      numberDisplay: call.numberKey ? display(call.numberKey) : call.numberRaw,
      customerId,
      customerName: customerId === null ? null : (customerName.get(customerId) ?? null),
      agentId: call.agentId,
      agentName: call.agentName ?? concluded?.agentName ?? null,
      result: call.result,
      talkMs: talkMs(call),
      waitedMs: call.waitedMs,
      heldMs: call.heldMs,
      transferredTo: call.transferredTo,
      endedBy: call.endedBy,
      wrapUp: concluded ? wrapUpOf(concluded) : null,
      tickets: tickets.all(call.id, concluded?.ticketIds ?? '[]'),
      followUp: task ?? null,
    };
  }

  function journal(agentId: string | null, limit: number): JournalEntry[] {
    return (agentId === null ? ofAll.all(limit) : ofAgent.all(agentId, limit)).map(entryOf);
  }

  return {
    journal,
    journalEntry(callId: string): JournalEntry | null {
      const call = one.get(callId);
      return call ? entryOf(call) : null;
    },
    team: (callLimit: number): TeamView => ({
      agents: agents.all(),
      calls: journal(null, callLimit),
    }),
    callsWithoutWrapUp: (agentId: string, limit: number) => toWrapUp.all(agentId, limit).map(apart),
    callsWithoutEnd: (agentId: string, limit: number) => withoutEnd.all(agentId, limit).map(apart),
    recentCalls: (agentId: string, limit: number) => recent.all(agentId, limit).map(apart),
    colleagues: () => colleagues.all(),
    ticketIdsOf: (callId: string): string[] => ticketIds.all(callId),
  };
}

/** From answer to end without hold; null for a call never answered or still running. */
function talkMs({ answeredAt, endedAt, heldMs }: Row): number | null {
  return answeredAt === null || endedAt === null
    ? null
    : Math.max(0, endedAt - answeredAt - heldMs);
}

function wrapUpOf({ ticketIds, tags, edits, script, ...plain }: StoredWrapUp): WrapUp {
  return {
    ...plain,
    ticketIds: JSON.parse(ticketIds),
    tags: JSON.parse(tags),
    edits: JSON.parse(edits),
    script: script === null ? null : JSON.parse(script),
  };
}

function apart({ id, report, recordingGaps, ...plain }: Row): { callId: string; fields: Call } {
  const fields = {
    ...plain,
    report: report === null ? null : JSON.parse(report),
    recordingGaps: JSON.parse(recordingGaps),
  };
  return { callId: id, fields };
}
