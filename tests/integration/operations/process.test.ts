import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';
import {
  customerFields,
  operationBy,
  ServerClient,
  ticketFields,
} from '../../support/serverClient.ts';
import { type ServerProcess, startServerProcess } from '../../support/serverProcess.ts';
import { layDatabase } from '../../support/sharedPlaces.ts';

/** Several processes start one after the other, on a machine that is busy with other tests. */
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const folder = mkdtempSync(join(tmpdir(), 'switchboard-server-'));
const running = new Set<ServerProcess>();

function start(variables: Record<string, string>): ServerProcess {
  const started = startServerProcess({
    SWITCHBOARD_MODE: 'practice',
    PRACTICE_CUSTOMERS: '1',
    ...variables,
  });
  running.add(started);
  started.ended.then(() => running.delete(started));
  return started;
}

afterEach(async () => {
  const left = [...running];
  for (const { child } of left) child.kill('SIGKILL');
  await Promise.all(left.map(({ ended }) => ended));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(backendNames)('a server process on %s', (name) => {
  let backend: Backend;
  let database: Record<string, string>;

  beforeAll(async () => {
    backend = await startBackend(name);
    const { database: options } = backend.options();
    database =
      options.kind === 'postgres'
        ? { DATABASE_URL: options.url }
        : { DATA_DIR: join(folder, 'killed') };
    if (database.DATA_DIR) await layDatabase(database.DATA_DIR);
  });
  afterAll(() => backend?.stop());

  test('killed at any moment, it comes back with everything it acknowledged', async () => {
    const first = start(database);
    const agent = new ServerClient(await first.ready);
    const { user, token } = await agent.signIn('xu.jing');
    const acknowledged = new Map<string, string>();
    const unanswered: ReturnType<typeof operationBy>[] = [];
    const pushOne = async (n: number) => {
      const made = operationBy(user.id, {
        entity: 'ticket',
        fields: ticketFields(user.id, `${n}`),
      });
      unanswered.push(made);
      const [result] = await agent.push(made);
      acknowledged.set(made.entityId, result?.outcome ?? '');
      unanswered.splice(unanswered.indexOf(made), 1);
    };
    for (let n = 0; n < 20; n += 1) await pushOne(n);
    const cut = Promise.allSettled(Array.from({ length: 40 }, (_, n) => pushOne(100 + n)));
    await pushOne(1_000);
    first.child.kill('SIGKILL');
    await cut;
    await first.ended;

    const second = start(database);
    const again = new ServerClient(await second.ready);
    again.token = token;
    const before = await ticketsOf(again);
    for (const [id, outcome] of acknowledged) {
      expect(outcome).toBe('applied');
      expect(before.has(id)).toBe(true);
    }
    if (unanswered.length > 0) await again.push(...unanswered);
    const after = await ticketsOf(again);
    const mine = [...acknowledged.keys(), ...unanswered.map((operation) => operation.entityId)];
    expect(mine).toHaveLength(61);
    expect(mine.every((id) => after.has(id))).toBe(true);
    const numbers = mine.map((id) => after.get(id));
    expect(new Set(numbers).size).toBe(61);
    second.child.send({ type: 'stop' });
    expect(await second.ended).toEqual({ code: 0, signal: null, stderr: '' });
  });
});

async function ticketsOf(client: ServerClient): Promise<Map<string, unknown>> {
  const { changes } = await client.pullSettled();
  const tickets = changes.filter((change) => change.entity === 'ticket');
  expect(tickets.every((ticket) => ticket.version === 1)).toBe(true);
  return new Map(tickets.map((ticket) => [ticket.id, ticket.fields.no]));
}

describe('a server process', () => {
  const dataDir = join(folder, 'shared');
  beforeAll(() => layDatabase(dataDir));

  test('refuses a directory that another server uses, and takes it when that one is dead', async () => {
    const first = start({ DATA_DIR: dataDir });
    await first.ready;
    const second = start({ DATA_DIR: dataDir });
    expect(await second.ended).toEqual({
      code: 1,
      signal: null,
      stderr: `switchboard server: DATA_DIR: ${dataDir} is in use by another server\n`,
    });
    first.child.kill('SIGKILL');
    await first.ended;
    const third = start({ DATA_DIR: dataDir });
    await expect(third.ready).resolves.toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('stops in order on %s', async (signal) => {
    const { ready, child, ended } = start({ DATA_DIR: dataDir });
    const client = new ServerClient(await ready);
    const { user } = await client.signIn('xu.jing');
    const socket = client.live();
    await socket.hello(client.token);
    await socket.next();
    await client.push(operationBy(user.id, { entity: 'customer', fields: customerFields() }));
    child.kill(signal);
    expect(await ended).toEqual({ code: 0, signal: null, stderr: '' });
  });

  test('stops when its parent has gone', async () => {
    const { ready, child, ended } = start({ DATA_DIR: dataDir });
    await ready;
    child.disconnect();
    expect(await ended).toMatchObject({ code: 0 });
  });

  test('says when its port is taken', async () => {
    const holder = createServer();
    const port = await new Promise<number>((resolve) => {
      holder.listen(0, '127.0.0.1', () => {
        const address = holder.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
    const { ended } = start({ DATA_DIR: dataDir, PORT: String(port) });
    expect(await ended).toEqual({
      code: 1,
      signal: null,
      stderr: `switchboard server: PORT: ${port} is in use on 127.0.0.1\n`,
    });
    holder.close();
  });

  test('says when its directory cannot be written', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const { ended } = start({ DATA_DIR: join(file, 'below') });
    expect(await ended).toEqual({
      code: 1,
      signal: null,
      stderr: `switchboard server: DATA_DIR: ${join(file, 'below')} cannot be written (ENOTDIR)\n`,
    });
  });

  test('says when the database is out of reach, without the password', async () => {
    const { ended } = start({ DATABASE_URL: 'postgresql://me:secret@127.0.0.1:1/x' });
    expect(await ended).toEqual({
      code: 1,
      signal: null,
      stderr: 'switchboard server: DATABASE_URL: the database cannot be reached (ECONNREFUSED)\n',
    });
  });

  test('says which variable is wrong', async () => {
    const { ended } = start({ PORT: 'http' });
    expect(await ended).toEqual({
      code: 2,
      signal: null,
      stderr: 'switchboard server: PORT: must be a whole number from 0 to 65535\n',
    });
  });
});
