import { once } from 'node:events';
import type { Readable } from 'node:stream';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { FileError } from './rows.ts';

/** How far parts of a workbook may grow when unpacked: what grows further is made to fill memory and disks. */
const freeBytes = 64 * 1_048_576;
const mostTimesPacked = 200;
const mostBytes = 8 * 1_073_741_824;
const maxEntries = 10_000;

/** A ZIP archive on disk; its parts are read as streams. Throws `FileError`. */
export interface Archive {
  has(name: string): boolean;
  /** Unpacked bytes of a part as the archive tells them; null where there is no such part. */
  sizeOf(name: string): number | null;
  read(name: string): AsyncGenerator<Uint8Array>;
  close(): void;
}

export async function openArchive(path: string): Promise<Archive> {
  const zip = await yauzl.openPromise(path, { autoClose: false }).catch(refuse);
  try {
    const entries = await entriesOf(zip);
    const entry = (name: string) => entries.get(name.toLowerCase());
    return {
      has: (name) => entry(name) !== undefined,
      sizeOf: (name) => entry(name)?.uncompressedSize ?? null,
      async *read(name) {
        const found = entry(name);
        if (!found) throw new FileError('not-a-workbook');
        yield* unpacked(zip, found);
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  if (zip.entryCount > maxEntries) throw new FileError('too-large-inside');
  try {
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName.toLowerCase(), entry);
  } catch {
    throw new FileError('not-a-workbook');
  }
  return entries;
}

async function* unpacked(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  if (entry.isEncrypted()) throw new FileError('encrypted-workbook');
  const most = Math.min(mostBytes, Math.max(freeBytes, entry.compressedSize * mostTimesPacked));
  if (entry.uncompressedSize > most) throw new FileError('too-large-inside');
  const stream: Readable = await zip.openReadStreamPromise(entry).catch(refuse);
  let bytes = 0;
  try {
    for await (const piece of stream) {
      bytes += piece.length;
      if (bytes > most) throw new FileError('too-large-inside');
      yield piece;
    }
  } catch (error) {
    throw error instanceof FileError ? error : new FileError('not-a-workbook');
  } finally {
    if (!stream.closed) {
      const closed = once(stream, 'close').catch(() => {});
      stream.destroy();
      await closed;
    }
  }
}

function refuse(): never {
  throw new FileError('not-a-workbook');
}
