import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { StartError } from '../startError.ts';
import { createListener } from './postgresListener.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

const oldestVersion = 150_000;
const maxConnections = 10;
const int8 = 20;

/** bigint columns hold times and counters, all below 2^53. */
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === int8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** Throws `StartError` where the database cannot be reached or is older than PostgreSQL 15. */
export async function openPostgres(url: string): Promise<Store> {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    types,
    application_name: 'switchboard',
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks fails its query and is replaced by the pool; without these listeners,
  // for an idle one and for one in use, it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    await assertVersion(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const listener = createListener(url);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    listen: (channel, heard) => listener.listen(channel, heard),
    async close() {
      await listener.close();
      await db.destroy();
      if (!pool.ended) await pool.end();
    },
  };
}

async function assertVersion(pool: pg.Pool): Promise<void> {
  const version = await readVersion(pool);
  if (version >= oldestVersion) return;
  throw new StartError(
    `DATABASE_URL: PostgreSQL 15 or newer is needed, this is ${Math.floor(version / 10_000)}`,
  );
}

async function readVersion(pool: pg.Pool): Promise<number> {
  try {
    const { rows } = await pool.query<{ server_version_num: string }>('show server_version_num');
    return Number(rows[0]?.server_version_num);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'no answer';
    throw new StartError(`DATABASE_URL: the database cannot be reached (${code})`);
  }
}
