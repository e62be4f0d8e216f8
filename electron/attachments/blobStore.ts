import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DeskError } from '#shared/result.ts';

/**
 * Bytes of attachments on this desk, each under its SHA-256, encrypted like the cache (AES-256-GCM under a key that
 * follows from the cache's). `waiting` ones were made here and are not on the server yet.
 */
export interface BlobStore {
  has(sha256: string): boolean;
  isWaiting(sha256: string): boolean;
  /** Returns the SHA-256, hex. Throws `disk-full`. */
  put(bytes: Uint8Array, as: 'waiting' | 'fetched'): string;
  /** Null where it is not here, or not what it was: then it is gone, and is to be fetched again. */
  read(sha256: string): Uint8Array | null;
  waiting(): string[];
  /** The server has it. */
  uploaded(sha256: string): void;
  /** The server may have lost it; what is not here is left alone. */
  bringAgain(sha256: string): void;
}

const nonceBytes = 12;
const tagBytes = 16;
const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const named = /^[0-9a-f]{64}$/u;

/** `cacheKey`: hex. */
export function createBlobStore(folder: string, cacheKey: string): BlobStore {
  const key = Buffer.from(
    hkdfSync('sha256', Buffer.from(cacheKey, 'hex'), Buffer.alloc(0), 'attachments', 32),
  );
  const waitingFolder = join(folder, 'waiting');
  const places = { waiting: waitingFolder, fetched: folder };
  mkdirSync(waitingFolder, { recursive: true, mode: 0o700 });

  function pathOf(sha256: string): string | null {
    if (!named.test(sha256)) return null;
    const paths = Object.values(places).map((place) => join(place, sha256));
    return paths.find((path) => existsSync(path)) ?? null;
  }

  const isWaiting = (sha256: string) =>
    named.test(sha256) && existsSync(join(waitingFolder, sha256));

  return {
    has: (sha256) => pathOf(sha256) !== null,
    isWaiting,
    put(bytes, as) {
      const sha256 = sha256Of(bytes);
      const held = pathOf(sha256);
      if (held !== null && decrypted(key, sha256, readFileSync(held))) return sha256;
      writeWhole(join(places[as], sha256), encrypted(key, sha256, bytes));
      return sha256;
    },
    read(sha256) {
      const path = pathOf(sha256);
      if (path === null) return null;
      const bytes = decrypted(key, sha256, readFileSync(path));
      // What waits for the server stays where it is, whatever it is: nothing else has it.
      if (bytes === null && !isWaiting(sha256)) rmSync(path, { force: true });
      return bytes;
    },
    waiting: () => readdirSync(waitingFolder).filter((name) => named.test(name)),
    uploaded(sha256) {
      if (isWaiting(sha256)) renameSync(join(waitingFolder, sha256), join(folder, sha256));
    },
    bringAgain(sha256) {
      const path = pathOf(sha256);
      if (path !== null && !isWaiting(sha256)) renameSync(path, join(waitingFolder, sha256));
    },
  };
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function encrypted(key: Buffer, sha256: string, bytes: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(sha256));
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

function decrypted(key: Buffer, sha256: string, stored: Buffer): Buffer | null {
  if (stored.length < nonceBytes + tagBytes) return null;
  const nonce = stored.subarray(0, nonceBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce)
    .setAAD(Buffer.from(sha256))
    .setAuthTag(stored.subarray(-tagBytes));
  try {
    const body = stored.subarray(nonceBytes, -tagBytes);
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch {
    return null;
  }
}

/** After a crash the file is there whole, or not at all. */
function writeWhole(path: string, bytes: Buffer): void {
  const next = `${path}.next`;
  try {
    const fd = openSync(next, 'w', 0o600);
    try {
      let written = 0;
      while (written < bytes.length) written += writeSync(fd, bytes, written);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(next, path);
  } catch (error) {
    rmSync(next, { force: true });
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (full.has(code)) throw new DeskError('disk-full', 'no room for the file');
    throw error;
  }
}
