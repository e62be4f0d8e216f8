import { statfs } from 'node:fs/promises';
import { StartError } from '../../startError.ts';

const mebibyte = 2 ** 20;
/**
 * An embedded PostgreSQL that finds no room for its log (a file of 16 MiB each) never answers again. So it is told to
 * write nothing while there is still some.
 */
export const leastBytes = 64 * mebibyte;
/** A new database is about 40 MiB, and begins with a log. */
const leastForNewBytes = 128 * mebibyte;
const lookEveryMs = 500;

/** Bytes that this account may still write where `path` is. */
export type FreeBytes = (path: string) => Promise<number>;

export const freeBytesOf: FreeBytes = async (path) => {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
};

/** Throws `StartError` where the disk is too full to begin. */
export async function assertRoom(path: string, isNew: boolean, free: FreeBytes): Promise<void> {
  const least = isNew ? leastForNewBytes : leastBytes;
  if ((await free(path)) >= least) return;
  throw new StartError(`DATA_DIR: ${path} has less than ${least / mebibyte} MiB of room left`);
}

export interface RoomWatch {
  close(): void;
}

/** Tells `changed` when the room at `path` becomes too small, and when it is enough again. */
export function watchRoom(
  path: string,
  free: FreeBytes,
  changed: (full: boolean) => Promise<void>,
): RoomWatch {
  let full = false;
  let looking = false;
  const look = async () => {
    const now = (await free(path)) < leastBytes;
    if (now === full) return;
    await changed(now);
    full = now;
  };
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    look()
      // Looked at again in a moment.
      .catch(() => {})
      .finally(() => {
        looking = false;
      });
  }, lookEveryMs);
  timer.unref();
  return { close: () => clearInterval(timer) };
}
