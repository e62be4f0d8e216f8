import type { Database } from 'better-sqlite3';
import type { BulkAction, BulkFilter, StaleCustomer } from '#shared/contract/methods/quality.ts';
import { type CleanChange, cleanChanges } from '#shared/domain/customers/bulkClean.ts';
import type { ContactPoint, ProfileValue } from '#shared/domain/customers/customer.ts';
import { staleFieldsOf } from '#shared/domain/customers/staleFields.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import type { FormField } from '#shared/domain/settings/customerForm.ts';
import type { WalkPart } from './duplicateWalk.ts';

const rowsAtOnce = 500;

interface Row {
  key: number;
  id: string;
  name: string;
  kind: 'person' | 'company';
  valueClass: 'A' | 'B' | 'C';
  tags: string;
  profile: string;
}

type Point = { id: string } & Pick<ContactPoint, 'kind' | 'raw' | 'normal' | 'extension'>;

/** A change with the customer it is about. */
export type PlannedChange = CleanChange & { customerId: string; name: string };

export interface StaleWish {
  valueClass: 'A' | 'B' | 'C';
  fields: readonly FormField[];
  /** `YYYY-MM-DD` */
  today: string;
  after: string | null;
}

export interface BulkWish {
  filter: BulkFilter;
  act: BulkAction;
  home: HomeCountry;
  /** `YYYY-MM-DD` */
  today: string;
  after: string | null;
  /** Changes of one part. */
  most: number;
}

export const customerWalkSql = {
  behind: `SELECT "key", "id", "name", "kind", "valueClass", "tags", "profile" FROM customer
    WHERE "key" > ? AND "mergedInto" IS NULL ORDER BY "key" LIMIT +?`,
  points: `SELECT "id", "kind", "raw", "normal", "extension" FROM contact_point
    WHERE "customerId" = ? AND "retired" = 0 LIMIT 100`,
  last: 'SELECT max("key") FROM customer',
};

/** Goes through all customers in the order in which they came, for as long as it may, and says where to go on. */
export function createCustomerWalk(db: Database) {
  const behind = db.prepare<[number, number], Row>(customerWalkSql.behind);
  const points = db.prepare<[string], Point>(customerWalkSql.points);
  const last = db.prepare<[], number | null>(customerWalkSql.last).pluck();

  function walk<T>(
    cursor: string | null,
    { budgetMs, most }: { budgetMs: number; most: number },
    look: (row: Row) => T[],
  ): WalkPart<T> {
    const until = performance.now() + budgetMs;
    const end = last.get() ?? 0;
    const found: T[] = [];
    let at = Number(cursor ?? 0);
    do {
      const rows = behind.all(at, rowsAtOnce);
      for (const row of rows) {
        found.push(...look(row));
        at = row.key;
        if (found.length >= most) return { found, next: String(at), share: at / end };
      }
      if (rows.length < rowsAtOnce) return { found, next: null, share: 1 };
    } while (performance.now() < until);
    return { found, next: String(at), share: at / end };
  }

  return {
    /** Customers of the class with fields that are missing or stale. */
    stale(input: StaleWish, budgetMs: number): WalkPart<StaleCustomer> {
      return walk(input.after, { budgetMs, most: 5000 }, (row) => {
        if (row.valueClass !== input.valueClass) return [];
        const profile: Record<string, ProfileValue> = JSON.parse(row.profile);
        const found = staleFieldsOf({ kind: row.kind, profile }, input.fields, input.today);
        if (found.worth === 0) return [];
        const { id: customerId, name, kind, valueClass } = row;
        const number = points.all(row.id).find((point) => point.kind === 'phone')?.raw ?? null;
        return [{ customerId, name, kind, valueClass, number, ...found }];
      });
    },
    /** What the action would change, at most `most` changes. */
    plan(input: BulkWish, budgetMs: number): WalkPart<PlannedChange> {
      const { filter, act, home, today, after, most } = input;
      return walk(after, { budgetMs, most }, (row) => {
        if (filter.kind !== null && row.kind !== filter.kind) return [];
        if (filter.valueClass !== null && row.valueClass !== filter.valueClass) return [];
        const tags: string[] = JSON.parse(row.tags);
        if (filter.tag !== null && !tags.includes(filter.tag)) return [];
        const cleaned = {
          id: row.id,
          customer: { name: row.name, tags, profile: JSON.parse(row.profile) },
          points: act.action === 'normaliseNumbers' ? points.all(row.id) : [],
        };
        return cleanChanges(act, cleaned, { home, today }).map((change) => ({
          ...change,
          customerId: row.id,
          name: row.name,
        }));
      });
    },
  };
}
