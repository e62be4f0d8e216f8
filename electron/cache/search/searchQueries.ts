import type { Database } from 'better-sqlite3';
import type { Candidate, SearchHit } from '#shared/contract/models.ts';
import { foldText } from '#shared/domain/text.ts';
import { candidateColumns } from '../reads/candidateReads.ts';
import { quoted, type SearchTerms, searchTerms } from './searchTerms.ts';

/** Hits looked at before they are ranked: a fragment such as "138" fits a third of all customers. */
const poolSize = 300;

type Hit = Omit<SearchHit, 'hint'> & { nameKey: string };
type Similar = Omit<Candidate, 'certainty'> & { exact: number };

interface Point {
  kind: string;
  raw: string;
  normal: string | null;
}

const hitColumns = 'c."id" AS customerId, c."name", c."valueClass", c."kind", c."nameKey"';
const ranked = `ORDER BY "nameKey" = @folded DESC, substr("nameKey", 1, length(@folded)) = @folded DESC,
  length("nameKey"), "nameKey" LIMIT @limit`;
const inLong = `SELECT "rowid" FROM search_trigram WHERE search_trigram MATCH @long`;
const inShort = `SELECT "rowid" FROM search_bigram WHERE search_bigram MATCH @short`;

function poolOf(keys: string): string {
  return `SELECT * FROM (SELECT ${hitColumns} FROM customer c WHERE c."key" IN (
    SELECT "rowid" FROM (${keys}) LIMIT ${poolSize})) ${ranked}`;
}

export const searchSql = {
  long: poolOf(inLong),
  short: poolOf(inShort),
  both: poolOf(`${inLong} AND "rowid" IN (${inShort})`),
  leading: `SELECT ${hitColumns} FROM customer c
    WHERE c."nameKey" >= @folded AND c."nameKey" < @folded || char(1114111)
    ORDER BY c."nameKey" LIMIT @limit`,
  equal: `SELECT ${hitColumns} FROM customer c WHERE c."nameKey" = @folded LIMIT @limit`,
  points: `SELECT "kind", "raw", "normal" FROM contact_point
    WHERE "customerId" = ? AND "retired" = 0 LIMIT 50`,
  similar: `SELECT ${candidateColumns}, NULL AS verifiedOn,
      EXISTS (SELECT 1 FROM contact_point WHERE "customerId" = c."id" AND "normal" = @numberKey)
        AS exact
    FROM customer c WHERE c."id" IN (SELECT "value" FROM json_each(@ids))`,
  byNumber: `SELECT "customerId" FROM contact_point
    WHERE "normal" = @numberKey AND "kind" = 'phone' LIMIT 50`,
};

interface HitParameters {
  folded: string;
  limit: number;
  long: string;
  short: string;
}

export function createSearchQueries(db: Database) {
  const select = {
    long: db.prepare<[HitParameters], Hit>(searchSql.long),
    short: db.prepare<[HitParameters], Hit>(searchSql.short),
    both: db.prepare<[HitParameters], Hit>(searchSql.both),
    leading: db.prepare<[HitParameters], Hit>(searchSql.leading),
    equal: db.prepare<[HitParameters], Hit>(searchSql.equal),
  };
  const points = db.prepare<[string], Point>(searchSql.points);
  const similar = db.prepare<[{ ids: string; numberKey: string | null }], Similar>(
    searchSql.similar,
  );
  const byNumber = db.prepare<[{ numberKey: string }], string>(searchSql.byNumber).pluck();

  function hits(terms: SearchTerms, limit: number): Hit[] {
    const parameters: HitParameters = {
      folded: terms.folded,
      limit,
      long: terms.long.map(quoted).join(' AND '),
      short: terms.short.map(quoted).join(' AND '),
    };
    // Names that begin so are ranked first, even where the pool is too small to hold them all.
    const found = new Map<string, Hit>();
    const add = (rows: Hit[]) => {
      for (const hit of rows) if (!found.has(hit.customerId)) found.set(hit.customerId, hit);
    };
    add(select.equal.all(parameters));
    if (!terms.digits) add(select.leading.all(parameters));
    if (found.size < limit && kindOf(terms)) add(select[kindOf(terms) ?? 'long'].all(parameters));
    return [...found.values()].slice(0, limit);
  }

  function hintOf(customerId: string, terms: SearchTerms): string | null {
    const known = points.all(customerId);
    const matching = known.find((point) => fits(point, terms));
    return (matching ?? known.find(({ kind }) => kind === 'phone') ?? known[0])?.raw ?? null;
  }

  return {
    customers(text: string, limit: number): SearchHit[] {
      const terms = searchTerms(text);
      if (!terms) return [];
      return hits(terms, limit).map(({ nameKey: _, ...hit }) => ({
        ...hit,
        hint: hintOf(hit.customerId, terms),
      }));
    },
    similar(name: string, numberKey: string | null, limit: number): Candidate[] {
      const ids = new Set(numberKey === null ? [] : byNumber.all({ numberKey }));
      const terms = [...foldText(name)].length >= 2 ? searchTerms(name) : null;
      if (terms) for (const hit of hits(terms, limit)) ids.add(hit.customerId);
      const rows = similar.all({ ids: JSON.stringify([...ids]), numberKey });
      return rows
        .sort((a, b) => b.exact - a.exact || (b.lastContactAt ?? 0) - (a.lastContactAt ?? 0))
        .slice(0, limit)
        .map(({ exact, ...row }) => ({ ...row, certainty: exact === 1 ? 'exact' : 'maybe' }));
    },
  };
}

function kindOf({ long, short }: SearchTerms): 'long' | 'short' | 'both' | null {
  if (long.length > 0) return short.length > 0 ? 'both' : 'long';
  return short.length > 0 ? 'short' : null;
}

function fits({ kind, raw, normal }: Point, { digits, long, short }: SearchTerms): boolean {
  if (kind === 'phone') {
    return digits !== null && (normal ?? raw).replace(/\D/g, '').includes(digits);
  }
  const folded = foldText(raw);
  return [...long, ...short].some((term) => folded.includes(term));
}
