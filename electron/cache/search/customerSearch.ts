import type { Database } from 'better-sqlite3';
import type { FoundText } from '#shared/contract/methods/search.ts';
import { foldText } from '#shared/domain/text/text.ts';
import { createGroupReads } from '../records/customerGroups.ts';
import { matchOf } from './grams.ts';
import { fitOf, fits } from './matching.ts';
import { customerTextSql } from './searchIndex.ts';
import type { SearchTerms } from './searchTerms.ts';
import {
  type CustomerRow,
  customerTexts,
  type PointRow,
  type SearchText,
  textOf,
} from './searchTexts.ts';

/** Rows that the index gives at most: a surname fits tens of thousands, and nobody reads more than a screen. */
const poolSize = 80;
/** Rows that are looked at before they are put in order. */
const enoughToRank = 40;

const columns = `c."key", c."id", c."name", c."no", c."kind", c."valueClass", c."profile", c."pinnedNote"`;

export const customerSearchSql = {
  grams: `SELECT ${columns} FROM customer c WHERE c."key" IN (
    SELECT "rowid" FROM search_customer WHERE search_customer MATCH ? LIMIT ${poolSize})`,
  leading: `SELECT ${columns} FROM customer c
    WHERE c."nameKey" >= @folded AND c."nameKey" < @folded || char(1114111)
    ORDER BY c."nameKey" LIMIT +@limit`,
  leadingNumber: `SELECT "customerId" FROM contact_point
    WHERE "normal" >= @from AND "normal" < @from || ':' AND "kind" = 'phone' AND "retired" = 0 LIMIT +@limit`,
};

export interface CustomerHit {
  row: CustomerRow;
  fit: number;
  found: FoundText;
  /** All that is searched of the customer. */
  texts(): readonly SearchText[];
}

/** Customers who have everything that was typed; a loser's texts lead to its winner. */
export function createCustomerSearch(db: Database) {
  const byGrams = db.prepare<[string], CustomerRow>(customerSearchSql.grams);
  const leading = db.prepare<[{ folded: string; limit: number }], CustomerRow>(
    customerSearchSql.leading,
  );
  const leadingNumber = db
    .prepare<[{ from: string; limit: number }], string>(customerSearchSql.leadingNumber)
    .pluck();
  const one = db.prepare<[string], CustomerRow>(customerTextSql.row);
  const points = db.prepare<[string], PointRow>(customerTextSql.points);
  const groups = createGroupReads(db);

  function textsOf(row: CustomerRow): SearchText[] {
    const texts = customerTexts(row, points.all(row.id));
    for (const loserId of groups.groupOf(row.id).slice(1)) {
      const loser = one.get(loserId);
      if (loser) texts.push(...customerTexts(loser, points.all(loserId)));
    }
    return texts;
  }

  function winnerRow(row: CustomerRow): CustomerRow {
    const winnerId = groups.winnerOf(row.id);
    return winnerId === row.id ? row : (one.get(winnerId) ?? row);
  }

  /** Too short for the index: beginnings of names, or of numbers. */
  function beginnings(terms: SearchTerms, prefixes: readonly string[]): CustomerRow[] {
    const [word] = terms.words;
    if (!word?.digits) return [];
    const digits = word.digits;
    const ids = prefixes.flatMap((prefix) =>
      leadingNumber.all({ from: prefix + digits, limit: enoughToRank }),
    );
    return [...new Set(ids)].flatMap((id) => one.get(id) ?? []);
  }

  return {
    textsOf,
    /** `prefixes`: what stands before a number that is typed without a country, such as `+86`. */
    hits(terms: SearchTerms, limit: number, prefixes: readonly string[]): CustomerHit[] {
      const hits = new Map<string, CustomerHit>();
      const look = (found: CustomerRow) => {
        const row = winnerRow(found);
        if (hits.has(row.id)) return;
        // Most are found by their name: then nothing else is read.
        const fitting = fitOf(terms, [nameText(row.name, terms)]) ?? fitOf(terms, textsOf(row));
        if (fitting) hits.set(row.id, { row, texts: () => textsOf(row), ...fitting });
      };
      // Names that begin so come first, even where the pool is too small to hold them all.
      leading.all({ folded: terms.folded, limit: Math.max(limit, 10) }).forEach(look);
      const best = [...hits.values()].filter(({ fit }) => fit <= fits.beginsName).length;
      if (best < limit) {
        const more =
          terms.grams.length > 0 ? byGrams.all(matchOf(terms.grams)) : beginnings(terms, prefixes);
        for (const row of more) {
          if (hits.size >= enoughToRank) break;
          look(row);
        }
      }
      return [...hits.values()].sort(byFit).slice(0, limit);
    },
  };
}

/** How a name sounds matters only where letters were typed. */
function nameText(name: string, { folded }: SearchTerms): SearchText {
  if (/[a-z]/.test(folded)) return textOf('name', name);
  return { field: 'name', raw: name, folded: foldText(name), sounds: [] };
}

function byFit(a: CustomerHit, b: CustomerHit): number {
  if (a.fit !== b.fit) return a.fit - b.fit;
  if (a.row.valueClass !== b.row.valueClass) return a.row.valueClass < b.row.valueClass ? -1 : 1;
  const length = a.row.name.length - b.row.name.length;
  if (length !== 0) return length;
  return a.row.name < b.row.name ? -1 : Number(a.row.name > b.row.name);
}
