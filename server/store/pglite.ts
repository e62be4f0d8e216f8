import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite, types } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { lockDirectory } from './directoryLock.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** bigint columns hold times and counters, all below 2^53. */
const parsers = { [types.INT8]: Number };

export async function openMemory(): Promise<Store> {
  return storeOf(await PGlite.create({ parsers }), () => {});
}

/**
 * PGlite in `path`/database. Throws `StartError` where the directory cannot be written or is in use:
 * PGlite itself does not notice a second process and would ruin the files.
 */
export async function openDirectory(path: string): Promise<Store> {
  const lock = lockDirectory(path);
  try {
    const dataDir = join(path, 'database');
    if (!existsSync(dataDir)) await makeCluster(dataDir);
    return storeOf(await PGlite.create({ dataDir, parsers }), lock.release);
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

function storeOf(pglite: PGlite, release: () => void): Store {
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
  return {
    db,
    async listen(channel, heard) {
      await pglite.listen(channel, heard);
    },
    async close() {
      await db.destroy();
      if (!pglite.closed) await pglite.close();
      release();
    },
  };
}
