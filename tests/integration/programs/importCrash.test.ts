import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import { ImportClient } from '#tests/support/importFiles.ts';
import { type Backend, backendNames, startBackend } from '#tests/support/serverBackends.ts';
import { ServerClient } from '#tests/support/serverClient.ts';
import { type ServerProcess, startServerProcess } from '#tests/support/serverProcess.ts';
import { layDatabase } from '#tests/support/sharedPlaces.ts';

/** Of a batch, as a server takes it by itself. */
const batchRows = { pglite: 2_000, postgres: 5_000 };
const batches = 5;
const admin = practiceUsers.find(({ role }) => role === 'administrator')?.login ?? '';

function fileOf(count: number): string {
  const lines = Array.from(
    { length: count },
    (_, index) => `K${index},客户${index},${13_700_000_000 + index}`,
  );
  return `客户编号,姓名,手机\n${lines.join('\n')}\n`;
}

describe.each(backendNames)('an import whose server dies, on %s', (name) => {
  const rows = batches * batchRows[name];
  let folder: string;
  let backend: Backend;
  let server: ServerProcess;
  let variables: Record<string, string>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'switchboard-crash-'));
    backend = await startBackend(name);
    const { database } = backend.options();
    if (name === 'pglite') await layDatabase(folder);
    variables = {
      SWITCHBOARD_MODE: 'practice',
      PRACTICE_CUSTOMERS: '0',
      PORT: '0',
      JOB_LEASE_MS: '2000',
      ...(database.kind === 'postgres' ? { DATABASE_URL: database.url } : { DATA_DIR: folder }),
    };
    server = startServerProcess(variables);
  });
  afterAll(async () => {
    server.child.kill('SIGTERM');
    await server.ended;
    await backend.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function signIn() {
    const client = new ServerClient(await server.ready);
    await client.signIn(admin);
    return { client, files: new ImportClient(client) };
  }

  it('is gone on with, and nothing comes twice', { timeout: 180_000 }, async () => {
    const before = await signIn();
    const { id } = await before.files.upload('customers', fileOf(rows));
    const { settings } = await before.files.preview(id);
    await before.files.start(id, 'run', settings);
    expect((await before.files.untilWritten(id)).state).toBe('running');
    server.child.kill('SIGKILL');
    await server.ended;

    server = startServerProcess(variables);
    const after = await signIn();
    const done = await after.files.until(id, 'done');
    expect(done.counts).toMatchObject({ rows, new: rows, skipped: 0, wrong: 0 });
    const { changes } = await after.client.pullSettled();
    const nos = changes.flatMap(({ entity, fields }) => (entity === 'customer' ? [fields.no] : []));
    expect(nos).toHaveLength(rows);
    expect(new Set(nos).size).toBe(rows);
    const points = changes.filter(({ entity }) => entity === 'contactPoint');
    expect(points).toHaveLength(rows);
  });
});

describe.skipIf(!backendNames.includes('postgres'))('an import whose node dies', () => {
  const rows = batches * batchRows.postgres;

  it('is gone on with by another node, and nothing comes twice', { timeout: 180_000 }, async () => {
    const backend = await startBackend('postgres');
    const { database } = backend.options();
    if (database.kind !== 'postgres') throw new Error('not a database for two');
    const { url } = database;
    const own = new pg.Client({ connectionString: url });
    const nodes: ServerProcess[] = [];
    const startNode = async () => {
      const node = startServerProcess({
        SWITCHBOARD_MODE: 'practice',
        PRACTICE_CUSTOMERS: '0',
        PORT: '0',
        JOB_LEASE_MS: '2000',
        DATABASE_URL: url,
      });
      nodes.push(node);
      const client = new ServerClient(await node.ready);
      await client.signIn(admin);
      return { node, files: new ImportClient(client) };
    };
    try {
      await own.connect();
      const first = await startNode();
      const { id } = await first.files.upload('customers', fileOf(rows));
      const { settings } = await first.files.preview(id);
      await holdBatch(own, id, 3);
      await first.files.start(id, 'run', settings);
      await first.files.untilWritten(id, (written) => written === rows - batchRows.postgres);

      const second = await startNode();
      first.node.child.kill('SIGKILL');
      await first.node.ended;
      await own.query('rollback');
      const done = await second.files.until(id, 'done');
      expect(done.counts).toMatchObject({ rows, new: rows, skipped: 0, wrong: 0 });
      for (const table of ['record', 'history']) {
        const counted = await own.query(
          `select count(*)::int as customers, count(distinct fields ->> 'no')::int as nos
             from ${table} where entity = 'customer'`,
        );
        expect(counted.rows).toEqual([{ customers: rows, nos: rows }]);
      }
    } finally {
      for (const { child } of nodes) child.kill('SIGKILL');
      await Promise.all(nodes.map(({ ended }) => ended));
      await own.end();
      await backend.stop();
    }
  });
});

/** Let the note that a batch is done wait for the end of this transaction; all other batches go on. */
async function holdBatch(own: pg.Client, importId: string, n: number): Promise<void> {
  await own.query('begin');
  // No lock on the import itself, which the foreign key would take.
  await own.query('set local session_replication_role = replica');
  await own.query("insert into import_batch (import_id, n, counts) values ($1, $2, '{}')", [
    importId,
    n,
  ]);
}
