import type { Database, Statement } from 'better-sqlite3';
import type { ComplaintFilter, ComplaintView } from '#shared/contract/methods/complaints.ts';
import type {
  QuestionnaireView,
  SheetFilter,
  SheetView,
} from '#shared/contract/methods/feedback.ts';
import type { MissedCallView, Taker, TaskFilter } from '#shared/contract/methods/tasks.ts';
import type { TaskView } from '#shared/contract/models/records.ts';
import type { CountedSheet } from '#shared/domain/feedback/satisfaction.ts';
import type { CountedComplaint } from '#shared/domain/tickets/complaintFigures.ts';
import { columnList } from '../records/tables.ts';
import { type Row, rowsOf } from './rows.ts';
import { isOpenTicket, winnerSql } from './sqlParts.ts';

/** From `from` to before `to`, ms UTC. */
export interface Span {
  from: number;
  to: number;
}

const waiting = (entity: string, alias: string) => `EXISTS (SELECT 1 FROM outbox
  WHERE "entityId" = ${alias}."id" AND "entity" = '${entity}') AS waiting`;

const firstVisit = `(SELECT s."outcome" FROM answer_sheet s
  WHERE s."ticketId" = k."ticketId" ORDER BY s."at", s."id" LIMIT 1)`;

const complaintSelect = `SELECT k."id", ${columnList('complaint', 'k')},
    t."no", t."subject", t."state", t."closedAt", t."reopened",
    c."name" AS customerName, u."name" AS ownerName, ${firstVisit} AS firstVisit,
    ${waiting('complaint', 'k')}
  FROM complaint k
  JOIN ticket t ON t."id" = k."ticketId" AND t."mergedInto" IS NULL
  LEFT JOIN customer c ON c."id" = ${winnerSql('t."customerId"')}
  LEFT JOIN "user" u ON u."id" = t."ownerId"`;

const complaintWhere = `k."createdAt" >= @from AND k."createdAt" < @to
  AND (@open = 0 OR t."state" <> 'closed')
  AND (@stage IS NULL OR k."stage" = @stage)
  AND (@severity IS NULL OR k."severity" = @severity)
  AND (@categoryId IS NULL OR t."categoryId" = @categoryId)`;

const sheetSelect = `SELECT s."id", ${columnList('answerSheet', 's')},
    c."name" AS customerName, t."no" AS ticketNo, t."subject" AS ticketSubject
  FROM answer_sheet s
  LEFT JOIN customer c ON c."id" = ${winnerSql('s."customerId"')}
  LEFT JOIN ticket t ON t."id" = s."ticketId"`;

const taskSelect = `SELECT t."id", ${columnList('task', 't')}, ${waiting('task', 't')} FROM task t`;

const taskWhere = (owner: string, state: string) => `${owner} ${state}
  AND (@kinds = '[]' OR t."kind" IN (SELECT "value" FROM json_each(@kinds)))`;
const owned = 't."ownerId" = @owner AND';
const open = `t."state" = 'open'`;
const closed = `t."state" <> 'open'`;
const byDue = 'ORDER BY t."dueAt" LIMIT +@limit';
const byEnd = 'ORDER BY coalesce(t."doneAt", t."dueAt") DESC LIMIT +@limit';

const missedSelect = `SELECT m."id", ${columnList('missedCall', 'm')}, c."name" AS customerName,
    ${waiting('missedCall', 'm')}
  FROM missed_call m LEFT JOIN customer c ON c."id" = ${winnerSql('m."customerId"')}`;

export const followUpSql = {
  complaint: `${complaintSelect} WHERE k."id" = ?`,
  complaintsOf: `${complaintSelect}
    WHERE k."customerId" IN (SELECT "value" FROM json_each(?)) AND k."createdAt" >= ?
    ORDER BY k."createdAt" DESC LIMIT 100`,
  complaints: `${complaintSelect} WHERE ${complaintWhere} ORDER BY k."createdAt" DESC LIMIT +@limit`,
  countComplaints: `SELECT count(*) FROM complaint k
    JOIN ticket t ON t."id" = k."ticketId" AND t."mergedInto" IS NULL WHERE ${complaintWhere}`,
  counted: `SELECT k."createdAt", t."closedAt", t."categoryId", t."reopened", ${firstVisit} AS firstVisit
    FROM complaint k JOIN ticket t ON t."id" = k."ticketId" AND t."mergedInto" IS NULL
    WHERE k."createdAt" >= ? AND k."createdAt" < ?`,
  sheets: `${sheetSelect} WHERE s."at" >= @from AND s."at" < @to
      AND (@questionnaireId IS NULL OR s."questionnaireId" = @questionnaireId)
      AND (@agent = 0 OR s."agentId" IS @key)
      AND (@queue = 0 OR s."queueId" IS @key)
      AND (@category = 0 OR s."categoryId" IS @key)
    ORDER BY s."at" DESC LIMIT +@limit`,
  sheetsOfTicket: `${sheetSelect} WHERE s."ticketId" = ? ORDER BY s."at" DESC`,
  sheet: `${sheetSelect} WHERE s."id" = ?`,
  countedSheets: `SELECT "agentId", "agentName", "queueId", "categoryId", "answers", "questions", "outcome", "at"
    FROM answer_sheet WHERE "at" >= @from AND "at" < @to AND (@questionnaireId IS NULL OR "questionnaireId" = @questionnaireId)`,
  questionnaires: `SELECT q."id", ${columnList('questionnaire', 'q')}, ${waiting('questionnaire', 'q')}
    FROM questionnaire q WHERE q."retired" = 0 ORDER BY q."id"`,
  questionnaire: `SELECT q."id", ${columnList('questionnaire', 'q')}, ${waiting('questionnaire', 'q')}
    FROM questionnaire q WHERE q."id" = ?`,
  visitsOfTicket: `${taskSelect}
    WHERE t."ticketId" = ? AND t."kind" = 'returnVisit' ORDER BY t."createdAt" DESC LIMIT 50`,
  openTasks: `${taskSelect} WHERE ${taskWhere('', open)} ${byDue}`,
  closedTasks: `${taskSelect} WHERE ${taskWhere('', closed)} ${byEnd}`,
  countOpenTasks: `SELECT count(*) FROM task t WHERE ${taskWhere('', open)}`,
  countClosedTasks: `SELECT count(*) FROM task t WHERE ${taskWhere('', closed)}`,
  openOwnTasks: `${taskSelect} WHERE ${taskWhere(owned, open)} ${byDue}`,
  closedOwnTasks: `${taskSelect} WHERE ${taskWhere(owned, closed)} ${byEnd}`,
  countOpenOwnTasks: `SELECT count(*) FROM task t WHERE ${taskWhere(owned, open)}`,
  countClosedOwnTasks: `SELECT count(*) FROM task t WHERE ${taskWhere(owned, closed)}`,
  takers: `SELECT u."id", u."name", u."teamId", u."active" FROM "user" u
    WHERE u."role" <> 'quality' ORDER BY u."active" DESC, u."name"`,
  openTasksOf: `${taskSelect} WHERE t."ownerId" = ? AND t."state" = 'open' ORDER BY t."dueAt"`,
  openTicketsOf: `SELECT "id" FROM ticket
    WHERE "ownerId" = ? AND ${isOpenTicket} AND "mergedInto" IS NULL ORDER BY "createdAt" DESC`,
  missedOpen: `${missedSelect} WHERE m."state" <> 'handled' ORDER BY m."lastAt" DESC LIMIT +?`,
  missedHandled: `${missedSelect} WHERE m."state" = 'handled' AND json_array_length(m."callRefs") > 0
    ORDER BY m."handledAt" DESC LIMIT +?`,
  missed: `${missedSelect} WHERE m."id" = ?`,
  missedOfNumber: `SELECT "id" FROM missed_call WHERE "numberKey" = ? AND "state" <> 'handled'`,
  countMissed: `SELECT count(*) FROM missed_call WHERE "state" <> 'handled'`,
  numberOf: `SELECT "raw" FROM contact_point
    WHERE "customerId" IN (SELECT "value" FROM json_each(?)) AND "kind" = 'phone' AND "retired" = 0 AND "consent" <> 'refused'
    ORDER BY "preferred" DESC, "id" LIMIT 1`,
};

const toMs = (span: Span) => ({ from: span.from, to: span.to });

/** Complaints, return visits, answers, tasks and missed calls, as far as they are on this desk. */
export function createFollowUpReads(db: Database) {
  const prepared = new Map<string, Statement<unknown[], Row>>();
  const all = (sql: string, ...values: unknown[]): Row[] => {
    const known = prepared.get(sql) ?? db.prepare<unknown[], Row>(sql);
    prepared.set(sql, known);
    return known.all(...values);
  };
  const number = (sql: string, ...values: unknown[]): number =>
    Number(Object.values(all(sql, ...values)[0] ?? {})[0] ?? 0);
  const complaints = rowsOf<ComplaintView>('complaint');
  const sheets = rowsOf<SheetView>('answerSheet');
  const countedSheets = rowsOf<CountedSheet>('answerSheet');
  const tasks = rowsOf<TaskView>('task');
  const questionnaires = rowsOf<QuestionnaireView>('questionnaire');
  const missed = rowsOf<Omit<MissedCallView, 'number'>>('missedCall');

  return {
    complaint: (ticketId: string): ComplaintView | null =>
      complaints(all(followUpSql.complaint, ticketId))[0] ?? null,
    /** Of all records of one customer, made since then (ms UTC), newest first. */
    complaintsOf: (customerIds: readonly string[], since: number): ComplaintView[] =>
      complaints(all(followUpSql.complaintsOf, JSON.stringify(customerIds), since)),
    complaints(filter: Omit<ComplaintFilter, 'from' | 'to'>, span: Span, limit: number) {
      const { stage, severity, categoryId } = filter;
      const values = { ...toMs(span), stage, severity, categoryId, open: Number(filter.open) };
      return {
        rows: complaints(all(followUpSql.complaints, { ...values, limit })),
        total: number(followUpSql.countComplaints, values),
      };
    },
    countedComplaints: ({ from, to }: Span): CountedComplaint[] =>
      all(followUpSql.counted, from, to) as unknown as CountedComplaint[],
    sheets(filter: Pick<SheetFilter, 'questionnaireId' | 'by' | 'key'>, span: Span, limit: number) {
      const { questionnaireId, by, key } = filter;
      const only = (group: SheetFilter['by']) => Number(key !== null && by === group);
      const groups = { agent: only('agent'), queue: only('queue'), category: only('category') };
      const values = { ...toMs(span), ...groups, questionnaireId, key: key?.value ?? null, limit };
      return sheets(all(followUpSql.sheets, values));
    },
    countedSheets: ({ from, to }: Span, questionnaireId: string | null): CountedSheet[] =>
      countedSheets(all(followUpSql.countedSheets, { from, to, questionnaireId })),
    sheetsOfTicket: (ticketId: string): SheetView[] =>
      sheets(all(followUpSql.sheetsOfTicket, ticketId)),
    sheet: (id: string): SheetView | null => sheets(all(followUpSql.sheet, id))[0] ?? null,
    questionnaires: (): QuestionnaireView[] => questionnaires(all(followUpSql.questionnaires)),
    questionnaire: (id: string): QuestionnaireView | null =>
      questionnaires(all(followUpSql.questionnaire, id))[0] ?? null,
    visitsOfTicket: (ticketId: string): TaskView[] =>
      tasks(all(followUpSql.visitsOfTicket, ticketId)),
    tasksBy({ whose, state, kinds, ownerId }: TaskFilter, userId: string, limit: number) {
      const owner = whose === 'mine' ? userId : ownerId;
      const values = { ...(owner !== null && { owner }), kinds: JSON.stringify(kinds) };
      const part = `${state === 'open' ? 'Open' : 'Closed'}${owner === null ? '' : 'Own'}` as const;
      const list = `${state}${owner === null ? '' : 'Own'}Tasks` as const;
      return {
        tasks: tasks(all(followUpSql[list], { ...values, limit })),
        total: number(followUpSql[`count${part}Tasks`], values),
      };
    },
    openTasksOf: (ownerId: string): TaskView[] => tasks(all(followUpSql.openTasksOf, ownerId)),
    openTicketsOf: (ownerId: string): string[] =>
      all(followUpSql.openTicketsOf, ownerId).map(({ id }) => String(id)),
    missedCalls: (state: 'open' | 'handled', limit: number) => ({
      calls: missed(
        all(state === 'open' ? followUpSql.missedOpen : followUpSql.missedHandled, limit),
      ),
      open: number(followUpSql.countMissed),
    }),
    missedCall: (id: string) => missed(all(followUpSql.missed, id))[0] ?? null,
    /** Open ones of a caller. */
    missedOfNumber: (numberKey: string): string[] =>
      all(followUpSql.missedOfNumber, numberKey).map(({ id }) => String(id)),
    /** The number by which to call a customer, as it was written; the preferred one first. */
    numberToCall: (customerIds: readonly string[]): string | null => {
      const [row] = all(followUpSql.numberOf, JSON.stringify(customerIds));
      return row ? String(row.raw) : null;
    },
    /** Users that work here, by name. */
    takers: (): Taker[] =>
      all(followUpSql.takers).map((row) => ({ ...row, active: row.active === 1 })) as Taker[],
  };
}

export type FollowUpReads = ReturnType<typeof createFollowUpReads>;
