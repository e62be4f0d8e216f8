import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DatabaseOptions } from '#server/options.ts';
import { type RunningServer, startServer } from '#server/server.ts';
import { freePort } from '../../support/freePort.ts';
import { findPostgres } from '../../support/postgres.ts';
import { type Backend, startBackend, testOptions } from '../../support/serverBackends.ts';
import { customerFields, ServerClient } from '../../support/serverClient.ts';
import { serverProgram, startServerProcess, surroundings } from '../../support/serverProcess.ts';
import { layDatabase } from '../../support/sharedPlaces.ts';
import { isIdle, type SyncDesk, startSyncDesk } from '../../support/syncDesk.ts';

const folder = mkdtempSync(join(tmpdir(), 'switchboard-backup-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Several servers are started one after the other. */
const patient = { timeout: 180_000 };
let server: RunningServer;
let port: number;
let url: string;
let desks: SyncDesk[] = [];

async function startOn(database: DatabaseOptions): Promise<void> {
  server = await startServer(testOptions({ database, port, practiceCustomers: 5 }));
  url = server.url;
}

beforeEach(async () => {
  port = await freePort();
});

afterEach(async () => {
  await Promise.all(desks.map((desk) => desk.stop()));
  desks = [];
  await server.stop();
});

function addCustomer(desk: SyncDesk | undefined, name: string): string {
  if (!desk) throw new Error('no such desk');
  const id = uuidv7();
  desk.cache.change([{ entity: 'customer', id, fields: customerFields(name) }], desk.user.id);
  return id;
}

const has = (ids: string[]) => (_status: unknown, cache: SyncDesk['cache']) =>
  ids.every((id) => cache.record('customer', id) !== null);

/**
 * Two desks before and after the database went back to its backup: what was written after it is offered again, and the
 * work goes on.
 */
async function goThrough(backUp: () => Promise<void>, restore: () => Promise<void>): Promise<void> {
  for (const login of ['xu.jing', 'chen.hao']) {
    const desk = await startSyncDesk(url, login);
    desks.push(desk);
    desk.sync.start(desk.token);
    await desk.until(isIdle);
  }
  const before = desks.map((desk) => addCustomer(desk, 'before the backup'));
  await Promise.all(desks.map((desk) => desk.until(has(before))));
  await backUp();
  const lost = desks.map((desk) => addCustomer(desk, 'after the backup'));
  await Promise.all(desks.map((desk) => desk.until(isIdle)));
  await Promise.all(desks.map((desk) => desk.until(has(lost))));
  await restore();
  const later = desks.map((desk) => addCustomer(desk, 'after the return'));
  const all = [...before, ...lost, ...later];
  // As when the agents press "try now": nothing to be proven by waiting for them.
  for (const desk of desks) desk.sync.retry();
  await Promise.all(desks.map((desk) => desk.until(has(all))));
  await Promise.all(desks.map((desk) => desk.until(isIdle)));
  const client = new ServerClient(url);
  await client.signIn('wu.min');
  await expect
    .poll(
      async () => {
        const { changes } = await client.pullAll();
        return changes.filter(({ id }) => all.includes(id)).map(({ version }) => version);
      },
      { timeout: 60_000 },
    )
    .toEqual(all.map(() => 1));
  expect(desks.map(({ sync }) => sync.status().refused)).toEqual([[], []]);
}

/** The command line, as an administrator uses it. */
async function command(environment: Record<string, string>, ...words: string[]) {
  const env = { ...surroundings(), ...environment };
  const run = promisify(execFile)(process.execPath, [serverProgram, ...words], { env });
  const done = await run.catch((error: { code: number; stdout: string; stderr: string }) => error);
  return { code: 'code' in done ? done.code : 0, stdout: done.stdout, stderr: done.stderr };
}

describe('a backup of the embedded database', () => {
  const database = () => join(folder, 'data', 'database');
  const copy = join(folder, 'copy');

  const start = () => startOn({ kind: 'directory', path: join(folder, 'data') });

  beforeEach(async () => {
    await layDatabase(join(folder, 'data'));
    await start();
  }, patient.timeout);
  afterEach(() => {
    rmSync(join(folder, 'data'), { recursive: true });
    rmSync(copy, { recursive: true, force: true });
  });

  async function putBack(): Promise<void> {
    await server.stop();
    rmSync(database(), { recursive: true });
    cpSync(copy, database(), { recursive: true });
    await start();
  }

  test('is the folder of the stopped server', patient, async () => {
    await goThrough(async () => {
      await server.stop();
      cpSync(database(), copy, { recursive: true });
      await start();
    }, putBack);
  });

  test('is made by the command while desks write', patient, async () => {
    await goThrough(async () => {
      const made = command({ DATA_DIR: join(folder, 'data') }, 'backup', copy);
      const during = Array.from({ length: 20 }, () => addCustomer(desks[0], 'during the backup'));
      expect(await made).toEqual({ code: 0, stdout: `${copy}\n`, stderr: '' });
      await desks[1]?.until(has(during));
    }, putBack);
  });

  test('is whole or not there, and made without a server as well', patient, async () => {
    const data = { DATA_DIR: join(folder, 'data') };
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const below = join(file, 'copy');
    expect(await command(data, 'backup', below)).toEqual({
      code: 1,
      stdout: '',
      stderr: `switchboard server: backup: ${below} cannot be written (ENOTDIR)\n`,
    });
    expect(await command(data, 'backup', file)).toEqual({
      code: 2,
      stdout: '',
      stderr: `switchboard server: backup: ${file} is there already\n`,
    });
    const nothing = join(folder, 'nothing');
    expect(await command({ DATA_DIR: nothing }, 'backup', copy)).toEqual({
      code: 2,
      stdout: '',
      stderr: `switchboard server: backup: ${nothing} has no database\n`,
    });
    expect(existsSync(nothing)).toBe(false);
    expect(await command({ DATABASE_URL: 'postgres://x/y' }, 'backup', copy)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('pg_dump'),
    });
    expect(await command(data, 'back-up')).toMatchObject({
      code: 2,
      stderr: 'switchboard server: unknown command; --help tells of those there are\n',
    });
    expect(readdirSync(folder).sort()).toEqual(['a-file', 'data']);

    await server.stop();
    const killed = startServerProcess({ SWITCHBOARD_MODE: 'practice', ...data });
    await killed.ready;
    killed.child.kill('SIGKILL');
    await killed.ended;
    const alone = await command(data, 'backup', copy);
    expect(alone).toEqual({ code: 0, stdout: `${copy}\n`, stderr: '' });
    await putBack();
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });
});

describe.skipIf(!findPostgres())('a backup of PostgreSQL', () => {
  let backend: Backend;
  afterEach(() => backend?.stop());

  test('is a dump, restored into an empty database', patient, async () => {
    backend = await startBackend('postgres', 'empty');
    const bin = findPostgres() ?? '';
    const makeDatabase = () => {
      const { database } = backend.options();
      if (database.kind !== 'postgres') throw new Error('not a database of PostgreSQL');
      return database;
    };
    const dump = join(folder, 'switchboard.dump');
    const first = makeDatabase();
    await startOn(first);
    await goThrough(
      async () => {
        execFileSync(join(bin, 'pg_dump'), ['--format=custom', `--file=${dump}`, first.url]);
      },
      async () => {
        await server.stop();
        const second = makeDatabase();
        const words = ['--no-owner', '--exit-on-error', `--dbname=${second.url}`, dump];
        execFileSync(join(bin, 'pg_restore'), words);
        await startOn(second);
      },
    );
  });
});
