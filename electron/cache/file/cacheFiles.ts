import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** The files of one cache, all beside the database. */
export interface CacheFiles {
  database: string;
  journal: string;
  identity: string;
  lock: string;
  /** Present after a read met a damaged page: the next start checks the whole file. */
  suspect: string;
}

export function cacheFiles(database: string): CacheFiles {
  return {
    database,
    journal: `${database}.journal`,
    identity: `${database}.identity`,
    lock: `${database}.lock`,
    suspect: `${database}.suspect`,
  };
}

const companions = ['', '-wal', '-shm'];
/** All but the lock: what belongs to one key. */
const ofOneKey = [...companions, '.journal', '.identity', '.suspect'];

/** Moves a damaged database out of the way, for whoever wants to examine it; returns its new name. */
export function setAside({ database }: CacheFiles, now: number): string {
  return moveAside(database, companions, `corrupt-${timeMark(now)}`);
}

/** Moves a cache made with another key out of the way, whole: with that key it opens again. */
export function setAsideLocked(database: string, now: number): string {
  return moveAside(database, ofOneKey, `locked-${timeMark(now)}`);
}

function timeMark(now: number): string {
  return new Date(now).toISOString().replace(/[:.]/g, '-');
}

function moveAside(database: string, suffixes: readonly string[], mark: string): string {
  const aside = `${database}.${mark}`;
  for (const suffix of suffixes) {
    if (existsSync(database + suffix)) renameSync(database + suffix, aside + suffix);
  }
  return aside;
}

/** Replaces a small file so that after a crash either the old or the new text stands there. */
export function writeFileWhole(file: string, text: string): void {
  const next = `${file}.next`;
  const fd = openSync(next, 'w', 0o600);
  try {
    writeSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(next, file);
  syncFolderOf(file);
}

/** A new name is durable only with the folder it stands in. Windows cannot, and need not, do that. */
export function syncFolderOf(file: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(dirname(file), 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

export function removeFile(file: string): void {
  rmSync(file, { force: true });
}
