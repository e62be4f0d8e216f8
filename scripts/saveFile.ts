import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { CommandError } from './commandError.ts';
import { words } from './dataWords.ts';

/** No space, over the quota, over the largest size of a file. */
const noRoom = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** Write an answer of the server into a file: whole or not at all. Throws `CommandError` saying why not. */
export async function saveFile({ body }: Response, path: string): Promise<void> {
  if (!body) throw new CommandError(words('brokenOff'));
  const part = `${path}.part`;
  try {
    await pipeline(Readable.fromWeb(body as ReadableStream), createWriteStream(part));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw failureOf(error, path);
  }
}

function failureOf(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (noRoom.includes(code)) return new CommandError(words('noRoom', { file: path }));
  const isFileError = error instanceof Error && 'syscall' in error && 'path' in error;
  return isFileError ? error : new CommandError(words('brokenOff'));
}
