import type { Database } from 'better-sqlite3';
import type { Candidate } from '#shared/contract/models/records.ts';
import { classifyMatch } from '#shared/domain/numbers/match.ts';
import { parseNumber } from '#shared/domain/numbers/parse.ts';
import type { HomeCountry, ParsedNumber } from '#shared/domain/numbers/types.ts';
import { byOpenOfCustomer, isOpenTicket } from './sqlParts.ts';

/** Enough to choose from; a number that more customers share is a switchboard's. */
const maxCandidates = 20;
/** Rows looked at to find them: the newest contact decides who is shown. */
const rowsRead = 200;

type Named = Pick<Candidate, 'customerId' | 'name'>;
type Row = Omit<Candidate, 'certainty'> & {
  raw: string;
  extension: string | null;
};

export const candidateColumns = `c."id" AS customerId, c."name", c."kind", c."valueClass",
    (SELECT "at" FROM contact WHERE "customerId" = c."id" ORDER BY "at" DESC LIMIT 1)
      AS lastContactAt,
    (SELECT count(*) FROM ticket ${byOpenOfCustomer} WHERE "customerId" = c."id" AND ${isOpenTicket}) AS openTickets,
    (SELECT "raw" FROM contact_point
      WHERE "customerId" = c."id" AND "kind" = 'address' AND "retired" = 0 LIMIT 1) AS place`;

/** A number of a merged customer leads to the one that stands for it. */
const select = `SELECT ${candidateColumns}, p."verifiedOn", p."raw", p."extension"
  FROM contact_point p LEFT JOIN customer_group g ON g."loserId" = p."customerId"
  JOIN customer c ON c."id" = coalesce(g."winnerId", p."customerId")`;

export const candidateSql = {
  exact: `${select} WHERE p."normal" = ? AND p."kind" = 'phone' AND p."retired" = 0
    LIMIT ${rowsRead}`,
  suffix: `${select} WHERE p."suffixKey" = ? AND p."kind" = 'phone' AND p."retired" = 0
    LIMIT ${rowsRead}`,
  named: `SELECT c."id" AS customerId, c."name", p."extension"
    FROM contact_point p LEFT JOIN customer_group g ON g."loserId" = p."customerId"
    JOIN customer c ON c."id" = coalesce(g."winnerId", p."customerId")
    WHERE p."normal" = ? AND p."kind" = 'phone' AND p."retired" = 0 LIMIT ${rowsRead}`,
  owners: `SELECT "customerId", "extension" FROM contact_point
    WHERE "normal" = ? AND "kind" = 'phone' AND "retired" = 0 LIMIT ${rowsRead}`,
  losers: 'SELECT "loserId" FROM customer_group WHERE "winnerId" = ? LIMIT 500',
  ofRecord: `SELECT (SELECT "at" FROM contact WHERE "customerId" = @id ORDER BY "at" DESC LIMIT 1)
      AS lastContactAt,
    (SELECT count(*) FROM ticket ${byOpenOfCustomer} WHERE "customerId" = @id AND ${isOpenTicket}) AS openTickets`,
};

export function createCandidateReads(db: Database, home: () => HomeCountry) {
  const exact = db.prepare<[string], Row>(candidateSql.exact);
  const suffix = db.prepare<[string], Row>(candidateSql.suffix);

  const named = db.prepare<[string], Named & Pick<Row, 'extension'>>(candidateSql.named);
  const owners = db.prepare<[string], Pick<Row, 'customerId' | 'extension'>>(candidateSql.owners);
  const losers = db.prepare<[string], string>(candidateSql.losers).pluck();
  const ofRecord = db.prepare<[{ id: string }], Pick<Candidate, 'lastContactAt' | 'openTickets'>>(
    candidateSql.ofRecord,
  );

  /** With what those merged into it bring along. */
  function whole(candidate: Candidate): Candidate {
    for (const id of losers.all(candidate.customerId)) {
      const more = ofRecord.get({ id });
      candidate.openTickets += more?.openTickets ?? 0;
      if ((more?.lastContactAt ?? 0) > (candidate.lastContactAt ?? 0)) {
        candidate.lastContactAt = more?.lastContactAt ?? null;
      }
    }
    return candidate;
  }

  return {
    candidates(number: ParsedNumber): Candidate[] {
      const { exactKey, suffixKey } = number.matchKeys;
      const found = new Map<string, Candidate>();
      for (const row of exactKey === undefined ? [] : exact.all(exactKey)) {
        const certainty = extensionsDiffer(number, row) ? 'maybe' : 'exact';
        if (found.get(row.customerId)?.certainty === 'exact') continue;
        found.set(row.customerId, candidateOf(row, certainty));
      }
      // Whoever has the very number leaves no room for those who share its last digits.
      const isKnown = [...found.values()].some(({ certainty }) => certainty === 'exact');
      for (const row of isKnown || suffixKey === undefined ? [] : suffix.all(suffixKey)) {
        if (found.has(row.customerId)) continue;
        if (classifyMatch(number, parseNumber(row.raw, home())) === 'none') continue;
        found.set(row.customerId, candidateOf(row, 'maybe'));
      }
      const all = [...found.values()];
      for (const one of all) whole(one);
      return all.sort(exactAndRecentFirst).slice(0, maxCandidates);
    },
    soleOwner(number: ParsedNumber): string | null {
      const { exactKey } = number.matchKeys;
      const rows = exactKey === undefined ? [] : owners.all(exactKey);
      const [first, ...others] = rows.filter((row) => !extensionsDiffer(number, row));
      const isSole = others.every(({ customerId }) => customerId === first?.customerId);
      return first && isSole ? first.customerId : null;
    },
    customersWith(number: ParsedNumber): Named[] {
      const { exactKey } = number.matchKeys;
      const found = new Map<string, Named>();
      for (const row of exactKey === undefined ? [] : named.all(exactKey)) {
        const { customerId, name } = row;
        if (!extensionsDiffer(number, row)) found.set(customerId, { customerId, name });
      }
      return [...found.values()];
    },
  };
}

function extensionsDiffer(number: ParsedNumber, row: Pick<Row, 'extension'>): boolean {
  return (
    number.extension !== undefined && row.extension !== null && row.extension !== number.extension
  );
}

function candidateOf(row: Row, certainty: Candidate['certainty']): Candidate {
  const { customerId, name, kind, valueClass, lastContactAt, openTickets, place, verifiedOn } = row;
  return {
    customerId,
    name,
    kind,
    valueClass,
    certainty,
    lastContactAt,
    openTickets,
    place,
    verifiedOn,
  };
}

function exactAndRecentFirst(a: Candidate, b: Candidate): number {
  if (a.certainty !== b.certainty) return a.certainty === 'exact' ? -1 : 1;
  return (b.lastContactAt ?? 0) - (a.lastContactAt ?? 0);
}
