import type { Database } from 'better-sqlite3';

/** More links than any chain of merges has; a longer one is a circle. */
const mostLinks = 100;

/**
 * Keeps `customer_group` equal to what the customers' `mergedInto` says: each loser with the record at the
 * end of its chain. A circle, which two desks can make offline until the server refuses one of them, has its
 * least id as winner, so that every desk shows the same.
 */
export function createCustomerGroups(db: Database) {
  const mergedInto = db
    .prepare<[string], string | null>('SELECT "mergedInto" FROM customer WHERE "id" = ?')
    .pluck();
  const into = db
    .prepare<[string], string>(
      'SELECT "id" FROM customer WHERE "mergedInto" = ? AND "mergedInto" IS NOT NULL',
    )
    .pluck();
  const known = db
    .prepare<[string], string>('SELECT "winnerId" FROM customer_group WHERE "loserId" = ?')
    .pluck();
  const put = db.prepare(
    'INSERT OR REPLACE INTO customer_group ("loserId", "winnerId") VALUES (?, ?)',
  );
  const drop = db.prepare('DELETE FROM customer_group WHERE "loserId" = ?');

  function endOf(id: string): string {
    const seen: string[] = [];
    let at = id;
    while (seen.length < mostLinks) {
      seen.push(at);
      const next = mergedInto.get(at) ?? null;
      if (next === null) return at;
      const circle = seen.indexOf(next);
      if (circle >= 0) return seen.slice(circle).sort()[0] ?? at;
      at = next;
    }
    return at;
  }

  function below(id: string): Set<string> {
    const found = new Set([id]);
    for (const one of found) for (const loser of into.all(one)) found.add(loser);
    return found;
  }

  /**
   * A customer was written or is gone. Returns those whose group is another now, winners of before and now
   * among them; empty for nearly all writes.
   */
  function follow(id: string, isLoser: boolean): string[] {
    const before = known.get(id);
    if (!isLoser && before === undefined) return [];
    const winner = endOf(id);
    if (before === winner && isLoser) return [];
    const touched = new Set<string>();
    for (const member of below(id)) {
      const was = known.get(member);
      if (was !== undefined) touched.add(was);
      touched.add(member);
      if (member === winner) drop.run(member);
      else put.run(member, winner);
    }
    touched.add(winner);
    return [...touched];
  }

  return { follow };
}

export function createGroupReads(db: Database) {
  const winner = db
    .prepare<[string], string>('SELECT "winnerId" FROM customer_group WHERE "loserId" = ?')
    .pluck();
  const losers = db
    .prepare<[string], string>(
      'SELECT "loserId" FROM customer_group WHERE "winnerId" = ? ORDER BY "loserId" LIMIT 500',
    )
    .pluck();
  const winnerOf = (customerId: string): string => winner.get(customerId) ?? customerId;
  return {
    winnerOf,
    groupOf(customerId: string): string[] {
      const first = winnerOf(customerId);
      return [first, ...losers.all(first)];
    },
  };
}
