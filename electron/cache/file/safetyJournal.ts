import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { z } from 'zod';
import { operationSchema } from '#shared/sync/messages.ts';
import { syncFolderOf } from './cacheFiles.ts';

const lineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('operation'), operation: operationSchema }),
  /** The server has taken these, or the agent gave them up. */
  z.object({ type: z.literal('done'), operationIds: z.array(z.string()) }),
  /** `json` null: the draft was removed. */
  z.object({ type: z.literal('draft'), key: z.string(), json: z.string().nullable() }),
]);
export type JournalLine = z.infer<typeof lineSchema>;

/**
 * Second copy of what exists on this desk only: operations the server has not taken, and drafts. It
 * is a file of its own, so that a destroyed database loses neither. One line each, AES-256-GCM.
 */
export interface SafetyJournal {
  /** Appends; with `durable` the lines are on the disk when this returns, whatever happens to the power. */
  append(lines: JournalLine[], durable: boolean): void;
  /** Bytes written so far: a point to go back to. */
  mark(): number;
  cutTo(mark: number): void;
  /** Replaces everything. */
  rewrite(lines: JournalLine[]): void;
  close(): void;
}

const ivBytes = 12;
const tagBytes = 16;

export function openSafetyJournal(file: string, cacheKey: string): SafetyJournal {
  const key = journalKey(cacheKey);
  let fd = openSync(file, 'a+', 0o600);
  let size = fstatSync(fd).size;

  function cutTo(mark: number): void {
    if (mark >= size) return;
    ftruncateSync(fd, mark);
    size = mark;
  }

  return {
    append(lines, durable) {
      if (lines.length === 0) return;
      const before = size;
      const bytes = encode(lines, key);
      // Until it is written whole, so that a failure half-way is cut off below.
      size += bytes.length;
      try {
        writeWhole(fd, bytes);
        if (durable) fdatasyncSync(fd);
      } catch (error) {
        cutTo(before);
        throw error;
      }
    },
    mark: () => size,
    cutTo,
    rewrite(lines) {
      if (lines.length === 0) return cutTo(0);
      const next = `${file}.next`;
      const bytes = encode(lines, key);
      const nextFd = openSync(next, 'w', 0o600);
      try {
        writeWhole(nextFd, bytes);
        fsyncSync(nextFd);
      } finally {
        closeSync(nextFd);
      }
      closeSync(fd);
      renameSync(next, file);
      syncFolderOf(file);
      fd = openSync(file, 'a+', 0o600);
      size = bytes.length;
    },
    close: () => closeSync(fd),
  };
}

/** Every line that can be read; a torn or foreign one is skipped. `foreign`: none could be, though there are some. */
export function readSafetyJournal(
  file: string,
  cacheKey: string,
): { lines: JournalLine[]; foreign: boolean } {
  if (!existsSync(file)) return { lines: [], foreign: false };
  const key = journalKey(cacheKey);
  const texts = readFileSync(file, 'latin1').split('\n').filter(Boolean);
  const lines = texts.map((text) => decode(text, key)).filter((line) => line !== null);
  return { lines, foreign: texts.length > 0 && lines.length === 0 };
}

function journalKey(cacheKey: string): Buffer {
  const key = hkdfSync(
    'sha256',
    Buffer.from(cacheKey, 'hex'),
    '',
    'switchboard safety journal',
    32,
  );
  return Buffer.from(key);
}

function encode(lines: JournalLine[], key: Buffer): Buffer {
  const texts = lines.map((line) => {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const body = Buffer.concat([cipher.update(JSON.stringify(line), 'utf8'), cipher.final()]);
    return `${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')}\n`;
  });
  return Buffer.from(texts.join(''), 'latin1');
}

function decode(text: string, key: Buffer): JournalLine | null {
  try {
    const bytes = Buffer.from(text, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes));
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    const body = bytes.subarray(ivBytes + tagBytes);
    const json = Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    return lineSchema.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}

function writeWhole(fd: number, bytes: Buffer): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(fd, bytes, written);
}
