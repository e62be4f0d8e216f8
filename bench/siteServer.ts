import { findPostgres, type PostgresCluster, startPostgres } from '#tests/support/postgres.ts';
import { type ServerProcess, startServerProcess } from '#tests/support/serverProcess.ts';

/** One node of the central server as a process, on a PostgreSQL of its own. */
export interface SiteServer {
  url: string;
  /** Connection string of the server's database. */
  databaseUrl: string;
  process: ServerProcess['child'];
  stop(): Promise<void>;
}

/** A PostgreSQL that waits for the disk as it does at work. Null where this machine has none. */
export async function startSiteCluster(): Promise<PostgresCluster | null> {
  const bin = findPostgres();
  if (bin) return startPostgres(bin, { durable: true });
  console.warn('  no PostgreSQL on this machine: left out');
  return null;
}

/** A server on a database of its own in the cluster. */
export async function startSiteNode(cluster: PostgresCluster): Promise<SiteServer> {
  const databaseUrl = cluster.makeDatabase();
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
    },
  };
}

/** Both at once; null where this machine has no PostgreSQL. */
export async function startSiteServer(): Promise<SiteServer | null> {
  const cluster = await startSiteCluster();
  if (!cluster) return null;
  const node = await startSiteNode(cluster);
  return {
    ...node,
    async stop() {
      await node.stop();
      await cluster.stop();
    },
  };
}
