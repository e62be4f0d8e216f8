import { defaultLiveTimes, defaultStopTimeoutMs, type ServerOptions } from '#server/options.ts';
import { findPostgres, startPostgres } from './postgres.ts';

export interface Backend {
  /** Options of a server in practice mode on a database of its own. */
  options(parts?: Partial<ServerOptions>): ServerOptions;
  stop(): Promise<void>;
}

/** The databases every server test runs on: PGlite, and PostgreSQL where this machine has it. */
export const backendNames: ('pglite' | 'postgres')[] = findPostgres()
  ? ['pglite', 'postgres']
  : ['pglite'];

export async function startBackend(name: 'pglite' | 'postgres'): Promise<Backend> {
  if (name === 'pglite') {
    return { options: (parts) => testOptions({ ...parts }), stop: async () => {} };
  }
  const bin = findPostgres();
  if (!bin) throw new Error('PostgreSQL is not installed here');
  const cluster = await startPostgres(bin);
  return {
    options: (parts) =>
      testOptions({ database: { kind: 'postgres', url: cluster.makeDatabase() }, ...parts }),
    stop: cluster.stop,
  };
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
    database: { kind: 'memory' },
    pbx: { wsUrl: 'ws://127.0.0.1:5066', sipDomain: 'practice.invalid' },
    connector: null,
    firstAdministrator: null,
    practiceCustomers: 3,
    logLevel: 'silent',
    stopTimeoutMs: defaultStopTimeoutMs,
    now: Date.now,
    live: defaultLiveTimes,
    ...parts,
  };
}
