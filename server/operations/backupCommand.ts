import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DatabaseOptions } from '../options.ts';
import { StartError } from '../startError.ts';
import { openDirectory } from '../store/database/pglite.ts';
import { askForBackup, failureOf } from './backupDoor.ts';

/**
 * `npm run server -- backup FOLDER`: the embedded database into a new folder, by the server that has it open, or
 * alone where none has. Throws `StartError` with the reason.
 */
export async function backUp(database: DatabaseOptions, folder: string): Promise<string> {
  const target = resolve(folder);
  if (database.kind !== 'directory') {
    throw new StartError('backup: PostgreSQL has tools of its own, such as pg_dump', 2);
  }
  if (existsSync(target)) throw new StartError(`backup: ${target} is there already`, 2);
  if (!existsSync(join(database.path, 'database'))) {
    throw new StartError(`backup: ${database.path} has no database`, 2);
  }
  const told = await askForBackup(database.path, target);
  const { error } = told ?? (await alone(database.path, target));
  if (error !== null) throw new StartError(`backup: ${target} cannot be written (${error})`);
  return target;
}

async function alone(path: string, target: string): Promise<{ error: string | null }> {
  const store = await openDirectory(path);
  try {
    return { error: store.backUp ? await failureOf(store.backUp(target)) : null };
  } finally {
    await store.close();
  }
}
