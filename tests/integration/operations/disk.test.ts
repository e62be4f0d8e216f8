import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '#server/server.ts';
import { leastBytes } from '#server/store/database/diskRoom.ts';
import { testOptions } from '../../support/serverBackends.ts';
import {
  customerFields,
  operationBy,
  ServerClient,
  testDevice,
} from '../../support/serverClient.ts';
import { startServerProcess } from '../../support/serverProcess.ts';

const folder = mkdtempSync(join(tmpdir(), 'switchboard-disk-'));
const plenty = 2 ** 33;
const patient = { timeout: 60_000 };
/** The data folder of the first test, for the last one to begin with. */
const filled = join(folder, 'filling');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function pushOf(authorId: string) {
  const made = operationBy(authorId, { entity: 'customer', fields: customerFields() });
  return { id: made.entityId, body: { deviceId: testDevice, operations: [made] } };
}

test('a server whose disk fills up writes nothing, says so, and goes on when there is room', {
  timeout: 180_000,
}, async () => {
  let free = plenty;
  const path = join(folder, 'filling');
  const freeBytes = async () => free;
  const server = await startServer(
    testOptions({ database: { kind: 'directory', path, freeBytes } }),
  );
  const client = new ServerClient(server.url);
  const { user } = await client.signIn('xu.jing');
  const readiness = async () => (await client.call('GET', '/readyz')).status;
  expect(await readiness()).toBe(200);

  free = leastBytes - 1;
  await expect.poll(readiness, patient).toBe(503);
  expect((await client.call('GET', '/readyz')).body.detail).toBe(
    'the disk of the database is full',
  );
  const pushed = pushOf(user.id);
  const refused = await client.call('POST', '/api/sync/push', pushed.body);
  expect(refused).toMatchObject({ status: 503, body: { code: 'internal' } });
  expect(refused.headers.get('retry-after')).toBe('1');
  const { changes } = await client.pullAll();
  expect(changes.length).toBeGreaterThan(10);
  expect(changes.map(({ id }) => id)).not.toContain(pushed.id);

  free = plenty;
  await expect.poll(readiness, patient).toBe(200);
  expect(await client.call('POST', '/api/sync/push', pushed.body)).toMatchObject({
    status: 200,
    body: { results: [{ outcome: 'applied', version: 1 }] },
  });
  await server.stop();
});

test('a start without room says so and leaves nothing behind', async () => {
  const path = join(folder, 'none');
  const freeBytes = async () => leastBytes + 1;
  const starting = startServer(testOptions({ database: { kind: 'directory', path, freeBytes } }));
  await expect(starting).rejects.toThrow(`DATA_DIR: ${path} has less than 128 MiB of room left`);
  expect(readdirSync(path)).toEqual(['server.lock']);
});

const path = join(folder, 'disk');

/** A disk of its own at `path`. Throws where this account may not make one. */
function mount(): void {
  mkdirSync(path, { recursive: true });
  const words = ['-t', 'tmpfs', '-o', 'size=220m', 'tmpfs', path];
  execFileSync('mount', words, { stdio: 'ignore' });
}

function unmount(): void {
  execFileSync('umount', ['-l', path]);
}

function mayMount(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    mount();
    unmount();
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!mayMount())('on a real disk', () => {
  beforeAll(mount);
  afterAll(unmount);

  test('no moment of filling up stops it or loses what it acknowledged', {
    timeout: 180_000,
  }, async () => {
    const variables = {
      SWITCHBOARD_MODE: 'practice',
      PRACTICE_CUSTOMERS: '1',
      DATA_DIR: join(path, 'data'),
    };
    cpSync(filled, variables.DATA_DIR, { recursive: true });
    const first = startServerProcess(variables);
    const client = new ServerClient(await first.ready);
    const { user, token } = await client.signIn('xu.jing');
    const filler = join(path, 'filler');
    const { bavail, bsize } = statfsSync(path);
    writeFileSync(filler, Buffer.alloc(bavail * bsize - leastBytes - 2 ** 20));
    const acknowledged: string[] = [];
    for (;;) {
      const pushed = pushOf(user.id);
      const made = pushed.body.operations[0];
      if (made) made.fields.toCome = noiseOf(20_000);
      const { status, body } = await client.call('POST', '/api/sync/push', pushed.body);
      if (status !== 200) {
        expect(status).toBe(503);
        break;
      }
      expect(body).toMatchObject({ results: [{ outcome: 'applied' }] });
      acknowledged.push(pushed.id);
    }
    const has = async (by: ServerClient) => {
      const ids = new Set((await by.pullAll()).changes.map(({ id }) => id));
      return acknowledged.every((id) => ids.has(id));
    };
    expect(await has(client)).toBe(true);
    first.child.kill('SIGTERM');
    expect(await first.ended).toMatchObject({ code: 0 });

    const second = startServerProcess(variables);
    expect(await second.ended).toEqual({
      code: 1,
      signal: null,
      stderr: `switchboard server: DATA_DIR: ${variables.DATA_DIR} has less than 64 MiB of room left\n`,
    });
    truncateSync(filler);
    const third = startServerProcess(variables);
    const again = new ServerClient(await third.ready);
    again.token = token;
    expect(await has(again)).toBe(true);
    expect(await again.call('POST', '/api/sync/push', pushOf(user.id).body)).toMatchObject({
      status: 200,
    });
    third.child.kill('SIGTERM');
    expect(await third.ended).toMatchObject({ code: 0 });
  });
});

/** Text that no compression makes shorter by much. */
function noiseOf(length: number): string {
  return Array.from({ length }, () => Math.random().toString(36).at(-1)).join('');
}
