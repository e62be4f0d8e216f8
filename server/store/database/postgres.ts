import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { type DatabaseOptions, defaultPoolSize, defaultStatementTimeoutMs } from '../../options.ts';
import { StartError } from '../../startError.ts';
import type { Store } from '../store.ts';
import type { Tables } from '../tables.ts';
import { createListener } from './postgresListener.ts';

type PostgresOptions = Extract<DatabaseOptions, { kind: 'postgres' }>;

const oldestVersion = 150_000;
/** A node that hangs inside a transaction would hold back the feed for all others (docs/sync.md). */
const idleInTransactionMs = 60_000;
/** For an answer of PostgreSQL that it has given up, on a connection that still lives. */
const graceMs = 5_000;
const int8 = 20;

/** bigint columns hold times and counters, all below 2^53. */
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === int8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** Throws `StartError` where the database cannot be reached or is older than PostgreSQL 15. */
export async function openPostgres(options: PostgresOptions): Promise<Store> {
  const most = options.poolSize ?? defaultPoolSize;
  const timeoutMs = options.statementTimeoutMs ?? defaultStatementTimeoutMs;
  const pool = openPool(options.url, {
    max: most,
    statement_timeout: timeoutMs,
    // A connection whose other end is gone without a word answers nothing, not even that.
    query_timeout: timeoutMs + graceMs,
  });
  try {
    await assertVersion(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const listener = createListener(options.url);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    listen: (channel, heard) => listener.listen(channel, heard),
    async maintenance(work) {
      const patient = openPool(options.url, { max: 2 });
      const alone = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: patient }) });
      try {
        return await work(alone);
      } finally {
        await alone.destroy();
      }
    },
    pool: () => ({
      open: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
      most,
    }),
    isFull: () => false,
    backUp: null,
    async close() {
      await listener.close();
      await db.destroy();
      if (!pool.ended) await pool.end();
    },
  };
}

function openPool(url: string, config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    types,
    application_name: 'switchboard',
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    // Compiling a statement takes up to half a second, and is begun by guesses of how many rows it will find.
    options: '-c jit=off',
    keepAlive: true,
    ...config,
  });
  // A connection that breaks fails its query and is replaced by the pool; without these listeners,
  // for an idle one and for one in use, it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
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
    throw new StartError(`DATABASE_URL: ${reasonOf(error)}`);
  }
}

/** SQLSTATE codes (PostgreSQL documentation, appendix A) and those of the network. */
const reasons: Record<string, string> = {
  '28P01': 'the database refuses the password',
  '28000': 'the database refuses the account',
  '3D000': 'there is no such database',
  '53300': 'the database has no connection left',
  ENOTFOUND: 'its host is unknown',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
  return `${reasons[code] ?? 'the database cannot be reached'} (${code})`;
}
