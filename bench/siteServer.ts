import { findPostgres, startPostgres } from '#tests/support/postgres.ts';
import { type ServerProcess, startServerProcess } from '#tests/support/serverProcess.ts';

/** One node of the central server as a process, on a PostgreSQL of its own that waits for the disk as it does at work. */
export interface SiteServer {
  url: string;
  /** Connection string of the server's database. */
  databaseUrl: string;
  process: ServerProcess['child'];
  stop(): Promise<void>;
}

/** `fill` is called with the connection string before the server starts. Null where this machine has no PostgreSQL. */
export async function startSiteServer(
  fill: (databaseUrl: string) => Promise<void> = async () => {},
): Promise<SiteServer | null> {
  const bin = findPostgres();
  if (!bin) {
    console.warn('  no PostgreSQL on this machine: left out');
    return null;
  }
  const cluster = await startPostgres(bin, { durable: true });
  const databaseUrl = cluster.makeDatabase();
  await fill(databaseUrl);
  const { child, ready, ended } = startServerProcess({
    SWITCHBOARD_MODE: 'practice',
    PRACTICE_CUSTOMERS: '0',
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'error',
  });
  return {
    url: await ready,
    databaseUrl,
    process: child,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await cluster.stop();
    },
  };
}
