import type { Database } from 'better-sqlite3';

const tables = { customer: 'customer', ticket: 'ticket', wrapUp: 'wrap_up' } as const;
const indexes = {
  customer: 'search_customer',
  ticket: 'search_ticket',
  wrapUp: 'search_wrap_up',
} as const;
export type SearchedKind = keyof typeof tables;
export const searchedKinds = Object.keys(tables) as SearchedKind[];

/**
 * Notes which records the search index has to read again, in the transaction that changes them. Those the
 * index has not come to yet need no note: it goes through them in the order of their rowids.
 */
export function createSearchDue(db: Database) {
  const note = Object.fromEntries(
    searchedKinds.map((kind) => [
      kind,
      db.prepare(
        `INSERT OR IGNORE INTO search_due ("kind", "id") SELECT '${kind}', "id" FROM ${tables[kind]}
          WHERE "id" = ? AND "rowid" <= (SELECT "upTo" FROM search_built WHERE "kind" = '${kind}')`,
      ),
    ]),
  );
  const earlierCustomer = db
    .prepare<[string], string>('SELECT "customerId" FROM contact_point WHERE "id" = ?')
    .pluck();
  const gone = Object.fromEntries(searchedKinds.map((kind) => [kind, goneStatements(db, kind)]));

  function due(kind: SearchedKind, id: unknown): void {
    if (typeof id === 'string') note[kind]?.run(id);
  }

  return {
    due,
    changed(entity: string, id: string, fields: Record<string, unknown>): void {
      if (entity === 'customer' || entity === 'ticket' || entity === 'wrapUp') due(entity, id);
      else if (entity === 'contactPoint') due('customer', fields.customerId);
      else if (entity === 'ticketEvent' && fields.note) due('ticket', fields.ticketId);
    },
    /** A contact point moves to another customer, or goes. */
    pointLeaves(id: string, next: unknown): void {
      const earlier = earlierCustomer.get(id);
      if (earlier !== undefined && earlier !== next) due('customer', earlier);
    },
    /** Call while the record is still there. */
    gone(entity: string, id: string): void {
      for (const statement of gone[entity] ?? []) statement.run(id);
    },
  };
}

function goneStatements(db: Database, kind: SearchedKind) {
  const table = tables[kind];
  return [
    `DELETE FROM ${indexes[kind]} WHERE "rowid" = (SELECT "rowid" FROM ${table} WHERE "id" = ?)`,
    `DELETE FROM search_due WHERE "kind" = '${kind}' AND "id" = ?`,
    // The rowid of the last row is given again.
    `UPDATE search_built SET "upTo" = min("upTo", (SELECT max("rowid") - 1 FROM ${table}))
      WHERE "kind" = '${kind}'
        AND (SELECT "rowid" FROM ${table} WHERE "id" = ?) = (SELECT max("rowid") FROM ${table})`,
  ].map((sql) => db.prepare(sql));
}
