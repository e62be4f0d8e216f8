import type { Database } from 'better-sqlite3';
import type { SimilarCustomer } from '#shared/contract/methods/quality.ts';
import type { Candidate } from '#shared/contract/models/records.ts';
import { type Likeness, offeredScore, scoreOf } from '#shared/domain/customers/duplicates.ts';
import { soundsOf } from '#shared/domain/text/pinyinWords.ts';
import { candidateColumns } from '../reads/candidateReads.ts';
import { createGroupReads } from '../records/customerGroups.ts';
import { createCustomerSearch } from '../search/customerSearch.ts';
import { searchTerms } from '../search/searchTerms.ts';
import { createLikenessReads } from './likenessReads.ts';

/** Customers compared for one keystroke. */
const mostCompared = 60;

type Row = Omit<Candidate, 'certainty' | 'verifiedOn'>;

export const similarSql = {
  byNormal: `SELECT "customerId" FROM contact_point
    WHERE "normal" = ? AND "retired" = 0 LIMIT 50`,
  candidates: `SELECT ${candidateColumns} FROM customer c
    WHERE c."id" IN (SELECT "value" FROM json_each(?))`,
};

/** Who looks like the customer that is being registered, the likeliest first. */
export function createSimilarReads(db: Database) {
  const byNormal = db.prepare<[string], string>(similarSql.byNormal).pluck();
  const candidates = db.prepare<[string], Row>(similarSql.candidates);
  const search = createCustomerSearch(db);
  const { likenessOf } = createLikenessReads(db);
  const { winnerOf } = createGroupReads(db);

  function named(name: string): string[] {
    if ([...name.trim()].length < 2) return [];
    const spoken = soundsOf(name)
      .map(({ full }) => full)
      .join(' ');
    return [name, spoken].flatMap((text) => {
      const terms = text === '' ? null : searchTerms(text);
      return terms ? search.hits(terms, mostCompared / 2, []).map(({ row }) => row.id) : [];
    });
  }

  return {
    similar(wanted: Likeness, limit: number): SimilarCustomer[] {
      const { phones, emails, addresses } = wanted;
      const ids = new Set<string>();
      for (const normal of [...phones, ...emails, ...addresses]) {
        for (const id of byNormal.all(normal)) ids.add(winnerOf(id));
      }
      for (const id of named(wanted.name)) ids.add(id);
      const scored = [...ids].slice(0, mostCompared).flatMap((id) => {
        const other = likenessOf(id);
        if (!other) return [];
        const { score, reasons } = scoreOf(wanted, other);
        return score >= offeredScore ? [{ id: other.customerId, score, reasons }] : [];
      });
      scored.sort((a, b) => b.score - a.score);
      const best = scored.slice(0, limit);
      const rows = new Map(
        candidates
          .all(JSON.stringify(best.map(({ id }) => id)))
          .map((row) => [row.customerId, row]),
      );
      return best.flatMap(({ id, score, reasons }) => {
        const row = rows.get(id);
        const certainty = reasons.includes('sameNumber') ? ('exact' as const) : ('maybe' as const);
        return row ? [{ ...row, verifiedOn: null, certainty, score, reasons }] : [];
      });
    },
  };
}
