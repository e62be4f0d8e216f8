import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../file/migrate.ts';
import { customerSql } from './customerReads.ts';

const db = new Sqlite(':memory:');
migrate(db);

/** Ids that are given, rows found before. `c` alone: the customers in the order in which they came, which a limit ends. */
const mayBeScanned = /^SCAN (json_each|\(subquery|late$|r$)/;
const inOrderOfArrival = new Set(['newest', 'B']);

test.each(Object.entries(customerSql))('%s of customers is answered from an index', (name, sql) => {
  const values = { userId: '', limit: 1, ids: '[]', field: null, since: 0 };
  const plan = db
    .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(values)
    .map(({ detail }) => detail);
  const scans = plan.filter((step) => step.startsWith('SCAN') && !mayBeScanned.test(step));
  const allowed = inOrderOfArrival.has(name) ? ['SCAN c'] : [];
  expect(
    scans.filter((step) => !allowed.includes(step) && !step.startsWith('SCAN c USING INDEX')),
    plan.join('\n'),
  ).toEqual([]);
});
