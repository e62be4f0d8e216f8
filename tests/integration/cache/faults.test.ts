import { execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '#electron/cache/file/connection.ts';
import { openCache } from '#electron/cache/openCache.ts';
import {
  cacheOptions,
  changeOf,
  customerFields,
  newId,
  openedCache,
  taskFields,
  temporaryFolder,
  testUserId,
  ticketFields,
} from '#tests/support/cacheFixture.ts';

let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const child = fileURLToPath(new URL('../../support/cacheChild.ts', import.meta.url));
const database = () => join(folder.path, 'desk.db');

/** Overwrites bytes in the middle of a file. */
function overwrite(file: string, from: number, length: number): void {
  const fd = openSync(file, 'r+');
  writeSync(fd, Buffer.alloc(length, 0x5c), 0, length, from);
  closeSync(fd);
}

async function failureCode(changes = {}): Promise<string> {
  const opened = await openCache(cacheOptions(folder.path, changes));
  if (!opened.ok) return opened.error.code;
  await opened.value.close();
  return 'opened';
}

describe('a desk killed in the middle of changes', () => {
  test.each([1, 2, 3])(
    'keeps every change that was confirmed, with its operation (%i)',
    async () => {
      const desk = spawn(process.execPath, [child, folder.path, '200'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const confirmed: string[] = [];
      const target = 20 + Math.floor(Math.random() * 60);
      for await (const line of createInterface({ input: desk.stdout })) {
        const [what, id] = line.split(' ');
        expect(what).toBe('done');
        if (id) confirmed.push(id);
        if (confirmed.length === target) desk.kill('SIGKILL');
      }

      const cache = await openedCache(folder.path);
      const waiting = cache.nextOperations(10_000).map(({ entityId }) => entityId);
      expect(waiting.slice(0, confirmed.length)).toEqual(confirmed);
      // At most the one that was being written when the process ended is there without its word.
      expect(waiting.length - confirmed.length).toBeLessThanOrEqual(1);
      for (const id of waiting) expect(cache.record('customer', id)?.name).toBe('张伟');
      expect(cache.rebuilt()).toBeNull();
      await cache.close();
    },
  );
});

describe('who may open a cache', () => {
  test('a second copy is refused while the first runs, and let in afterwards', async () => {
    const cache = await openedCache(folder.path);
    expect(await failureCode()).toBe('cache-locked');
    await cache.close();
    expect(await failureCode()).toBe('opened');
  });

  test('a second process is refused too, until the first is killed', async () => {
    const desk = spawn(process.execPath, [child, folder.path, '10'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => desk.once('close', resolve));
    await new Promise((resolve) => desk.stdout.once('data', resolve));
    expect(await failureCode()).toBe('cache-locked');
    desk.kill('SIGKILL');
    await ended;
    expect(await failureCode()).toBe('opened');
  });

  test('a wrong key is told from a damaged file, even when the note about the key is gone', async () => {
    const cache = await openedCache(folder.path);
    cache.putDraft('form', '{}');
    await cache.close();
    const key = '77'.repeat(32);
    expect(await failureCode({ key })).toBe('cache-wrong-key');
    rmSync(`${database()}.identity`);
    expect(await failureCode({ key })).toBe('cache-wrong-key');
    expect(await failureCode()).toBe('opened');
  });

  test('the cache of another user is refused', async () => {
    await (await openedCache(folder.path)).close();
    expect(await failureCode({ userId: newId() })).toBe('forbidden');
  });

  test('a database of a newer version is left alone', async () => {
    await (await openedCache(folder.path)).close();
    const db = connect(
      { file: database(), key: cacheOptions('').key },
      { cacheKiB: 1024, checkpointPages: 100 },
    );
    db.pragma('user_version = 9999');
    db.close();
    expect(await failureCode()).toBe('cache-from-future');
    expect(readdirSync(folder.path).filter((name) => name.includes('corrupt'))).toEqual([]);
  });
});

describe('a damaged database', () => {
  test.each([
    ['its head', 0, 8192],
    ['everything', 0, 200_000],
  ])(
    'with %s overwritten is set aside, and loses neither outbox nor drafts',
    async (_, from, length) => {
      const [customerId, ticketId, serverId] = [newId(), newId(), newId()];
      const before = await openedCache(folder.path);
      await before.apply([changeOf('customer', serverId, customerFields())], '7.7', 1);
      before.change(
        [
          { entity: 'customer', id: customerId, fields: customerFields({ name: '新客户' }) },
          { entity: 'ticket', id: ticketId, fields: ticketFields({ customerId }) },
          { entity: 'customer', id: serverId, fields: { pinnedNote: 'typed here' } },
        ],
        testUserId,
      );
      before.change(
        [{ entity: 'ticket', id: ticketId, fields: { priority: 'urgent' } }],
        testUserId,
      );
      before.putDraft('wrapUp:1', '{"notes":"half"}');
      const waiting = before.nextOperations(10);
      const device = before.deviceId();
      await before.close();
      overwrite(database(), from, Math.min(length, statSync(database()).size));

      const after = await openedCache(folder.path);
      expect(after.rebuilt()).toMatchObject({ operations: 4, drafts: 1 });
      expect(after.nextOperations(10)).toEqual(waiting);
      expect(after.draft('wrapUp:1')).toBe('{"notes":"half"}');
      expect(after.deviceId()).toBe(device);
      expect(after.cursor()).toBeNull();
      expect(after.card(customerId)?.customer.name).toBe('新客户');
      expect(after.ticket(ticketId)?.ticket).toMatchObject({ priority: 'urgent', waiting: true });
      expect(after.card(serverId)).toBeNull();

      // The server's record comes back in the first sync, and the change typed here is still on it.
      await after.apply([changeOf('customer', serverId, customerFields())], '7.7', 1);
      expect(after.card(serverId)?.customer).toMatchObject({
        name: '张伟',
        pinnedNote: 'typed here',
      });
      await after.close();
      expect(readdirSync(folder.path).some((name) => name.startsWith('desk.db.corrupt-'))).toBe(
        true,
      );

      const again = await openedCache(folder.path);
      expect(again.rebuilt()).toBeNull();
      expect(again.nextOperations(10)).toHaveLength(4);
      await again.close();
    },
  );

  test('damage met while reading is reported, and mended at the next start', async () => {
    const before = await openedCache(folder.path);
    const ids = Array.from({ length: 400 }, newId);
    const note = 'x'.repeat(2000);
    await before.apply(
      ids.map((id) => changeOf('customer', id, customerFields({ pinnedNote: note }))),
      '7.7',
      1,
    );
    before.change([{ entity: 'task', id: newId(), fields: taskFields() }], testUserId);
    await before.close();
    overwrite(database(), 900_000, 300_000);

    const during = await openedCache(folder.path);
    const codes = new Set<unknown>();
    for (const id of ids) {
      try {
        during.card(id);
      } catch (error) {
        codes.add(error instanceof Error && 'code' in error ? error.code : error);
      }
    }
    expect([...codes]).toEqual(['cache-corrupt']);
    await during.close();

    const after = await openedCache(folder.path);
    expect(after.rebuilt()).toMatchObject({ operations: 1 });
    expect(after.nextOperations(10)).toHaveLength(1);
    await after.close();
  });

  test('a torn end of the safety journal costs nothing', async () => {
    const before = await openedCache(folder.path);
    before.change([{ entity: 'task', id: newId(), fields: taskFields() }], testUserId);
    await before.close();
    appendFileSync(`${database()}.journal`, 'torn line without an end');
    overwrite(database(), 0, 8192);
    const after = await openedCache(folder.path);
    expect(after.nextOperations(10)).toHaveLength(1);
    await after.close();
  });

  test('what a power failure took back in the database is put back from the safety journal', async () => {
    const before = await openedCache(folder.path);
    await before.close();
    const saved = readFileSync(database());
    const writing = await openedCache(folder.path);
    const id = newId();
    writing.change([{ entity: 'customer', id, fields: customerFields() }], testUserId);
    writing.putDraft('form', '"typed"');
    await writing.close();
    for (const suffix of ['-wal', '-shm']) rmSync(database() + suffix, { force: true });
    const fd = openSync(database(), 'w');
    writeSync(fd, saved);
    closeSync(fd);

    const after = await openedCache(folder.path);
    expect(after.rebuilt()).toBeNull();
    expect(after.nextOperations(10)).toMatchObject([{ entityId: id }]);
    expect(after.record('customer', id)?.name).toBe('张伟');
    expect(after.draft('form')).toBe('"typed"');
    await after.close();
  });
});

/** A small file system of its own, where this machine lets us mount one. */
function mountSmall(path: string, size: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

/** What the child confirmed and what it was refused until it ended. */
async function starve(command: string, args: string[]): Promise<string[]> {
  const desk = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  for await (const line of createInterface({ input: desk.stdout })) lines.push(line);
  return lines;
}

function idsOf(lines: string[], word: string): string[] {
  return lines
    .filter((line) => line.startsWith(`${word} `))
    .map((line) => line.split(' ').at(-1) ?? '');
}

describe('a full disk', () => {
  async function holdsWhatWasConfirmed(lines: string[]): Promise<void> {
    const refused = lines.filter((line) => line.startsWith('failed '));
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatch(/^failed disk-full /);
    expect(lines.at(-1)).toBe('closed');
    const cache = await openedCache(folder.path);
    expect(cache.rebuilt()).toBeNull();
    expect(cache.nextOperations(10_000).map(({ entityId }) => entityId)).toEqual(
      idsOf(lines, 'done'),
    );
    expect(cache.record('customer', idsOf(lines, 'failed')[0] ?? '')).toBeNull();
    await cache.close();
  }

  test('refuses the change whole and keeps all before it (file size limit)', async () => {
    const limited = `ulimit -f 2048; exec "$0" "$@"`;
    const args = ['-c', limited, process.execPath, child, folder.path, '20000', 'stop'];
    await holdsWhatWasConfirmed(await starve('bash', args));
  });

  test('refuses the change whole and keeps all before it (full file system)', async (context) => {
    if (!mountSmall(folder.path, '6m')) context.skip('mounting needs root');
    try {
      const args = [child, folder.path, '20000', 'stop'];
      const lines = await starve(process.execPath, args);
      execFileSync('mount', ['-o', 'remount,size=20m', folder.path]);
      await holdsWhatWasConfirmed(lines);
    } finally {
      execFileSync('umount', [folder.path]);
    }
  });
});

test('nothing of a customer stands readable in any file', async () => {
  const cache = await openedCache(folder.path);
  const [secret, draft] = ['Quetzalcoatl-客户机密', 'draft-半成品-secret'];
  cache.change(
    [{ entity: 'customer', id: newId(), fields: customerFields({ name: secret }) }],
    testUserId,
  );
  cache.putDraft('form', JSON.stringify({ notes: draft }));
  await cache.search.customers('Quetzal', 5);

  const look = () => {
    for (const name of readdirSync(folder.path)) {
      const bytes = readFileSync(join(folder.path, name));
      for (const text of [secret, draft, 'Quetzal', '客户机密', 'SQLite format 3']) {
        expect(bytes.includes(text), `${text} in ${name}`).toBe(false);
      }
    }
  };
  look();
  if (process.platform !== 'win32') expect(statSync(database()).mode & 0o077).toBe(0);
  await cache.close();
  look();
});
