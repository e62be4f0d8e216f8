import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { StartError } from '../../startError.ts';

export interface DirectoryLock {
  release(): void;
}

/**
 * Make `path` this process's own. The lock is one the operating system holds (on a SQLite file, which
 * knows how on every platform), so that it ends with the process however that dies.
 * Throws `StartError` where the directory cannot be written or another server holds it.
 */
export function lockDirectory(path: string): DirectoryLock {
  assertWritable(path);
  const database = new Database(join(path, 'server.lock'), { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (codeOf(error) !== 'SQLITE_BUSY') throw error;
    throw new StartError(`DATA_DIR: ${path} is in use by another server`);
  }
  return { release: () => database.close() };
}

function assertWritable(path: string): void {
  const probe = join(path, '.write-probe');
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new StartError(`DATA_DIR: ${path} cannot be written (${codeOf(error)})`);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
