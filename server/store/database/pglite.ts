import { existsSync, renameSync, rmSync } from 'node:fs';
import { cp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite, types } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import type { Store } from '../store.ts';
import type { Tables } from '../tables.ts';
import { lockDirectory } from './directoryLock.ts';
import { assertRoom, type FreeBytes, freeBytesOf, watchRoom } from './diskRoom.ts';

/** bigint columns hold times and counters, all below 2^53. */
const parsers = { [types.INT8]: Number };

export async function openMemory(lay?: () => Promise<string>): Promise<Store> {
  if (!lay) return storeOf(await PGlite.create({ parsers }));
  const dataDir = await lay();
  const store = storeOf(await PGlite.create({ dataDir, parsers }));
  return {
    ...store,
    async close() {
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * PGlite in `path`/database. Throws `StartError` where the directory cannot be written, is in use, or has no room:
 * PGlite itself does not notice a second process and would ruin the files, and stands still on a full disk.
 */
export async function openDirectory(
  path: string,
  freeBytes: FreeBytes = freeBytesOf,
): Promise<Store> {
  const lock = lockDirectory(path);
  try {
    const dataDir = join(path, 'database');
    await assertRoom(path, !existsSync(dataDir), freeBytes);
    if (!existsSync(dataDir)) await makeCluster(dataDir);
    const pglite = await PGlite.create({ dataDir, parsers });
    let full = false;
    const room = watchRoom(path, freeBytes, async (now) => {
      full = now;
      await pglite.exec(`set default_transaction_read_only = ${now ? 'on' : 'off'}`);
    });
    const store = storeOf(pglite);
    return {
      ...store,
      isFull: () => full,
      backUp: (target) => copyCluster(pglite, dataDir, target),
      async close() {
        room.close();
        await store.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Made aside and moved into place whole: a first start that is killed half-way leaves nothing behind. */
async function makeCluster(dataDir: string): Promise<void> {
  const aside = `${dataDir}.new`;
  rmSync(aside, { recursive: true, force: true });
  const pglite = await PGlite.create({ dataDir: aside });
  await pglite.close();
  renameSync(aside, dataDir);
}

function storeOf(pglite: PGlite): Store {
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
  return {
    db,
    async listen(channel, heard) {
      await pglite.listen(channel, heard);
    },
    maintenance: (work) => work(db),
    pool: () => null,
    isFull: () => false,
    backUp: null,
    async close() {
      await db.destroy();
      if (!pglite.closed) await pglite.close();
    },
  };
}

/**
 * Between two statements the files are what a killed server leaves behind, from which the database comes back with all
 * that was committed. Made aside and moved into place, so that `target` is never half a backup.
 */
async function copyCluster(pglite: PGlite, dataDir: string, target: string): Promise<void> {
  const aside = `${target}.new`;
  await rm(aside, { recursive: true, force: true });
  try {
    // So that little is left to be replayed when it is restored.
    await pglite.exec('checkpoint');
    await pglite.runExclusive(() => cp(dataDir, aside, { recursive: true }));
    await rename(aside, target);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    throw error;
  }
}
