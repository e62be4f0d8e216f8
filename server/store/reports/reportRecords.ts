import { sql } from 'kysely';
import type { VisitOutcome } from '#shared/domain/feedback/feedback.ts';
import type { Db } from '../store.ts';

/** What reports count of records that were made in a range. Times are ms UTC, `to` is not included. */
export interface MadeIn {
  from: number;
  to: number;
}

export interface TicketRow {
  id: string;
  no: string | null;
  type: string;
  categoryId: string | null;
  state: string;
  subject: string;
  customerId: string | null;
  ownerId: string | null;
  firstContactId: string | null;
  queueId: string | null;
  createdAt: number;
  resolvedAt: number | null;
  closedAt: number | null;
  reopened: number;
}

/** Tickets registered in the range, in their order; those that were merged into another one are not counted. */
export async function readTicketsMade(db: Db, { from, to }: MadeIn): Promise<TicketRow[]> {
  const { rows } = await sql<TicketRow>`
    select id, fields ->> 'no' as no, fields ->> 'type' as type, fields ->> 'categoryId' as "categoryId",
           fields ->> 'state' as state, fields ->> 'subject' as subject,
           fields ->> 'customerId' as "customerId", fields ->> 'ownerId' as "ownerId",
           fields ->> 'firstContactId' as "firstContactId", fields ->> 'queueId' as "queueId",
           (fields ->> 'createdAt')::bigint as "createdAt",
           (fields ->> 'resolvedAt')::bigint as "resolvedAt",
           (fields ->> 'closedAt')::bigint as "closedAt",
           coalesce((fields ->> 'reopened')::int, 0) as reopened
      from record
     where entity = 'ticket' and fields ->> 'mergedInto' is null
       and (fields ->> 'createdAt')::bigint >= ${from} and (fields ->> 'createdAt')::bigint < ${to}
     order by (fields ->> 'createdAt')::bigint, id`.execute(db);
  return rows;
}

export interface ComplaintRow {
  id: string;
  no: string | null;
  subject: string;
  customerId: string | null;
  customerName: string | null;
  categoryId: string | null;
  severity: string;
  impact: string;
  remedySought: string;
  rootCause: string;
  correctiveAction: string;
  stage: string;
  repeatOf: string | null;
  ownerId: string | null;
  firstContactId: string | null;
  createdAt: number;
  closedAt: number | null;
  reopened: number;
  /** What the customer said at the first return visit; null before one. */
  firstVisit: VisitOutcome | null;
}

/** Complaints made in the range, in their order; not those of tickets that were merged into another one. */
export async function readComplaintsMade(db: Db, { from, to }: MadeIn): Promise<ComplaintRow[]> {
  const { rows } = await sql<ComplaintRow>`
    select c.id, t.fields ->> 'no' as no, t.fields ->> 'subject' as subject,
           c.fields ->> 'customerId' as "customerId",
           customer.fields ->> 'name' as "customerName",
           t.fields ->> 'categoryId' as "categoryId",
           c.fields ->> 'severity' as severity, c.fields ->> 'impact' as impact,
           c.fields ->> 'remedySought' as "remedySought", c.fields ->> 'rootCause' as "rootCause",
           c.fields ->> 'correctiveAction' as "correctiveAction", c.fields ->> 'stage' as stage,
           c.fields ->> 'repeatOf' as "repeatOf", t.fields ->> 'ownerId' as "ownerId",
           t.fields ->> 'firstContactId' as "firstContactId",
           (c.fields ->> 'createdAt')::bigint as "createdAt",
           (t.fields ->> 'closedAt')::bigint as "closedAt",
           coalesce((t.fields ->> 'reopened')::int, 0) as reopened,
           (select s.fields ->> 'outcome' from record s
             where s.entity = 'answerSheet' and s.fields ->> 'ticketId' = c.fields ->> 'ticketId'
             order by (s.fields ->> 'at')::bigint, s.id limit 1) as "firstVisit"
      from record c
      join record t on t.entity = 'ticket' and t.id = (c.fields ->> 'ticketId')::uuid
                   and t.fields ->> 'mergedInto' is null
      left join record customer
        on customer.entity = 'customer' and customer.id = (c.fields ->> 'customerId')::uuid
     where c.entity = 'complaint'
       and (c.fields ->> 'createdAt')::bigint >= ${from}
       and (c.fields ->> 'createdAt')::bigint < ${to}
     order by (c.fields ->> 'createdAt')::bigint, c.id`.execute(db);
  return rows;
}

export interface SheetRow {
  id: string;
  fields: Record<string, unknown>;
}

/** Answers given in the range, in their order. */
export async function readSheetsMade(db: Db, { from, to }: MadeIn): Promise<SheetRow[]> {
  const { rows } = await sql<SheetRow>`
    select id, fields from record
     where entity = 'answerSheet'
       and (fields ->> 'at')::bigint >= ${from} and (fields ->> 'at')::bigint < ${to}
     order by (fields ->> 'at')::bigint, id`.execute(db);
  return rows;
}

export interface ContactRow {
  id: string;
  callId: string | null;
  customerId: string;
  dispositionId: string;
  agentId: string;
  result: string;
  at: number;
}

/**
 * What agents concluded of contacts in the range with customers they reached, in their order. A customer that was merged
 * into another one counts as that one.
 */
export async function readContactsMade(db: Db, { from, to }: MadeIn): Promise<ContactRow[]> {
  const { rows } = await sql<ContactRow>`
    select w.id, w.fields ->> 'callId' as "callId",
           coalesce(merged.winner, w.fields ->> 'customerId') as "customerId",
           w.fields ->> 'dispositionId' as "dispositionId", w.fields ->> 'agentId' as "agentId",
           w.fields ->> 'result' as result, (w.fields ->> 'savedAt')::bigint as at
      from record w
      left join (
        with recursive chain (loser, winner, step) as (
          select id::text, fields ->> 'mergedInto', 1 from record
           where entity = 'customer' and fields ->> 'mergedInto' is not null
          union all
          select loser, r.fields ->> 'mergedInto', step + 1
            from chain join record r on r.entity = 'customer' and r.id = winner::uuid
           where r.fields ->> 'mergedInto' is not null and step < 50
        )
        select distinct on (loser) loser, winner from chain order by loser, step desc
      ) merged on merged.loser = w.fields ->> 'customerId'
     where w.entity = 'wrapUp' and w.fields ->> 'customerId' is not null
       and w.fields ->> 'result' <> 'notReached'
       and (w.fields ->> 'savedAt')::bigint >= ${from} and (w.fields ->> 'savedAt')::bigint < ${to}
     order by (w.fields ->> 'savedAt')::bigint, w.id`.execute(db);
  return rows;
}

export interface ReportUser {
  id: string;
  name: string;
  teamId: string | null;
  /** Takes calls, now or once: only those have a day to report on. */
  extension: string | null;
  role: string;
  active: boolean;
}

export async function readReportUsers(db: Db): Promise<ReportUser[]> {
  const { rows } = await sql<ReportUser>`
    select id, fields ->> 'name' as name, fields ->> 'teamId' as "teamId",
           fields ->> 'extension' as extension, fields ->> 'role' as role,
           coalesce((fields ->> 'active')::boolean, true) as active
      from record where entity = 'user' order by fields ->> 'name', id`.execute(db);
  return rows;
}

/** Names of these customers. */
export async function readCustomerNamesOf(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`
    select id, fields ->> 'name' as name from record
     where entity = 'customer' and id = any(${[...new Set(ids)]}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export interface CallParts {
  callId: string;
  customerId: string | null;
  numberRaw: string | null;
  agentId: string;
}

/** What desks know of these calls, by call reference. */
export async function readCallParts(
  db: Db,
  callRefs: readonly string[],
): Promise<Map<string, CallParts[]>> {
  if (callRefs.length === 0) return new Map();
  const { rows } = await sql<CallParts & { callRef: string }>`
    select id as "callId", fields ->> 'callRef' as "callRef", fields ->> 'customerId' as "customerId",
           fields ->> 'numberRaw' as "numberRaw", fields ->> 'agentId' as "agentId"
      from record
     where entity = 'call' and fields ->> 'callRef' = any(${[...new Set(callRefs)]}::text[])`.execute(
    db,
  );
  const parts = new Map<string, CallParts[]>();
  for (const { callRef, ...part } of rows) {
    parts.set(callRef, [...(parts.get(callRef) ?? []), part]);
  }
  return parts;
}

/** Numbers of these tickets, where they have one yet. */
export async function readTicketNumbers(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; no: string }>`
    select id, fields ->> 'no' as no from record
     where entity = 'ticket' and id = any(${[...new Set(ids)]}::uuid[])
       and fields ->> 'no' is not null`.execute(db);
  return new Map(rows.map(({ id, no }) => [id, no]));
}

/** Call references of these records of calls. */
export async function readCallRefs(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; callRef: string }>`
    select id, fields ->> 'callRef' as "callRef" from record
     where entity = 'call' and id = any(${[...new Set(ids)]}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, callRef }) => [id, callRef]));
}
