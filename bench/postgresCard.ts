import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import pg from 'pg';
import { connect } from '#electron/cache/file/connection.ts';
import type { Table } from '#electron/cache/records/columns.ts';
import { tables } from '#electron/cache/records/tables.ts';
import { findPostgres, startPostgres } from '#tests/support/postgres.ts';
import type { Keys } from './bareCard.ts';
import type { Place } from './dataSet.ts';

/** Baseline: the same card out of PostgreSQL over its socket. */
export interface PostgresCard {
  /** How many rows there were. */
  rows(keys: Keys): Promise<number>;
  stop(): Promise<void>;
}

const copied: Table[] = [
  tables.customer,
  { ...tables.contactPoint, columns: [...tables.contactPoint.columns, suffixKey()] },
  tables.contact,
  tables.order,
  tables.ticket,
  tables.task,
  tables.user,
];
const indexes = [
  'ALTER TABLE customer ADD PRIMARY KEY (id)',
  'ALTER TABLE "user" ADD PRIMARY KEY (id)',
  'CREATE INDEX ON contact_point ("customerId")',
  'CREATE INDEX ON contact_point ("normal") WHERE "normal" IS NOT NULL',
  'CREATE INDEX ON contact_point ("suffixKey") WHERE "suffixKey" IS NOT NULL',
  'CREATE INDEX ON contact ("customerId", "at" DESC, id DESC)',
  'CREATE INDEX ON customer_order ("customerId", "at" DESC)',
  `CREATE INDEX ON ticket ("customerId", "createdAt" DESC) WHERE state NOT IN ('resolved', 'closed')`,
  `CREATE INDEX ON task ("customerId", "dueAt") WHERE state = 'open'`,
  'VACUUM ANALYZE',
];

const candidates = `SELECT c.id AS "customerId", c.name, c.kind, c."valueClass",
    (SELECT "at" FROM contact WHERE "customerId" = c.id ORDER BY "at" DESC LIMIT 1) AS "lastContactAt",
    (SELECT count(*) FROM ticket WHERE "customerId" = c.id
      AND state NOT IN ('resolved', 'closed')) AS "openTickets",
    (SELECT raw FROM contact_point
      WHERE "customerId" = c.id AND kind = 'address' AND NOT retired LIMIT 1) AS place,
    p."verifiedOn", p.raw, p.extension
  FROM contact_point p JOIN customer c ON c.id = p."customerId"`;

const statements = {
  owners: `SELECT "customerId", extension FROM contact_point
    WHERE normal = $1 AND kind = 'phone' AND NOT retired LIMIT 200`,
  exact: `${candidates} WHERE p.normal = $1 AND p.kind = 'phone' AND NOT p.retired LIMIT 200`,
  suffix: `${candidates} WHERE p."suffixKey" = $1 AND p.kind = 'phone' AND NOT p.retired LIMIT 200`,
  customer: 'SELECT * FROM customer WHERE id = $1',
  points: 'SELECT * FROM contact_point WHERE "customerId" = $1 LIMIT 200',
  timeline: `SELECT * FROM contact WHERE "customerId" = $1 ORDER BY "at" DESC, id DESC LIMIT 20`,
  openTickets: `SELECT t.*, c.name AS "customerName", u.name AS "ownerName" FROM ticket t
    LEFT JOIN customer c ON c.id = t."customerId" LEFT JOIN "user" u ON u.id = t."ownerId"::uuid
    WHERE t."customerId" = $1 AND t.state NOT IN ('resolved', 'closed')
    ORDER BY t."createdAt" DESC LIMIT 100`,
  promises: `SELECT * FROM task WHERE "customerId" = $1 AND state = 'open' ORDER BY "dueAt" LIMIT 100`,
  orders: 'SELECT * FROM customer_order WHERE "customerId" = $1 ORDER BY "at" DESC LIMIT 20',
  timelineTotal: 'SELECT count(*) FROM contact WHERE "customerId" = $1',
};
const cardParts = ['customer', 'points', 'openTickets', 'promises', 'orders'] as const;
const cardTimelineEntries = 20;

/** Copies the rows of the cache into a cluster of its own; null where this machine has no PostgreSQL. */
export async function startPostgresCard(place: Place): Promise<PostgresCard | null> {
  const bin = findPostgres();
  if (!bin) return null;
  const cluster = await startPostgres(bin);
  const connectionString = cluster.makeDatabase();
  await copyRows(place, bin, connectionString);
  const client = new pg.Client({ connectionString });
  await client.connect();
  for (const sql of indexes) await client.query(sql);

  async function run(name: keyof typeof statements, value: string): Promise<unknown[]> {
    return (await client.query({ name, text: statements[name], values: [value] })).rows;
  }

  async function cardRows(customerId: string): Promise<number> {
    let rows = 0;
    for (const name of cardParts) rows += (await run(name, customerId)).length;
    const entries = (await run('timeline', customerId)).length;
    if (entries === cardTimelineEntries) await run('timelineTotal', customerId);
    return rows + entries;
  }

  return {
    async rows({ exactKey, suffixKey }) {
      const found = await run('owners', exactKey);
      const customers = new Set(found.map((row) => (row as { customerId: string }).customerId));
      const [only] = customers;
      if (customers.size === 1 && only) return found.length + (await cardRows(only));
      if (found.length > 0) return (await run('exact', exactKey)).length;
      return suffixKey === null ? 0 : (await run('suffix', suffixKey)).length;
    },
    async stop() {
      await client.end();
      await cluster.stop();
    },
  };
}

async function copyRows(place: Place, bin: string, connectionString: string): Promise<void> {
  const db = connect(place, { cacheKiB: 262_144, checkpointPages: 8000 });
  for (const table of copied) await copyTable(db, table, join(bin, 'psql'), connectionString);
  db.close();
}

async function copyTable(
  db: Database,
  table: Table,
  psql: string,
  connectionString: string,
): Promise<void> {
  const columns = [{ name: 'id', type: 'uuid' }, ...table.columns.map(postgresColumn)];
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const definition = columns.map(({ name, type }) => `"${name}" ${type}`).join(', ');
  const child = spawn(
    psql,
    [
      ...['-q', '-v', 'ON_ERROR_STOP=1', connectionString],
      ...['-c', `CREATE TABLE "${table.name}" (${definition})`],
      ...['-c', `COPY "${table.name}" (${names}) FROM STDIN`],
    ],
    { stdio: ['pipe', 'inherit', 'inherit'] },
  );
  const ended = once(child, 'exit');
  let chunk = '';
  const rows = db.prepare(`SELECT ${names} FROM "${table.name}"`).raw().iterate();
  for (const row of rows as IterableIterator<(string | number | null)[]>) {
    chunk += `${row.map(copyText).join('\t')}\n`;
    if (chunk.length < 1_000_000) continue;
    if (!child.stdin.write(chunk)) await once(child.stdin, 'drain');
    chunk = '';
  }
  child.stdin.end(chunk);
  const [code] = await ended;
  if (code !== 0) throw new Error(`psql ended with ${code} while it copied ${table.name}`);
}

function suffixKey(): Table['columns'][number] {
  return { name: 'suffixKey', type: 'text', nullable: true, words: null };
}

function postgresColumn({ name, type }: Table['columns'][number]): { name: string; type: string } {
  if (name === 'customerId') return { name, type: 'uuid' };
  const types = { text: 'text', integer: 'bigint', boolean: 'boolean', json: 'jsonb' };
  return { name, type: types[type] };
}

/** The text form of COPY: tab, line end and backslash are escaped. */
function copyText(value: string | number | null): string {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  return value.replace(/[\\\t\n\r]/g, (sign) => `\\${escapes[sign] ?? sign}`);
}

const escapes: Record<string, string> = { '\t': 't', '\n': 'n', '\r': 'r', '\\': '\\' };
