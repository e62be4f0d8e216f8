import type { Database } from 'better-sqlite3';
import { createGroupReads } from '../records/customerGroups.ts';
import { type SearchedKind, searchedKinds } from '../records/searchDue.ts';
import { addGrams } from './grams.ts';
import {
  type CustomerRow,
  customerTexts,
  type PointRow,
  type SearchText,
  type TicketRow,
  textOf,
  ticketTexts,
} from './searchTexts.ts';

/** Rows read and cut before they are written, with no lock held; a writer waits only for the writing. */
const rowsAtOnce = 400;

export const customerTextSql = {
  row: `SELECT "key", "id", "name", "no", "kind", "valueClass", "profile", "pinnedNote"
    FROM customer WHERE "id" = ?`,
  points: `SELECT "customerId", "kind", "raw", "normal" FROM contact_point
    WHERE "customerId" = ? AND "retired" = 0 LIMIT 200`,
  ticket: `SELECT "rowid" AS key, "id", "no", "subject", "description" FROM ticket WHERE "id" = ?`,
  notes: `SELECT "note" FROM ticket_event WHERE "ticketId" = ? AND "note" IS NOT NULL
    ORDER BY "at", "id" LIMIT 100`,
  wrapUp: `SELECT "rowid" AS key, "notes" FROM wrap_up WHERE "id" = ?`,
};

/** What a search waits for at most: who was written a moment ago is found, a first build is not waited for. */
const rowsBeforeSearch = 50;

export interface SearchIndex {
  /** Indexes a slice of what changed, then of what was never indexed; false when all is up to date. */
  indexSome(): boolean;
  /** Indexes what was just written, if that is little. True where more is left. */
  catchUp(): boolean;
}

/** What a row of an index is to hold; `grams` null: nothing. */
interface Entry {
  key: number;
  grams: string | null;
}

/** A record that was looked up, and its entries: a loser's row goes, its winner's holds the texts of both. */
type Read = (id: string) => Entry[];

/** Keeps the full-text indexes equal to the records, a slice at a time; a slice that was cut short is done again. */
export function createSearchIndex(db: Database): SearchIndex {
  const due = db
    .prepare<[string, number], string>('SELECT "id" FROM search_due WHERE "kind" = ? LIMIT +?')
    .pluck();
  const done = db.prepare('DELETE FROM search_due WHERE "kind" = ? AND "id" = ?');
  const upTo = db
    .prepare<[string], number>('SELECT "upTo" FROM search_built WHERE "kind" = ?')
    .pluck();
  const advance = db.prepare('UPDATE search_built SET "upTo" = ? WHERE "kind" = ?');
  const kinds = {
    customer: kindOf(db, 'customer', 'search_customer', customerReader(db)),
    ticket: kindOf(db, 'ticket', 'search_ticket', ticketReader(db)),
    wrapUp: kindOf(db, 'wrap_up', 'search_wrap_up', wrapUpReader(db)),
  };

  const changed = db.transaction((kind: SearchedKind, limit: number): number => {
    const ids = due.all(kind, limit);
    for (const id of ids) {
      for (const entry of kinds[kind].read(id)) kinds[kind].write(entry);
      done.run(kind, id);
    }
    return ids.length;
  });

  const version = () => db.pragma('data_version', { simple: true });

  /** The texts were cut outside of this transaction; where somebody wrote meanwhile, they are cut anew in it. */
  const write = db.transaction((kind: SearchedKind, seen: unknown, from: number, cut: Slice) => {
    const { entries, last } = version() === seen ? cut : slice(kind, from);
    for (const entry of entries) kinds[kind].write(entry);
    if (last !== null) advance.run(last, kind);
  });

  function slice(kind: SearchedKind, from: number): Slice {
    const rows = kinds[kind].behind(from, rowsAtOnce);
    const entries = rows.flatMap(({ id }) => kinds[kind].read(id));
    return { entries, last: rows.at(-1)?.key ?? null };
  }

  function build(kind: SearchedKind): boolean {
    const seen = version();
    const from = upTo.get(kind) ?? 0;
    const cut = slice(kind, from);
    if (cut.last === null) return false;
    write.immediate(kind, seen, from, cut);
    return true;
  }

  function indexSome(): boolean {
    const noted = searchedKinds.find((kind) => due.get(kind, 1) !== undefined);
    if (noted) return changed.immediate(noted, rowsAtOnce) > 0;
    return searchedKinds.some(build);
  }

  function catchUp(kind: SearchedKind): boolean {
    const isDue = due.get(kind, 1) !== undefined;
    if (isDue && changed.immediate(kind, rowsBeforeSearch) === rowsBeforeSearch) return true;
    const behind = kinds[kind].behind(upTo.get(kind) ?? 0, rowsBeforeSearch + 1).length;
    if (behind > 0 && behind <= rowsBeforeSearch) build(kind);
    return behind > rowsBeforeSearch;
  }

  return {
    indexSome,
    catchUp: () => searchedKinds.map(catchUp).some((more) => more),
  };
}

/** Rows of a kind in the order of their rowids, cut. */
interface Slice {
  entries: Entry[];
  last: number | null;
}

function kindOf(db: Database, table: string, index: string, read: Read) {
  const put = db.prepare(`INSERT OR REPLACE INTO ${index} ("rowid", "grams") VALUES (?, ?)`);
  const drop = db.prepare(`DELETE FROM ${index} WHERE "rowid" = ?`);
  const behind = db.prepare<[number, number], { key: number; id: string }>(
    `SELECT "rowid" AS key, "id" FROM ${table} WHERE "rowid" > ? ORDER BY "rowid" LIMIT +?`,
  );
  return {
    read,
    write({ key, grams }: Entry): void {
      if (grams === null) drop.run(key);
      else put.run(key, grams);
    },
    behind: (from: number, limit: number) => behind.all(from, limit),
  };
}

function customerReader(db: Database): Read {
  const customer = db.prepare<[string], CustomerRow>(customerTextSql.row);
  const points = db.prepare<[string], PointRow>(customerTextSql.points);
  const groups = createGroupReads(db);

  return (id) => {
    const entries: Entry[] = [];
    const own = customer.get(id);
    if (!own) return entries;
    const [winnerId = id, ...losers] = groups.groupOf(id);
    const winner = winnerId === id ? own : customer.get(winnerId);
    // The winner has not come yet: until then the loser is found by itself.
    if (!winner) return [{ key: own.key, grams: gramsOf(customerTexts(own, points.all(id))) }];
    if (winnerId !== id) entries.push({ key: own.key, grams: null });
    const texts = customerTexts(winner, points.all(winnerId));
    for (const loserId of losers) {
      const loser = customer.get(loserId);
      if (loser) texts.push(...customerTexts(loser, points.all(loserId)));
    }
    entries.push({ key: winner.key, grams: gramsOf(texts) });
    return entries;
  };
}

function ticketReader(db: Database): Read {
  const ticket = db.prepare<[string], TicketRow>(customerTextSql.ticket);
  const notes = db.prepare<[string], string>(customerTextSql.notes).pluck();
  return (id) => {
    const row = ticket.get(id);
    return row ? [{ key: row.key, grams: gramsOf(ticketTexts(row, notes.all(id))) }] : [];
  };
}

function wrapUpReader(db: Database): Read {
  const wrapUp = db.prepare<[string], { key: number; notes: string }>(customerTextSql.wrapUp);
  return (id) => {
    const row = wrapUp.get(id);
    return row ? [{ key: row.key, grams: gramsOf([textOf('note', row.notes)]) }] : [];
  };
}

function gramsOf(texts: readonly SearchText[]): string {
  const grams = new Set<string>();
  for (const { folded, sounds } of texts) {
    addGrams(folded, grams);
    for (const { full, initials } of sounds) {
      addGrams(full, grams);
      addGrams(initials, grams);
    }
  }
  return [...grams].join(' ');
}
