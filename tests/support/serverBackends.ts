import {
  type DatabaseOptions,
  defaultLiveTimes,
  defaultStopTimeoutMs,
  type ServerOptions,
} from '#server/options.ts';
import { databasesOf, findPostgres, startPostgres } from './postgres.ts';
import { layThrowAway, sharedPostgres, sharesDatabases } from './sharedPlaces.ts';

export interface Backend {
  /** Options of a server in practice mode on a database of its own. */
  options(parts?: Partial<ServerOptions>): ServerOptions;
  stop(): Promise<void>;
}

/** The databases every server test runs on: PGlite, and PostgreSQL where this machine has it. */
export const backendNames: ('pglite' | 'postgres')[] = findPostgres()
  ? ['pglite', 'postgres']
  : ['pglite'];

/**
 * Databases of `name`, `migrated` already where the run shares some; `empty` for what is about the first start. They
 * share their cluster with the other files of this worker, so a test that ends it or holds it starts one of its own.
 */
export async function startBackend(
  name: 'pglite' | 'postgres',
  filled: 'migrated' | 'empty' = 'migrated',
): Promise<Backend> {
  if (name === 'pglite') {
    const parts = filled === 'empty' ? { database: { kind: 'memory' as const } } : {};
    return { options: (more) => testOptions({ ...parts, ...more }), stop: async () => {} };
  }
  const { makeDatabase, stop } = await postgresDatabases(filled);
  return {
    options: (parts) =>
      testOptions({ database: { kind: 'postgres', url: makeDatabase() }, ...parts }),
    stop,
  };
}

async function postgresDatabases(filled: 'migrated' | 'empty') {
  if (sharesDatabases()) {
    const place = await sharedPostgres();
    const databases = databasesOf(place);
    const from = filled === 'migrated' ? place.template : undefined;
    return { makeDatabase: () => databases.makeDatabase(from), stop: databases.dropAll };
  }
  const bin = findPostgres();
  if (!bin) throw new Error('PostgreSQL is not installed here');
  const cluster = await startPostgres(bin);
  return { makeDatabase: () => cluster.makeDatabase(), stop: cluster.stop };
}

/** A database of its own that nobody keeps, migrated already where the run shares one. */
export function memoryDatabase(): DatabaseOptions {
  return { kind: 'memory', ...(sharesDatabases() && { lay: layThrowAway }) };
}

export function testOptions(parts: Partial<ServerOptions> = {}): ServerOptions {
  return {
    mode: 'practice',
    host: '127.0.0.1',
    port: 0,
    publicUrl: null,
    tls: null,
    trustProxy: 0,
    metricsToken: null,
    database: memoryDatabase(),
    pbx: { wsUrl: 'ws://127.0.0.1:5066', sipDomain: 'practice.invalid' },
    connector: null,
    firstAdministrator: null,
    practiceCustomers: 3,
    // Tests sign in hundreds of times, and their passwords are no secret.
    passwordCost: { N: 1024, r: 8, p: 1 },
    logLevel: 'silent',
    stopTimeoutMs: defaultStopTimeoutMs,
    now: Date.now,
    live: defaultLiveTimes,
    ...parts,
  };
}
