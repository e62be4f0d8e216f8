import type { Database } from 'better-sqlite3';
import {
  maxBulk,
  type TicketQuery,
  type TicketRow,
  type TicketSort,
} from '#shared/contract/methods/ticketLists.ts';
import { rowsOf } from '../reads/rows.ts';
import { waitingSql, winnerSql } from '../reads/sqlParts.ts';
import { type Looker, testsOf } from './ticketFilter.ts';
import { type Order, orderBy } from './ticketOrder.ts';
import { createTicketTable } from './ticketTable.ts';

export interface ListWish extends TicketQuery {
  looker: Looker;
  from: number;
  count: number;
  /** Names of categories and queues in the language of whoever looks, to sort by. */
  names: Record<'categories' | 'queues' | 'teams', Record<string, string>>;
}

export interface ListPart {
  total: number;
  rows: TicketRow[];
}

const rowColumns = [
  'id',
  'no',
  'type',
  'categoryId',
  'priority',
  'state',
  'subject',
  'customerId',
  'queueId',
  'ownerId',
  'firstContactName',
  'createdAt',
  'dueAt',
  'closedAt',
  'tags',
  'escalation',
  'reopened',
];

const rowsSql = `SELECT ${rowColumns.map((name) => `t."${name}"`).join(', ')},
    c."name" AS customerName, c."valueClass" AS customerClass,
    u."name" AS ownerName, u."teamId" AS teamId, ${waitingSql('ticket', 't')}
  FROM json_each(?) wanted
  JOIN ticket t ON t."id" = wanted.value
  LEFT JOIN customer c ON c."id" = ${winnerSql('t."customerId"')}
  LEFT JOIN "user" u ON u."id" = t."ownerId"
  ORDER BY wanted.key`;

/** Orders and answers that are kept: whoever scrolls asks for the same again and again. */
const mostKept = 4;
/** `overdue` and `soon` move with the time; so long an answer stands, ms. */
const standsMs = 15_000;

/** Lists of tickets, as the worker answers them. */
export function createTicketList(db: Database) {
  let table: ReturnType<typeof createTicketTable> | null = null;
  const rowsAt = db.prepare<[string], Record<string, unknown>>(rowsSql);
  const shown = rowsOf<TicketRow>('ticket');
  const orders = new Map<string, Order>();
  const answers = new Map<string, Uint32Array>();
  let version = -1;

  function ready() {
    table ??= createTicketTable(db);
    table.refresh();
    if (table.version !== version) {
      version = table.version;
      orders.clear();
      answers.clear();
    }
    return table;
  }

  function ordered(by: TicketSort['by'], { categories, queues, teams }: ListWish['names']): Order {
    return remembered(orders, by, () =>
      orderBy(ready(), by, {
        category: (id) => categories[id] ?? id,
        queue: (id) => queues[id] ?? id,
        team: (id) => teams[id] ?? id,
      }),
    );
  }

  function found(wish: Omit<ListWish, 'from' | 'count'>): Uint32Array {
    const { filter, sort, looker, names } = wish;
    const now = Math.floor(looker.now / standsMs) * standsMs;
    const rows = ready();
    const key = JSON.stringify([filter, sort, looker.userId, filter.due ? now : 0]);
    return remembered(answers, key, () => {
      const rowsInOrder = inOrder(ordered(sort.by, names), sort.descending);
      const tests = testsOf(rows, filter, { ...looker, now: filter.due ? looker.now : now });
      return tests.reduce(kept, rowsInOrder);
    });
  }

  function idsAt(rows: Uint32Array): string[] {
    return Array.from(rows, (row) => table?.ids[row] ?? '');
  }

  return {
    query(wish: ListWish): ListPart {
      const rows = found(wish);
      const ids = idsAt(rows.subarray(wish.from, wish.from + wish.count));
      return { total: rows.length, rows: shown(rowsAt.all(JSON.stringify(ids))) };
    },
    ids(wish: Omit<ListWish, 'from' | 'count'>): { total: number; ids: string[] } {
      const rows = found(wish);
      return { total: rows.length, ids: idsAt(rows.subarray(0, maxBulk)) };
    },
    /** Tags in use, most used first. */
    tags(): string[] {
      const uses = new Map<string, number>();
      for (const tags of ready().tags) {
        for (const tag of tags ?? []) uses.set(tag, (uses.get(tag) ?? 0) + 1);
      }
      return [...uses].sort((a, b) => b[1] - a[1]).map(([tag]) => tag);
    },
  };
}

function remembered<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  const oldest = map.size >= mostKept ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
  map.set(key, made);
  return made;
}

/** A copy: what a test leaves is written over it. */
function inOrder({ valued, without }: Order, descending: boolean): Uint32Array {
  const rows = new Uint32Array(valued.length + without.length);
  rows.set(valued);
  if (descending) rows.subarray(0, valued.length).reverse();
  rows.set(without, valued.length);
  return rows;
}

/** One test at a time over all that are left: a tight loop is several times as fast as all tests for each row. */
function kept(rows: Uint32Array, test: (row: number) => boolean): Uint32Array {
  let count = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] ?? 0;
    if (!test(row)) continue;
    rows[count] = row;
    count += 1;
  }
  return rows.subarray(0, count);
}
