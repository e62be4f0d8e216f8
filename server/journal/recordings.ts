import { createReadStream, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { readTimeOf } from '../store/calls/journal.ts';
import type { Db } from '../store/store.ts';
import { shapeOf } from './wave.ts';

export interface RecordingFile {
  path: string;
  bytes: number;
  modifiedAt: number;
}

/** Bytes of a file, both ends included (RFC 9110 section 14.1.2). */
export interface ByteRange {
  from: number;
  to: number;
}

/**
 * Recordings that the PBX lays down as `<call reference>.wav`, in the directory itself or in one named for the day at
 * the PBX (`2026-11-22/…`); without a directory there are none.
 */
export interface Recordings {
  /** `at`: a time of the call, ms UTC. */
  has(callRef: string, at: number): Promise<boolean>;
  find(callRef: string): Promise<RecordingFile | null>;
  /** How loud it is from part to part, worked out once for each file; null where it is no WAV file that can be read. */
  shape(callRef: string, file: RecordingFile): Promise<Shape | null>;
  read(file: RecordingFile, range: ByteRange): Readable;
}

export interface Shape {
  durationMs: number;
  peaks: number[];
}

/** A reference that is a plain name: nothing that leads out of the directory. */
const plainName = /^[0-9A-Za-z_][0-9A-Za-z_.@+-]{0,199}$/;

export function createRecordings(db: Db, { directory }: { directory: string | null }): Recordings {
  async function look(path: string): Promise<RecordingFile | null> {
    const found: Stats | null = await stat(path).catch(() => null);
    if (!found?.isFile() || found.size === 0) return null;
    return { path, bytes: found.size, modifiedAt: Math.trunc(found.mtimeMs) };
  }

  async function findAt(callRef: string, at: number | null): Promise<RecordingFile | null> {
    if (directory === null || !plainName.test(callRef) || callRef.includes('..')) return null;
    for (const folder of ['', ...(at === null ? [] : daysAround(at))]) {
      const found = await look(join(directory, folder, `${callRef}.wav`));
      if (found) return found;
    }
    return null;
  }

  return {
    find: async (callRef) =>
      findAt(callRef, directory === null ? null : await readTimeOf(db, callRef)),
    has: async (callRef, at) => (await findAt(callRef, at)) !== null,
    read: ({ path }, { from, to }) => createReadStream(path, { start: from, end: to }),
    async shape(callRef, file) {
      const known = await db
        .selectFrom('recording_shape')
        .selectAll()
        .where('call_ref', '=', callRef)
        .executeTakeFirst();
      const isSame =
        known?.file_bytes === file.bytes && Number(known.modified_at) === file.modifiedAt;
      if (known && isSame) {
        return {
          durationMs: known.duration_ms,
          peaks: [...Buffer.from(known.peaks, 'base64')],
        };
      }
      const made = await shapeOf(file.path);
      if (!made) return null;
      const values = {
        file_bytes: file.bytes,
        modified_at: file.modifiedAt,
        duration_ms: made.durationMs,
        peaks: Buffer.from(made.peaks).toString('base64'),
      };
      await db
        .insertInto('recording_shape')
        .values({ call_ref: callRef, ...values })
        .onConflict((conflict) => conflict.column('call_ref').doUpdateSet(values))
        .execute();
      return { durationMs: made.durationMs, peaks: [...made.peaks] };
    },
  };
}

const dayMs = 86_400_000;

/** Days that it can be at a PBX, wherever it stands, `YYYY-MM-DD`. */
function daysAround(at: number): string[] {
  return [0, -dayMs, dayMs].map((off) => new Date(at + off).toISOString().slice(0, 10));
}

/**
 * What a `Range` header asks of a file (RFC 9110 section 14.2): a range; null for the whole file, also where the header
 * is none that is understood or asks for several; `unsatisfiable` where it begins behind the end.
 */
export function rangeOf(
  header: string | undefined,
  bytes: number,
): ByteRange | null | 'unsatisfiable' {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return null;
  if (first === '') {
    const tail = Number(last);
    if (tail === 0) return 'unsatisfiable';
    return { from: Math.max(0, bytes - tail), to: bytes - 1 };
  }
  const from = Number(first);
  const to = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (last !== '' && Number(last) < from) return null;
  return from >= bytes ? 'unsatisfiable' : { from, to };
}
