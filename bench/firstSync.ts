import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect } from '#electron/cache/file/connection.ts';
import { frugal } from '../scripts/nodePrograms.ts';
import { wantedCustomers } from './dataSet.ts';
import { type Bench, limitFigure, percentile, plainFigure, ratioFigure } from './figure.ts';
import type { FirstSyncNews, FirstSyncTask } from './firstSyncDesk.ts';
import { fillCustomers } from './manyCustomers.ts';
import type { PlainCacheTask } from './plainCache.ts';
import { signInDesk } from './pushingDesks.ts';
import { type SiteServer, startSiteServer } from './siteServer.ts';

const rounds = Number(process.env.SWITCHBOARD_BENCH_ROUNDS ?? 3);
const mostRatio = 3;
const marks = [0.1, 0.5, 1];
const mostMemoryGrowth = 1.25;
const key = '5a'.repeat(32);

interface Memory {
  share: number;
  deskMb: number;
  serverMb: number;
}

/**
 * All customers of a large house from the server into an empty, encrypted cache, as a desk does it at its first
 * sign-in: until it is online. Baseline: the same rows from a local file into an equal cache (see plainCache.ts). The
 * search index comes behind both. Memory of both processes at three points of the way.
 */
export const bench: Bench = async () => {
  const server = await startSiteServer();
  if (!server) return [];
  const customers = wantedCustomers();
  await fillCustomers(server.databaseUrl, customers);
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-first-sync-'));
  const ours: number[] = [];
  const plain: number[] = [];
  let memory: Memory[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const cache = join(folder, 'desk.db');
    const synced = await syncOnce(server, cache, customers);
    ours.push(synced.ms);
    memory = synced.memory;
    const rows = join(folder, 'rows.ndjson');
    const columns = await writeRows(cache, rows);
    removeCache(folder);
    plain.push(
      await insertOnce({ file: join(folder, 'plain.db'), key, userId: '', rows, columns }),
    );
    removeCache(folder);
    console.log(
      `  ours ${Math.round(synced.ms)} ms, from a file ${Math.round(plain.at(-1) ?? 0)} ms`,
    );
  }
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
  const name = `first sync of ${customers.toLocaleString('en')} customers`;
  const [value, baseline] = [percentile(ours, 0.5), percentile(plain, 0.5)];
  return [
    ratioFigure(name, 'ms', value, baseline, mostRatio, rounds),
    ...memoryFigures(name, memory),
  ];
};

function memoryFigures(name: string, memory: Memory[]) {
  const [early] = memory;
  const last = memory.at(-1);
  if (!early || !last) return [];
  return [
    ...memory.flatMap(({ share, deskMb, serverMb }) => [
      plainFigure(`${name}, desk's memory at ${share * 100} %`, 'MB', deskMb, 1),
      plainFigure(`${name}, server's memory at ${share * 100} %`, 'MB', serverMb, 1),
    ]),
    limitFigure(
      `${name}, growth of the desk's memory`,
      '×',
      last.deskMb / early.deskMb,
      mostMemoryGrowth,
      1,
    ),
    limitFigure(
      `${name}, growth of the server's memory`,
      '×',
      last.serverMb / early.serverMb,
      mostMemoryGrowth,
      1,
    ),
  ];
}

async function syncOnce(
  server: SiteServer,
  file: string,
  total: number,
): Promise<{ ms: number; memory: Memory[] }> {
  const desk = await signInDesk(server.url, 0);
  desk.close();
  const { userId, token } = desk;
  const task: FirstSyncTask = { file, key, userId, serverUrl: server.url, token, total, marks };
  const child = start('./firstSyncDesk.ts', task);
  const memory: Memory[] = [];
  for (;;) {
    const news = await next(child);
    if (news.type === 'mark') {
      memory.push({
        share: news.share,
        deskMb: news.rss / 1024 ** 2,
        serverMb: rssMb(server.process),
      });
      continue;
    }
    if (news.received < total) throw new Error(`only ${news.received} records arrived`);
    await once(child, 'exit');
    return { ms: news.ms, memory };
  }
}

async function next(child: ChildProcess): Promise<FirstSyncNews> {
  const died = once(child, 'exit').then(() => {
    throw new Error('the desk ended before its first sync');
  });
  const [news] = await Promise.race([once(child, 'message'), died]);
  died.catch(() => {});
  return news;
}

async function insertOnce(task: PlainCacheTask): Promise<number> {
  const child = start('./plainCache.ts', task);
  const [{ ms }] = await once(child, 'message');
  await once(child, 'exit');
  return ms;
}

function start(module: string, task: unknown): ChildProcess {
  return fork(fileURLToPath(new URL(module, import.meta.url)), {
    env: { ...process.env, ...frugal.environment, SWITCHBOARD_BENCH_TASK: JSON.stringify(task) },
    execArgv: [...frugal.execArgv],
  });
}

/** The customers of a cache as the baseline reads them. */
async function writeRows(file: string, rows: string): Promise<string[]> {
  const db = connect({ file, key }, { cacheKiB: 65_536, checkpointPages: 0 });
  const select = db.prepare('SELECT * FROM customer').raw();
  const columns = select.columns().map(({ name }) => name);
  const out = createWriteStream(rows);
  let chunk = '';
  for (const row of select.iterate()) {
    chunk += `${JSON.stringify(row)}\n`;
    if (chunk.length < 1_000_000) continue;
    if (!out.write(chunk)) await once(out, 'drain');
    chunk = '';
  }
  out.end(chunk);
  await once(out, 'finish');
  db.close();
  return columns;
}

function removeCache(folder: string): void {
  for (const name of ['desk', 'plain']) {
    for (const suffix of ['', '-wal', '-shm', '.identity', '.lock', '.journal']) {
      rmSync(join(folder, `${name}.db${suffix}`), { recursive: true, force: true });
    }
  }
}

/** Resident set of a process now, MB of 1024² bytes. */
function rssMb({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
}
