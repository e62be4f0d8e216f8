import { DeskError } from '#shared/result.ts';

const full = new Set(['SQLITE_FULL', 'ENOSPC', 'EDQUOT', 'EFBIG']);
/** A write that failed below SQLite: on a full disk the operating system says so here. */
const writeFailed = new Set([
  'SQLITE_IOERR_WRITE',
  'SQLITE_IOERR_SHMSIZE',
  'SQLITE_IOERR_FSYNC',
  'SQLITE_IOERR_TRUNCATE',
]);
const notWritable = new Set(['EACCES', 'EPERM', 'EROFS', 'SQLITE_CANTOPEN', 'SQLITE_PERM']);

export function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

export function isCorruption(error: unknown): boolean {
  const code = codeOf(error);
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB';
}

/** What a failing database or file means to the desk; other errors come back as they are. */
export function toDeskError(error: unknown): unknown {
  if (error instanceof DeskError) return error;
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (isCorruption(error)) return new DeskError('cache-corrupt', message);
  if (full.has(code) || writeFailed.has(code)) return new DeskError('disk-full', message);
  if (notWritable.has(code) || code.startsWith('SQLITE_READONLY')) {
    return new DeskError('data-not-writable', message);
  }
  return error;
}
