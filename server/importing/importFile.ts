import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportSettings } from '#shared/sync/importing.ts';
import { readChunk } from '../store/imports.ts';
import type { Db } from '../store/store.ts';
import { type HeadOfFile, headBytes } from './format/detect.ts';
import { csvRows } from './source/csvRows.ts';
import { FileError, type SourceRow } from './source/rows.ts';
import { vcardRows } from './source/vcardRows.ts';
import { xlsxRows } from './source/xlsxRows.ts';

/** The uploaded file, which stands in the database so that any node can go on with it. */
export interface ImportFile {
  id: string;
  size: number;
}

/** The file piece by piece, each read when the one before was taken. */
export async function* bytesOf(db: Db, { id, size }: ImportFile): AsyncGenerator<Uint8Array> {
  let at = 0;
  while (at < size) {
    const piece = await readChunk(db, id, at);
    if (!piece || piece.length === 0) throw new Error('a piece of the file is missing');
    at += piece.length;
    yield piece;
  }
}

export async function headOf(db: Db, file: ImportFile): Promise<HeadOfFile> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytesOf(db, file)) {
    pieces.push(piece);
    length += piece.length;
    if (length >= headBytes) break;
  }
  const bytes = Buffer.concat(pieces).subarray(0, headBytes);
  return { bytes, whole: file.size <= headBytes };
}

/** A workbook is no stream: it is written to the disk of this node while it is read. Throws `FileError` `disk-full`. */
export async function withFileOnDisk<T>(
  db: Db,
  file: ImportFile,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-import-'));
  try {
    const path = join(folder, 'file');
    const handle = await open(path, 'wx', 0o600);
    try {
      for await (const piece of bytesOf(db, file)) await handle.write(piece);
    } finally {
      await handle.close();
    }
    return await work(path);
  } catch (error) {
    throw isDiskFull(error) ? new FileError('disk-full') : error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  // 53100 is PostgreSQL's disk_full.
  return code === 'ENOSPC' || code === 'EDQUOT' || code === '53100';
}

/** A piece as it was uploaded holds so many rows that a small file would stand at nought until its end. */
const stepBytes = 65_536;

/** Take the rows of the file in groups; `read` tells how far it is, in bytes of what there is to read. */
export async function withRows<T>(
  db: Db,
  file: ImportFile,
  settings: ImportSettings,
  work: (
    rows: AsyncIterable<SourceRow[]>,
    read: () => { read: number; total: number },
  ) => Promise<T>,
): Promise<T> {
  let progress = { read: 0, total: file.size };
  if (settings.format === 'xlsx') {
    return withFileOnDisk(db, file, (path) => {
      const onRead = (read: number, total: number) => {
        progress = { read: Math.min(read, total), total };
      };
      return work(xlsxRows({ path, sheet: settings.sheet, onRead }), () => progress);
    });
  }
  async function* counted() {
    for await (const piece of bytesOf(db, file)) {
      for (let at = 0; at < piece.length; at += stepBytes) {
        const step = piece.subarray(at, at + stepBytes);
        yield step;
        progress = { read: progress.read + step.length, total: file.size };
      }
    }
  }
  const rows =
    settings.format === 'vcard'
      ? vcardRows(counted(), settings.encoding)
      : csvRows(counted(), settings);
  return work(rows, () => progress);
}
