import type { Database, Statement } from 'better-sqlite3';
import type {
  CustomerList,
  FieldChangeView,
  ListedCustomer,
  RelationView,
  TimelineFilter,
  ValueFacts,
} from '#shared/contract/methods/customers.ts';
import type { TimelineEntry } from '#shared/contract/models/records.ts';
import type { DripAnswer } from '#shared/domain/customers/customer.ts';
import { uncountedOrderStates } from '#shared/domain/customers/customerValue.ts';
import { columnList } from '../records/tables.ts';
import { isOpenTicket, winnerSql } from './sqlParts.ts';

type Kind = TimelineEntry['kind'];
type Stored<View extends { waiting: boolean }> = Omit<View, 'waiting'> & { waiting: number };

export interface TimelinePage extends TimelineFilter {
  before: number | null;
  beforeId: string | null;
  limit: number;
}

/** What is read of one customer: `ids` are the records that stand for it, the customer's own first. */
export interface CustomerReads {
  timeline(ids: readonly string[], page: TimelinePage): TimelineEntry[];
  timelineCounts(ids: readonly string[], filter: TimelineFilter): Partial<Record<Kind, number>>;
  /** Newest first; `field` null: of all fields. */
  history(ids: readonly string[], field: string | null, limit: number): FieldChangeView[];
  /** In both directions, those that hold first. */
  relations(ids: readonly string[]): RelationView[];
  dripAnswers(ids: readonly string[]): DripAnswer[];
  /** Orders since then that count, ms UTC. */
  orderFacts(ids: readonly string[], since: number): Pick<ValueFacts, 'orders' | 'sums'>;
  list(list: CustomerList, userId: string, limit: number): ListedCustomer[];
}

const ofGroup = (column: string) => `${column} IN (SELECT "value" FROM json_each(@ids))`;

function waitingOf(entity: string, alias: string): string {
  return `EXISTS (SELECT 1 FROM outbox WHERE "entityId" = ${alias}."id" AND "entity" = '${entity}')
    AS waiting`;
}

const uncounted = uncountedOrderStates.map((state) => `'${state}'`).join(', ');

const listColumns = `c."id" AS customerId, c."name", c."kind", c."valueClass", c."no",
    (SELECT "at" FROM contact WHERE "customerId" = c."id" ORDER BY "at" DESC LIMIT 1)
      AS lastContactAt,
    (SELECT count(*) FROM ticket WHERE "customerId" = c."id" AND ${isOpenTicket}) AS openTickets,
    (SELECT "raw" FROM contact_point WHERE "customerId" = c."id" AND "retired" = 0
      ORDER BY "kind" = 'phone' DESC, "preferred" DESC LIMIT 1) AS hint`;

/** How many of an agent's newest calls are looked through for the customers of late. */
const recentCalls = 500;

/** An index holds all but the many of class B, and is only used where the query says so. */
function listOfClass(valueClass: 'A' | 'B' | 'C'): string {
  return `SELECT ${listColumns} FROM customer c
    WHERE c."valueClass" = '${valueClass}' ${valueClass === 'B' ? '' : `AND c."valueClass" <> 'B'`}
      AND c."mergedInto" IS NULL ORDER BY c."key" DESC LIMIT +@limit`;
}

export const customerSql = {
  history: `SELECT f."id", ${columnList('fieldChange', 'f')}, ${waitingOf('fieldChange', 'f')}
    FROM field_change f WHERE ${ofGroup('f."customerId"')} AND (@field IS NULL OR f."field" = @field)
    ORDER BY f."at" DESC, f."id" DESC LIMIT +@limit`,
  relations: `SELECT r."id", ${columnList('relation', 'r')}, ${waitingOf('relation', 'r')},
      CASE WHEN ${ofGroup('r."fromId"')} THEN 'to' ELSE 'from' END AS other,
      c."id" AS otherId, c."name" AS otherName, c."kind" AS otherKind
    FROM (SELECT * FROM relation WHERE ${ofGroup('"fromId"')}
      UNION SELECT * FROM relation WHERE ${ofGroup('"toId"')}) r
    JOIN customer c ON c."id" = CASE WHEN ${ofGroup('r."fromId"')}
      THEN ${winnerSql('r."toId"')} ELSE ${winnerSql('r."fromId"')} END
    ORDER BY r."endedAt" IS NOT NULL, r."createdAt" DESC LIMIT 200`,
  dripAnswers: `SELECT ${columnList('dripAnswer')} FROM drip_answer
    WHERE ${ofGroup('"customerId"')} ORDER BY "at" DESC LIMIT 200`,
  orderFacts: `SELECT count(*) AS orders, sum(json_extract("amount", '$.minor')) AS minor,
      json_extract("amount", '$.currency') AS currency
    FROM customer_order
    WHERE ${ofGroup('"customerId"')} AND "at" >= @since AND "state" NOT IN (${uncounted})
    GROUP BY 3 ORDER BY minor DESC`,
  recent: `SELECT ${listColumns} FROM (
      SELECT "customerId" AS id, max("offeredAt") AS at FROM (
        SELECT ${winnerSql('call."customerId"')} AS "customerId", "offeredAt" FROM call
          WHERE call."agentId" = @userId ORDER BY "offeredAt" DESC LIMIT ${recentCalls})
      WHERE "customerId" IS NOT NULL GROUP BY "customerId") late
    JOIN customer c ON c."id" = late.id ORDER BY late.at DESC LIMIT +@limit`,
  newest: `SELECT ${listColumns} FROM customer c
    WHERE c."mergedInto" IS NULL ORDER BY c."key" DESC LIMIT +@limit`,
  A: listOfClass('A'),
  B: listOfClass('B'),
  C: listOfClass('C'),
  doNotCall: `SELECT ${listColumns} FROM customer c
    WHERE c."doNotCall" = 1 AND c."mergedInto" IS NULL ORDER BY c."key" DESC LIMIT +@limit`,
};

/** The conditions of a filter; `one`: the group is a single record, whose entries an index has in order. */
function timelineWhere(filter: TimelineFilter, one: boolean): string {
  const parts = [one ? '"customerId" = @id' : ofGroup('"customerId"')];
  if (filter.kinds.length > 0) parts.push('"kind" IN (SELECT "value" FROM json_each(@kinds))');
  if (filter.text.trim() !== '') {
    const like = (column: string) => `${column} LIKE @text ESCAPE '\\'`;
    parts.push(`(${['"title"', '"detail"', '"agentName"'].map(like).join(' OR ')})`);
  }
  if (filter.from !== null) parts.push('"at" >= @from');
  if (filter.to !== null) parts.push('"at" < @to');
  return parts.join(' AND ');
}

function timelineValues(ids: readonly string[], filter: TimelineFilter) {
  const text = filter.text.trim().replace(/[\\%_]/gu, '\\$&');
  return {
    ...{ id: ids[0] ?? '', ids: JSON.stringify(ids), kinds: JSON.stringify(filter.kinds) },
    ...{ text: `%${text}%`, from: filter.from, to: filter.to },
  };
}

export function createCustomerReads(db: Database): CustomerReads {
  const history = db.prepare<[object], Stored<FieldChangeView>>(customerSql.history);
  const relations = db.prepare<[object], Stored<RelationView>>(customerSql.relations);
  const dripAnswers = db.prepare<[object], DripAnswer>(customerSql.dripAnswers);
  const orderFacts = db.prepare<[object], { orders: number; minor: number; currency: string }>(
    customerSql.orderFacts,
  );
  const lists: Record<CustomerList, Statement<[object], ListedCustomer>> = {
    recent: db.prepare(customerSql.recent),
    newest: db.prepare(customerSql.newest),
    A: db.prepare(customerSql.A),
    B: db.prepare(customerSql.B),
    C: db.prepare(customerSql.C),
    doNotCall: db.prepare(customerSql.doNotCall),
  };
  /** Every combination of conditions is one statement, prepared when it is first asked for. */
  const prepared = new Map<string, Statement<[object]>>();
  function statement(sql: string): Statement<[object]> {
    const known = prepared.get(sql) ?? db.prepare<[object]>(sql);
    prepared.set(sql, known);
    return known;
  }

  return {
    timeline(ids, page) {
      const behind =
        page.before === null
          ? ''
          : page.beforeId === null
            ? ' AND "at" < @before'
            : ' AND ("at", "id") < (@before, @beforeId)';
      const sql = `SELECT "id", ${columnList('contact')} FROM contact
        WHERE ${timelineWhere(page, ids.length === 1)}${behind}
        ORDER BY "at" DESC, "id" DESC LIMIT +@limit`;
      const { before, beforeId, limit } = page;
      const values = { ...timelineValues(ids, page), before, beforeId, limit };
      return statement(sql).all(values) as TimelineEntry[];
    },
    timelineCounts(ids, filter) {
      const every = { ...filter, kinds: [] };
      const sql = `SELECT "kind", count(*) AS entries FROM contact
        WHERE ${timelineWhere(every, ids.length === 1)} GROUP BY "kind"`;
      const rows = statement(sql).all(timelineValues(ids, every)) as {
        kind: Kind;
        entries: number;
      }[];
      return Object.fromEntries(rows.map(({ kind, entries }) => [kind, entries]));
    },
    history: (ids, field, limit) =>
      shown<FieldChangeView>(history.all({ ids: JSON.stringify(ids), field, limit })),
    relations: (ids) => shown<RelationView>(relations.all({ ids: JSON.stringify(ids) })),
    dripAnswers: (ids) => dripAnswers.all({ ids: JSON.stringify(ids) }),
    orderFacts(ids, since) {
      const rows = orderFacts.all({ ids: JSON.stringify(ids), since });
      return {
        orders: rows.reduce((sum, row) => sum + row.orders, 0),
        sums: rows.map(({ minor, currency }) => ({ minor, currency })),
      };
    },
    list: (list, userId, limit) => lists[list].all({ userId, limit }),
  };
}

function shown<View extends { waiting: boolean }>(rows: Stored<View>[]): View[];
function shown(rows: { waiting: number }[]): { waiting: boolean }[] {
  return rows.map((row) => ({ ...row, waiting: row.waiting === 1 }));
}
