import type { Database } from 'better-sqlite3';
import type { DuplicatePair } from '#shared/contract/methods/quality.ts';
import { listedScore, scoreOf } from '#shared/domain/customers/duplicates.ts';
import { type Compared, createLikenessReads } from './likenessReads.ts';

/** Rows of an index read in one go. */
const rowsAtOnce = 2000;
/** Customers with one value that are compared with each other: a switchboard's number has hundreds. */
const mostInBlock = 40;
/** Namesakes that are looked at: the commonest names have thousands, told apart by birthday or address. */
const mostNamesakes = 5000;

export interface WalkPart<T> {
  found: T[];
  /** Where to go on; null at the end. */
  next: string | null;
  /** 0 to 1 */
  share: number;
}

interface PointRow {
  normal: string;
  customerId: string;
}

interface NameRow {
  nameKey: string;
  id: string;
  profile: string;
}

/** `points`: numbers, mail and postal addresses in their order; then `names`. */
interface Place {
  phase: 'points' | 'names';
  after: string;
}

export const duplicateSql = {
  points: `SELECT "normal", "customerId" FROM contact_point
    WHERE "normal" IS NOT NULL AND "normal" > ? AND "retired" = 0 ORDER BY "normal" LIMIT +?`,
  point: `SELECT "normal", "customerId" FROM contact_point
    WHERE "normal" = ? AND "retired" = 0 LIMIT +?`,
  names: `SELECT "nameKey", "id", "profile" FROM customer
    WHERE "nameKey" > ? ORDER BY "nameKey" LIMIT +?`,
  name: `SELECT "nameKey", "id", "profile" FROM customer WHERE "nameKey" = ? LIMIT +?`,
  settled: `SELECT 1 FROM not_duplicate WHERE "aId" = @a AND "bId" = @b
    UNION ALL SELECT 1 FROM not_duplicate WHERE "aId" = @b AND "bId" = @a LIMIT 1`,
  lastContact: `SELECT "at" FROM contact WHERE "customerId" = ? ORDER BY "at" DESC LIMIT 1`,
  lastName: 'SELECT max("nameKey") FROM customer',
};

/**
 * Pairs that look like one customer. Only those are compared that have a number, a mail or postal address in
 * common, or the name and the birthday: a million customers would make half a billion pairs for each of them.
 */
export function createDuplicateWalk(db: Database) {
  const points = db.prepare<[string, number], PointRow>(duplicateSql.points);
  const point = db.prepare<[string, number], PointRow>(duplicateSql.point);
  const names = db.prepare<[string, number], NameRow>(duplicateSql.names);
  const name = db.prepare<[string, number], NameRow>(duplicateSql.name);
  const settled = db.prepare<[{ a: string; b: string }], number>(duplicateSql.settled);
  const lastContact = db.prepare<[string], number>(duplicateSql.lastContact).pluck();
  const { likenessOf } = createLikenessReads(db);

  function pairsOf(ids: Iterable<string>): DuplicatePair[] {
    const customers = new Map<string, Compared>();
    for (const id of ids) {
      if (customers.size >= mostInBlock) break;
      const likeness = likenessOf(id);
      if (likeness) customers.set(likeness.customerId, likeness);
    }
    const all = [...customers.values()];
    return all.flatMap((a, index) => all.slice(index + 1).flatMap((b) => pairOf(a, b)));
  }

  function pairOf(a: Compared, b: Compared): DuplicatePair[] {
    const { score, reasons } = scoreOf(a, b);
    if (score < listedScore) return [];
    if (settled.get({ a: a.customerId, b: b.customerId })) return [];
    return [{ a: shown(a), b: shown(b), score, reasons }];
  }

  function shown({ customerId, name: called, kind, valueClass, reach, birthday }: Compared) {
    const lastContactAt = lastContact.get(customerId) ?? null;
    return { customerId, name: called, kind, valueClass, reach, birthday, lastContactAt };
  }

  function pointsFrom(after: string): WalkPart<DuplicatePair> {
    const rows = points.all(after, rowsAtOnce);
    const last = rows.at(-1)?.normal;
    if (last === undefined) return { found: [], next: placeText('names', ''), share: 0.5 };
    const blocks = Map.groupBy(rows, ({ normal }) => normal);
    // The last value may go on behind what was read.
    if (rows.length === rowsAtOnce) blocks.set(last, point.all(last, mostInBlock * 4));
    const found: DuplicatePair[] = [];
    for (const block of blocks.values()) {
      if (block.length > 1) found.push(...pairsOf(new Set(block.map((row) => row.customerId))));
    }
    return { found, next: placeText('points', last), share: shareOfNumbers(last) / 2 };
  }

  function namesFrom(after: string): WalkPart<DuplicatePair> {
    const rows = names.all(after, rowsAtOnce);
    const last = rows.at(-1)?.nameKey;
    if (last === undefined) return { found: [], next: null, share: 1 };
    const blocks = Map.groupBy(rows, ({ nameKey }) => nameKey);
    if (rows.length === rowsAtOnce) blocks.set(last, name.all(last, mostNamesakes));
    const found = [...blocks.values()].flatMap(namesakes);
    return { found, next: placeText('names', last), share: 0.5 + shareOfName(last) / 2 };
  }

  /** The same name says little; with the same birthday it says much. */
  function namesakes(rows: NameRow[]): DuplicatePair[] {
    if (rows.length < 2) return [];
    const byBirthday = Map.groupBy(rows, ({ profile }) => birthdayIn(profile));
    byBirthday.delete(null);
    return [...byBirthday.values()].flatMap((same) =>
      same.length > 1 ? pairsOf(same.map(({ id }) => id)) : [],
    );
  }

  return {
    /** A part of the walk behind `cursor`, for as long as `budgetMs`. Throws where no walk gave this cursor. */
    walk(cursor: string | null, budgetMs: number): WalkPart<DuplicatePair> {
      const until = performance.now() + budgetMs;
      const found = new Map<string, DuplicatePair>();
      let part: WalkPart<DuplicatePair> = {
        found: [],
        next: cursor ?? placeText('points', ''),
        share: 0,
      };
      do {
        const { phase, after } = placeOf(part.next ?? '');
        part = phase === 'points' ? pointsFrom(after) : namesFrom(after);
        for (const one of part.found) found.set(`${one.a.customerId}/${one.b.customerId}`, one);
      } while (part.next !== null && performance.now() < until);
      return { ...part, found: [...found.values()].sort((a, b) => b.score - a.score) };
    },
  };
}

function placeText(phase: Place['phase'], after: string): string {
  return `${phase}:${after}`;
}

function placeOf(text: string): Place {
  const [phase] = text.split(':', 1);
  return {
    phase: phase === 'names' ? 'names' : 'points',
    after: text.slice((phase ?? '').length + 1),
  };
}

const birthdayPattern = /"birthday":\{[^}]*"value":"(\d{4}-\d\d-\d\d)"/;

function birthdayIn(profile: string): string | null {
  return birthdayPattern.exec(profile)?.[1] ?? null;
}

/** How far a walk in the order of the texts is, about: numbers by their first digits, others are few. */
function shareOfNumbers(normal: string): number {
  const digits = /^\+(\d{1,8})/.exec(normal)?.[1];
  return digits === undefined ? 0.95 : Number(`0.${digits}`);
}

/** By the first character: Latin first, then Chinese in the order of their code points. */
function shareOfName(nameKey: string): number {
  const code = nameKey.codePointAt(0) ?? 0;
  if (code < 0x4e00) return Math.min(0.1, code / 0x4e00);
  return Math.min(1, 0.1 + (0.9 * (code - 0x4e00)) / 0x5200);
}
