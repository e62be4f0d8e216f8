import { execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

export interface PostgresCluster {
  /** Connection string of a fresh database in this cluster. */
  makeDatabase(): string;
  stop(): Promise<void>;
}

/** The directory with `initdb` and `postgres`, or null where this machine has none. */
export function findPostgres(): string | null {
  const installed = globSync('/usr/lib/postgresql/*/bin').sort(byVersion).reverse();
  const path = (process.env.PATH ?? '').split(delimiter);
  const found = [...installed, ...path].find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  );
  return found ?? null;
}

function byVersion(a: string, b: string): number {
  return Number(dirname(a).split('/').at(-1)) - Number(dirname(b).split('/').at(-1));
}

/**
 * A throw-away cluster that listens on a socket in its own directory only. It does not wait for the disk unless it is
 * `durable`: then commits cost what they cost where data counts.
 */
export async function startPostgres(
  bin: string,
  { durable = false }: { durable?: boolean } = {},
): Promise<PostgresCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'sbpg-'));
  const account = unprivilegedAccount();
  if (account.uid !== undefined) chownSync(folder, account.uid, account.gid ?? account.uid);
  chmodSync(folder, 0o700);
  const data = join(folder, 'data');
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-A', 'trust', '-U', 'switchboard', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...account, cwd: folder, stdio: 'ignore' },
  );
  const settings = ['listen_addresses=', `unix_socket_directories=${folder}`];
  if (!durable) settings.push('fsync=off');
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    { ...account, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await saysReady(server.stderr, ended);
  let made = 0;
  return {
    makeDatabase() {
      made += 1;
      const name = `t${made}`;
      execFileSync(join(bin, 'createdb'), ['-h', folder, '-U', 'switchboard', name], account);
      return `postgresql://switchboard@localhost/${name}?host=${encodeURIComponent(folder)}`;
    },
    async stop() {
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function saysReady(log: NodeJS.ReadableStream, ended: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    log.on('data', (chunk) => {
      text += String(chunk);
      if (text.includes('database system is ready to accept connections')) resolve();
    });
    ended.then(() => reject(new Error(`postgres ended: ${text}`)));
  });
}

/** PostgreSQL refuses to run as root: take the account that packages make for it, or nobody. */
function unprivilegedAccount(): Pick<SpawnOptions, 'uid' | 'gid'> {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      const uid = Number(execFileSync('id', ['-u', name], { stdio: ['ignore', 'pipe', 'ignore'] }));
      const gid = Number(execFileSync('id', ['-g', name], { stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid, gid };
    } catch {
      // No such account here: try the next.
    }
  }
  return {};
}
