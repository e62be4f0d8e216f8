import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import type { ImportView } from '#shared/sync/importing.ts';
import { maxUploadBytes } from '#shared/sync/importing.ts';
import { ImportClient } from '#tests/support/importFiles.ts';
import { findPostgres, startPostgres } from '#tests/support/postgres.ts';
import { ServerClient } from '#tests/support/serverClient.ts';
import { startServerProcess } from '#tests/support/serverProcess.ts';
import { type Figure, plainFigure, ratioFigure } from './figure.ts';
import { memoryAlong } from './memoryAlong.ts';

const rows = Number(process.env.BENCH_IMPORT_ROWS ?? 1_000_000);
const mostTimes = 6;
const mostGrowthMb = 150;
const lookEveryMs = 250;

/**
 * A file of customers with their numbers, brought in from its upload to its end, against `COPY` of the same file into
 * one typed table with the same look-ups: a primary key by the customer's number and an index by telephone number.
 * COPY parses types and fills two indexes. Ours detects the file, reads numbers and dates as people write them, finds
 * who is here already, makes two records of a row (customer and contact point) that desks get in order, and writes the
 * history of both: 2 rows, 7 index entries and 2 entries in the history of a batch for each row of COPY with 2 index
 * entries. Then all of it is exported as CSV. Neither may take more memory the longer the file is.
 */
export async function bench(): Promise<Figure[]> {
  const bin = findPostgres();
  if (!bin) throw new Error('this bench needs PostgreSQL');
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-bench-'));
  const cluster = await startPostgres(bin);
  try {
    const file = join(folder, 'customers.csv');
    await writeFile(file);
    const copyMs = copy(bin, cluster.makeDatabase(), file);
    const ours = await bring(cluster.makeDatabase(), file);
    const seconds = (ms: number) => ms / 1_000;
    return [
      ratioFigure('import', 's', seconds(ours.tookMs), seconds(copyMs), mostTimes, rows),
      plainFigure('import rows per second', '1/s', rows / seconds(ours.tookMs), rows),
      ...ours.importing.figures('import', mostGrowthMb),
      plainFigure('export rows per second', '1/s', rows / seconds(ours.exportMs), rows),
      ...ours.exporting.figures('export', mostGrowthMb),
    ];
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗';
const given = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚';

/** Numbers are spread over all that there are, so that no index has an easy time. */
async function writeFile(path: string): Promise<void> {
  const out = createWriteStream(path);
  out.write('客户编号,姓名,手机,客户级别,客户起始\n');
  let piece = '';
  for (let row = 0; row < rows; row += 1) {
    const name = `${surnames[row % 20]}${given[(row * 7) % 20]}${given[(row * 13) % 20]}`;
    const number = `13${String((row * 736_483) % 1_000_000_000).padStart(9, '0')}`;
    const day = `${2000 + (row % 25)}-${String(1 + (row % 12)).padStart(2, '0')}-${String(1 + (row % 28)).padStart(2, '0')}`;
    piece += `K${String(row).padStart(7, '0')},${name},${number},${'ABC'[row % 3]},${day}\n`;
    if (piece.length < 1_000_000) continue;
    if (!out.write(piece)) await once(out, 'drain');
    piece = '';
  }
  out.end(piece);
  await finished(out);
}

function copy(bin: string, url: string, file: string): number {
  const psql = (command: string) =>
    execFileSync(join(bin, 'psql'), ['-X', '-q', '-v', 'ON_ERROR_STOP=1', url, '-c', command]);
  psql(
    'create table customer (no text primary key, name text, mobile text, value_class text, since date)',
  );
  psql('create index on customer (mobile)');
  const began = performance.now();
  psql(`\\copy customer from '${file}' csv header`);
  return performance.now() - began;
}

async function bring(url: string, file: string) {
  const server = startServerProcess({
    SWITCHBOARD_MODE: 'practice',
    DATABASE_URL: url,
    PRACTICE_CUSTOMERS: '0',
    PORT: '0',
  });
  try {
    const client = new ServerClient(await server.ready);
    const login = practiceUsers.find(({ role }) => role === 'administrator')?.login ?? '';
    await client.signIn(login);
    const files = new ImportClient(client);
    const began = performance.now();
    const id = await upload(client, files, file);
    const { settings } = await files.preview(id);
    await files.start(id, 'run', settings);
    const pid = server.child.pid ?? 0;
    const importing = memoryAlong(pid);
    let view: ImportView;
    do {
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
      view = await files.find(id);
      importing.look((view.counts?.rows ?? 0) / rows);
    } while (view.state === 'running');
    const tookMs = performance.now() - began;
    if (view.state !== 'done' || view.counts?.new !== rows) {
      throw new Error(`the import ended as ${view.state}: ${JSON.stringify(view.counts)}`);
    }
    const exporting = memoryAlong(pid);
    const exportMs = await takeOut(client, (done) => exporting.look(done / rows));
    return { tookMs, importing, exportMs, exporting };
  } finally {
    server.child.kill('SIGTERM');
    await server.ended;
  }
}

async function upload(client: ServerClient, files: ImportClient, path: string): Promise<string> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const body = { kind: 'customers', fileName: 'customers.csv', size };
    const { id } = (await client.call<ImportView>('POST', '/api/imports', body)).body;
    for (let offset = 0; offset < size; offset += maxUploadBytes) {
      const piece = Buffer.alloc(Math.min(maxUploadBytes, size - offset));
      await handle.read(piece, 0, piece.length, offset);
      await files.piece(id, offset, piece);
    }
    return id;
  } finally {
    await handle.close();
  }
}

const lineEnd = 10;

/** Export all customers as CSV; `look` hears every now and then how many are here. */
async function takeOut(client: ServerClient, look: (done: number) => void): Promise<number> {
  const began = performance.now();
  const response = await fetch(`${client.url}/api/exports?kind=customers&format=csv`, {
    headers: { authorization: `Bearer ${client.token}` },
  });
  if (!response.ok || !response.body) throw new Error(`the export was answered ${response.status}`);
  // The header is a line, too.
  let done = -1;
  let lookedAt = 0;
  for await (const piece of response.body) {
    for (const byte of piece) if (byte === lineEnd) done += 1;
    if (done - lookedAt < rows / 100) continue;
    lookedAt = done;
    look(done);
  }
  look(done);
  if (done !== rows) throw new Error(`${done} of ${rows} customers were exported`);
  return performance.now() - began;
}
