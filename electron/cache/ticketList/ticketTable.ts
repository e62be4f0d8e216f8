import type { Database } from 'better-sqlite3';
import { foldText } from '#shared/domain/text/text.ts';
import { ticketPriorities, ticketStates, ticketTypes } from '#shared/domain/tickets/ticket.ts';

/** Codes of texts that come again and again; 0 is null. */
export interface Codes {
  readonly values: readonly (string | null)[];
  of(value: string | null): number;
  /** Code of a text that is there, else -1. */
  known(value: string | null): number;
}

function createCodes(first: readonly string[] = []): Codes {
  const values: (string | null)[] = [null, ...first];
  const codes = new Map(values.map((value, code) => [value, code]));
  return {
    values,
    of(value) {
      const known = codes.get(value);
      if (known !== undefined) return known;
      codes.set(value, values.length);
      values.push(value);
      return values.length - 1;
    },
    known: (value) => codes.get(value) ?? -1,
  };
}

/** Columns that hold codes. */
const codedColumns = [
  'state',
  'type',
  'priority',
  'categoryId',
  'queueId',
  'ownerId',
  'firstContactId',
  'firstContactName',
] as const;
export type CodedColumn = (typeof codedColumns)[number];
export const timeColumns = ['createdAt', 'dueAt', 'closedAt'] as const;
export type TimeColumn = (typeof timeColumns)[number];

type RawRow = (string | number | null)[];

const listed = [
  'id',
  ...codedColumns,
  ...timeColumns,
  'no',
  'subject',
  'customerId',
  'tags',
  'watcherIds',
  'mergedInto',
];
const select = `SELECT ${listed.map((name) => `"${name}"`).join(', ')} FROM ticket`;
/** Touched tickets are read one by one up to so many; beyond, the whole table is read anew. */
const mostTouched = 5_000;

/** Names and classes of customers and users are read anew at most so often, ms. */
const peopleMs = 60_000;

export interface Customer {
  name: string;
  valueClass: string;
  /** As a search looks for it. */
  folded: string;
}

export interface User {
  name: string;
  teamId: string | null;
}

/**
 * What lists of tickets are filtered and sorted by, column by column, in memory: a look at 100,000 of them takes
 * milliseconds whichever way they are filtered. Follows the table of the cache by the tickets that were touched.
 */
export interface TicketTable {
  readonly count: number;
  /** Grows with every change of what is in here. */
  readonly version: number;
  readonly ids: readonly string[];
  readonly codes: Readonly<Record<CodedColumn, Codes>>;
  readonly coded: Readonly<Record<CodedColumn, readonly number[]>>;
  /** NaN: null. */
  readonly times: Readonly<Record<TimeColumn, readonly number[]>>;
  readonly no: readonly string[];
  readonly subject: readonly string[];
  /** False: gone, or part of another ticket. */
  readonly stands: readonly boolean[];
  readonly tags: readonly (readonly string[] | null)[];
  readonly watchers: readonly (readonly string[] | null)[];
  refresh(): void;
  customer(row: number): Customer | null;
  users(): ReadonlyMap<string, User>;
  /** Number and subject as a search looks for them. */
  text(row: number): string;
}

export function createTicketTable(db: Database): TicketTable {
  const all = db.prepare<[], RawRow>(select).raw();
  const one = db.prepare<[string], RawRow>(`${select} WHERE "id" = ?`).raw();
  const lastTouched = db.prepare<[], number>(`SELECT max("seq") FROM ticket_touched`).pluck();
  const touched = db
    .prepare<[number, number], string>(
      `SELECT DISTINCT "ticketId" FROM ticket_touched WHERE "seq" > ? AND "seq" <= ?`,
    )
    .pluck();
  const forget = db.prepare<[number]>(`DELETE FROM ticket_touched WHERE "seq" <= ?`);
  const customerOf = db
    .prepare<[], [string, string, string]>(`
    SELECT t."customerId", c."name", c."valueClass"
      FROM (SELECT DISTINCT "customerId" FROM ticket WHERE "customerId" IS NOT NULL) t
      JOIN customer c ON c."id" = coalesce(
        (SELECT "winnerId" FROM customer_group WHERE "loserId" = t."customerId"), t."customerId")`)
    .raw();
  const everybody = db
    .prepare<[], [string, string, string | null]>(`SELECT "id", "name", "teamId" FROM "user"`)
    .raw();
  const dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck();
  const ownChanges = db.prepare<[], number>('SELECT total_changes()').pluck();

  const rowOf = new Map<string, number>();
  const ids: string[] = [];
  const codes = codesOf();
  const coded = listsOf<CodedColumn, number>(codedColumns);
  const times = listsOf<TimeColumn, number>(timeColumns);
  const no: string[] = [];
  const subject: string[] = [];
  const customerIds: (string | null)[] = [];
  const stands: boolean[] = [];
  const tags: (readonly string[] | null)[] = [];
  const watchers: (readonly string[] | null)[] = [];
  const texts: (string | undefined)[] = [];
  let customers: Map<string, Customer> | null = null;
  let users: Map<string, User> | null = null;
  let seenSeq: number | null = null;
  let seenWord = '';
  let version = 0;
  let peopleUntil = 0;

  function put(raw: RawRow): void {
    const id = String(raw[0]);
    const row = rowOf.get(id) ?? ids.length;
    rowOf.set(id, row);
    ids[row] = id;
    let at = 1;
    for (const name of codedColumns) {
      coded[name][row] = codes[name].of(textOf(raw[at]));
      at += 1;
    }
    for (const name of timeColumns) {
      const value = raw[at];
      times[name][row] = typeof value === 'number' ? value : Number.NaN;
      at += 1;
    }
    no[row] = textOf(raw[at]) ?? '';
    subject[row] = textOf(raw[at + 1]) ?? '';
    customerIds[row] = textOf(raw[at + 2]);
    tags[row] = listOf(raw[at + 3]);
    watchers[row] = listOf(raw[at + 4]);
    stands[row] = raw[at + 5] === null;
    texts[row] = undefined;
  }

  function load(upTo: number): void {
    stands.fill(false);
    for (const raw of all.iterate()) put(raw);
    if (upTo > mostTouched) forget.run(upTo);
  }

  function follow(from: number, upTo: number): void {
    const changed = upTo - from > mostTouched ? null : touched.all(from, upTo);
    if (!changed) {
      load(upTo);
      return;
    }
    for (const id of changed) {
      const raw = one.get(id);
      const row = rowOf.get(id);
      if (raw) put(raw);
      else if (row !== undefined) stands[row] = false;
    }
  }

  return {
    get count() {
      return ids.length;
    },
    get version() {
      return version;
    },
    ids,
    codes,
    coded,
    times,
    no,
    subject,
    stands,
    tags,
    watchers,
    refresh() {
      const word = `${dataVersion.get()} ${ownChanges.get()}`;
      if (word === seenWord) return;
      const upTo = lastTouched.get() ?? seenSeq ?? 0;
      if (seenSeq === null) load(upTo);
      else if (upTo > seenSeq) follow(seenSeq, upTo);
      if (upTo !== seenSeq) version += 1;
      seenSeq = Math.max(upTo, seenSeq ?? 0);
      seenWord = `${dataVersion.get()} ${ownChanges.get()}`;
      if (performance.now() >= peopleUntil) {
        customers = null;
        users = null;
        peopleUntil = performance.now() + peopleMs;
        version += 1;
      }
    },
    customer(row) {
      customers ??= readCustomers();
      const id = customerIds[row];
      return id == null ? null : (customers.get(id) ?? null);
    },
    users() {
      users ??= new Map(
        everybody.all().map(([id, name, teamId]) => [id, { name, teamId }] as const),
      );
      return users;
    },
    text(row) {
      const known = texts[row];
      if (known !== undefined) return known;
      const made = foldText(`${no[row]} ${subject[row]}`);
      texts[row] = made;
      return made;
    },
  };

  function readCustomers(): Map<string, Customer> {
    return new Map(
      customerOf
        .all()
        .map(
          ([id, name, valueClass]) => [id, { name, valueClass, folded: foldText(name) }] as const,
        ),
    );
  }
}

function codesOf(): Record<CodedColumn, Codes> {
  return {
    // In their own order, which is how they are sorted.
    state: createCodes(ticketStates),
    type: createCodes(ticketTypes),
    priority: createCodes(ticketPriorities),
    categoryId: createCodes(),
    queueId: createCodes(),
    ownerId: createCodes(),
    firstContactId: createCodes(),
    firstContactName: createCodes(),
  };
}

function listsOf<K extends string, V>(names: readonly K[]): Record<K, V[]> {
  return Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<K, V[]>;
}

function textOf(value: RawRow[number] | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** Most have none. */
function listOf(json: RawRow[number] | undefined): readonly string[] | null {
  return typeof json !== 'string' || json === '[]' ? null : JSON.parse(json);
}
