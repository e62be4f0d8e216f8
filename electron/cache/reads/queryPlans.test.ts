import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../file/migrate.ts';
import { customerWalkSql } from '../quality/customerWalk.ts';
import { duplicateSql } from '../quality/duplicateWalk.ts';
import { qualitySql } from '../quality/mergeReads.ts';
import { similarSql } from '../quality/similarReads.ts';
import { customerSearchSql } from '../search/customerSearch.ts';
import { recordSearchSql } from '../search/recordSearch.ts';
import { customerTextSql } from '../search/searchIndex.ts';
import { callSql } from './callReads.ts';
import { candidateSql } from './candidateReads.ts';
import { cardSql } from './cardReads.ts';
import { followUpSql } from './followUpReads.ts';
import { interventionSql } from './interventionReads.ts';
import { taskSql } from './taskReads.ts';
import { ticketSql } from './ticketReads.ts';

const db = new Sqlite(':memory:');
migrate(db);

/** Small by nature (one row an agent, a list given, rows found before) or read in the index's order. */
const mayBeScanned =
  /^SCAN (p$|CONSTANT ROW|u$|json_each|search_|c USING INDEX|\(subquery|[kmqt] USING INDEX|missed_call USING INDEX|help_request USING INDEX)/;

const statements = Object.entries({
  candidate: candidateSql,
  card: cardSql,
  ticket: ticketSql,
  task: taskSql,
  call: callSql,
  followUp: followUpSql,
  intervention: interventionSql,
  search: { ...customerSearchSql, ...recordSearchSql, ...customerTextSql },
  quality: {
    ...qualitySql,
    ...similarSql,
    // Walks read an index in its order, a part at a time.
    ...customerWalkSql,
    ...duplicateSql,
  },
}).flatMap(([group, sqls]) => Object.entries(sqls).map(([name, sql]) => [`${group} ${name}`, sql]));

/** A value for every named parameter of a statement. */
function namedIn(sql: string): Record<string, string> {
  return Object.fromEntries(Array.from(sql.matchAll(/@(\w+)/g), ([, name = '']) => [name, '']));
}

test.each(statements)('%s is answered from an index', (name, sql) => {
  const parameters = sql.includes('@')
    ? [{ ...namedIn(sql), limit: 1, ids: '[]', kinds: '[]' }]
    : Array.from(sql.matchAll(/\?/g), () => (sql.includes('MATCH') ? '"abc"' : ''));
  const plan = db
    .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...parameters)
    .map(({ detail }) => detail);

  const scans = plan.filter((step) => step.startsWith('SCAN') && !mayBeScanned.test(step));
  expect(scans, plan.join('\n')).toEqual([]);
  // A list in the order of its index needs no sorting, so that a limit bounds the work.
  const sorts = plan.filter((step) => step.includes('TEMP B-TREE FOR ORDER BY'));
  // A handful of rows: those of one call, of one owner, of one pool of hits.
  const mayBeSorted =
    /^(search|quality (merges|runs)|call (tickets|ticketIds|agents|colleagues)|task ofCall|intervention people|ticket mine|followUp (complaintsOf|visitsOfTicket|takers|numberOf))/.test(
      name ?? '',
    );
  expect(mayBeSorted ? [] : sorts, plan.join('\n')).toEqual([]);
});

/**
 * SQLite plans by the value of a limit and prepares the statement anew whenever another is bound, which takes longer
 * than most reads. Behind a sign it leaves the value alone: `LIMIT +?`.
 */
test('no statement is prepared anew for its limit', () => {
  const folder = join(import.meta.dirname, '..');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const found = files
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .filter((name) => /LIMIT [?@]/.test(readFileSync(join(folder, name), 'utf8')));
  expect(found).toEqual([]);
});
