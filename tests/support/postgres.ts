import { execFile, execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** A cluster as every process of this machine finds it. */
export interface PostgresPlace {
  bin: string;
  /** Where its socket is. */
  folder: string;
}

export interface PostgresDatabases {
  /** Connection string of a fresh database in this cluster: empty, or a copy of `template`. */
  makeDatabase(template?: string): string;
}

export interface PostgresCluster extends PostgresDatabases {
  place: PostgresPlace;
  stop(): Promise<void>;
}

export interface SharedPostgres extends PostgresDatabases {
  /** Drop the databases made here. */
  dropAll(): Promise<void>;
}

const run = promisify(execFile);

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
 * Runs a cluster for as long as its input is open, and removes its folder ($1) behind it: so nothing stays of the
 * cluster of a test that is killed.
 */
const guardian = `
folder=$1; shift
exec 3<&0
"$@" </dev/null 3<&- &
cluster=$!
{ cat; kill -INT $cluster; } <&3 >/dev/null 2>&1 &
exec 3<&-
wait $cluster
cd /
rm -rf "$folder" 2>/dev/null`;

const ofInitdb = ['--auth=trust', '--username=switchboard', '--encoding=UTF8', '--locale=C'];

/** No process of a throw-away database works on its own: what it costs is what it is asked. */
const throwAway = ['fsync=off', 'full_page_writes=off', 'autovacuum=off'];

interface ClusterChoices {
  /** Commits cost what they cost where data counts. Else it does not wait for the disk. */
  durable?: boolean;
  /** Stays when the cluster ends, where it is given: what another one can begin as a copy of. */
  data?: string;
  /** The data of a cluster that has ended. */
  copyOf?: string;
}

/** A throw-away cluster that listens on a socket in its own directory only, and ends with this process. */
export async function startPostgres(
  bin: string,
  { durable = false, data: kept, copyOf }: ClusterChoices = {},
): Promise<PostgresCluster> {
  const folder = clusterFolder();
  const account = unprivilegedAccount();
  const data = kept ?? join(folder, 'data');
  const started = { ...account, cwd: folder };
  await (copyOf === undefined
    ? run(join(bin, 'initdb'), [...ofInitdb, '--no-sync', '--pgdata', data], started)
    : run('cp', ['-R', copyOf, data], started));
  const settings = ['listen_addresses=', `unix_socket_directories=${folder}`];
  if (!durable) settings.push(...throwAway);
  const words = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
  const server = spawn(
    '/bin/sh',
    ['-c', guardian, 'guardian', folder, join(bin, 'postgres'), ...words],
    // In a group of its own: an interrupt of the terminal is for us, and the closed input for the guardian.
    { ...account, cwd: folder, stdio: ['pipe', 'ignore', 'pipe'], detached: true },
  );
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await saysReady(server.stderr, ended);
  const place = { bin, folder };
  return {
    place,
    makeDatabase: databasesOf(place).makeDatabase,
    async stop() {
      server.stdin.end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A directory that a cluster may put its files into. */
export function clusterFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sbpg-'));
  const { uid, gid = uid } = unprivilegedAccount();
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  chmodSync(folder, 0o700);
  return folder;
}

let count = 0;

/** Databases in a cluster that another process started. */
export function databasesOf({ bin, folder }: PostgresPlace): SharedPostgres {
  const account = unprivilegedAccount();
  const made: string[] = [];
  const here = ['-h', folder, '-U', 'switchboard'];
  return {
    makeDatabase(template = 'template1') {
      count += 1;
      const name = `t${process.pid}_${count}`;
      execFileSync(join(bin, 'createdb'), [...here, '-T', template, name], {
        ...account,
        cwd: folder,
      });
      made.push(name);
      return urlOf(folder, name);
    },
    async dropAll() {
      const dropped = made
        .splice(0)
        .flatMap((name) => ['-c', `drop database ${name} with (force)`]);
      if (dropped.length === 0) return;
      // One process for all of them.
      const words = [...here, '-v', 'ON_ERROR_STOP=1', '-d', 'postgres', ...dropped];
      await run(join(bin, 'psql'), words, { ...account, cwd: folder });
    },
  };
}

function urlOf(folder: string, database: string): string {
  return `postgresql://switchboard@localhost/${database}?host=${encodeURIComponent(folder)}`;
}

function saysReady(log: NodeJS.ReadableStream, ended: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    function collect(chunk: unknown): void {
      text += String(chunk);
      if (!text.includes('database system is ready to accept connections')) return;
      // What it says from now on is read and forgotten: a pipe that is full would hold it up.
      log.off('data', collect).resume();
      text = '';
      resolve();
    }
    log.on('data', collect);
    ended.then(() => reject(new Error(`postgres ended: ${text}`)));
  });
}

type Account = Pick<SpawnOptions, 'uid' | 'gid'>;
let unprivileged: Account | null = null;

/** PostgreSQL refuses to run as root: take the account that packages make for it, or nobody. */
function unprivilegedAccount(): Account {
  unprivileged ??= findAccount();
  return unprivileged;
}

function findAccount(): Account {
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
