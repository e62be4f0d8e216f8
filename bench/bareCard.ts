import { connect } from '#electron/cache/file/connection.ts';
import { candidateSql } from '#electron/cache/reads/candidateReads.ts';
import { cardSql, cardTimelineEntries } from '#electron/cache/reads/cardReads.ts';
import type { Place } from './dataSet.ts';

/** What a caller's number gives for lookups: see shared/domain/numbers/keys.ts. */
export interface Keys {
  exactKey: string;
  suffixKey: string | null;
}

interface CandidateRow {
  customerId: string;
}

/** Memory for pages, KiB: as much as the product's own connection has. */
const cacheKiB = 16_384;

/**
 * Baseline: the rows behind a pop by bare prepared statements, on a connection of its own with the
 * settings of the product. Nothing is parsed, formatted or put together.
 */
export function openBareCard(place: Place): { rows(keys: Keys): number; close(): void } {
  const db = connect(place, { cacheKiB, checkpointPages: 8000 });
  const owners = db.prepare<[string], CandidateRow>(candidateSql.owners);
  const exact = db.prepare<[string], CandidateRow>(candidateSql.exact);
  const suffix = db.prepare<[string], CandidateRow>(candidateSql.suffix);
  const timeline = db.prepare<[string, number]>(cardSql.timeline);
  const timelineTotal = db.prepare<[string]>(cardSql.timelineTotal);
  const others = [
    cardSql.customer,
    cardSql.points,
    cardSql.openTickets,
    cardSql.promises,
    cardSql.orders,
  ].map((sql) => db.prepare<[string]>(sql));

  function cardRows(customerId: string): number {
    let rows = 0;
    for (const statement of others) rows += statement.all(customerId).length;
    const entries = timeline.all(customerId, cardTimelineEntries).length;
    if (entries === cardTimelineEntries) timelineTotal.get(customerId);
    return rows + entries;
  }

  return {
    /** How many rows there were. */
    rows({ exactKey, suffixKey }) {
      const found = owners.all(exactKey);
      const customers = new Set(found.map(({ customerId }) => customerId));
      const [only] = customers;
      if (customers.size === 1 && only) return found.length + cardRows(only);
      if (found.length > 0) return exact.all(exactKey).length;
      return suffixKey === null ? 0 : suffix.all(suffixKey).length;
    },
    close: () => db.close(),
  };
}
