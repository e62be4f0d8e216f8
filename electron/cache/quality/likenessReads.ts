import type { Database } from 'better-sqlite3';
import type { Likeness } from '#shared/domain/customers/duplicates.ts';
import { createGroupReads } from '../records/customerGroups.ts';

/** Fields of the usual form that tell people apart. */
const identityFields = ['idNumber', 'registrationNumber', 'creditCode'];
const firmFields = ['employer', 'firm', 'company'];

interface Row {
  id: string;
  name: string;
  kind: 'person' | 'company';
  valueClass: 'A' | 'B' | 'C';
  profile: string;
}

interface Point {
  kind: string;
  raw: string;
  normal: string | null;
}

/** What of a customer is compared, with what a line shows of it. */
export interface Compared extends Likeness {
  customerId: string;
  valueClass: 'A' | 'B' | 'C';
  /** First number as E.164 where it is one, or another way to reach the customer. */
  reach: string | null;
}

const likenessSql = {
  customer: 'SELECT "id", "name", "kind", "valueClass", "profile" FROM customer WHERE "id" = ?',
  points: `SELECT "kind", "raw", "normal" FROM contact_point
    WHERE "customerId" = ? AND "retired" = 0 LIMIT 100`,
};

/** Customers as the search for duplicates sees them: winners, with the numbers of their losers. */
export function createLikenessReads(db: Database) {
  const customer = db.prepare<[string], Row>(likenessSql.customer);
  const points = db.prepare<[string], Point>(likenessSql.points);
  const { groupOf } = createGroupReads(db);

  return {
    /** Null where there is no such customer here. */
    likenessOf(customerId: string): Compared | null {
      const group = groupOf(customerId);
      const row = customer.get(group[0] ?? customerId);
      if (!row) return null;
      const known = group.flatMap((id) => points.all(id));
      const of = (kind: string) =>
        known.filter((point) => point.kind === kind).flatMap(({ normal }) => normal ?? []);
      const first = known.find(({ kind }) => kind === 'phone') ?? known[0];
      const profile = valuesOf(row.profile);
      const firstOf = (names: readonly string[]) =>
        names.map((name) => profile[name]).find((value) => value) ?? null;
      return {
        customerId: row.id,
        valueClass: row.valueClass,
        reach: first?.normal ?? first?.raw ?? null,
        name: row.name,
        kind: row.kind,
        birthday: profile.birthday || null,
        identity: firstOf(identityFields),
        firm: firstOf(firmFields),
        phones: of('phone'),
        emails: of('email'),
        addresses: of('address'),
      };
    },
  };
}

export function valuesOf(profileJson: string): Record<string, string | undefined> {
  if (profileJson === '{}') return {};
  const profile: Record<string, { value?: unknown } | null> = JSON.parse(profileJson);
  return Object.fromEntries(
    Object.entries(profile).map(([name, entry]) => [
      name,
      typeof entry?.value === 'string' ? entry.value : undefined,
    ]),
  );
}
