import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sampleRateHz } from './ulaw.ts';

const headBytes = 58;
const muLaw = 7;

/** Head of a WAV file with one channel of µ-law at 8 kHz and `bytes` bytes of sound (RIFF, format 7). */
export function waveHead(bytes: number): Buffer {
  const head = Buffer.alloc(headBytes);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(headBytes - 8 + bytes, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(18, 16);
  head.writeUInt16LE(muLaw, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(sampleRateHz, 24);
  head.writeUInt32LE(sampleRateHz, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('fact', 38, 'latin1');
  head.writeUInt32LE(4, 42);
  head.writeUInt32LE(bytes, 46);
  head.write('data', 50, 'latin1');
  head.writeUInt32LE(bytes, 54);
  return head;
}

/** Sound on its way into a file, which gets its name when it is whole. */
export class WaveFile {
  #path: string;
  #stream: WriteStream;
  #bytes = 0;
  #failed = false;

  constructor(path: string) {
    this.#path = path;
    this.#stream = createWriteStream(unfinished(path));
    this.#stream.on('error', () => {
      this.#failed = true;
    });
    this.#stream.write(waveHead(0));
  }

  write(frame: Uint8Array): void {
    if (this.#failed) return;
    this.#bytes += frame.length;
    this.#stream.write(frame);
  }

  /** Resolves when the file is there; nothing is left of one that could not be written. */
  async close(): Promise<void> {
    const written = new Promise<void>((resolve) => this.#stream.once('close', resolve));
    this.#stream.end();
    await written;
    const part = unfinished(this.#path);
    try {
      const file = await open(part, 'r+');
      await file.write(waveHead(this.#bytes), 0, headBytes, 0).finally(() => file.close());
      await rename(part, this.#path);
    } catch {
      await rm(part, { force: true }).catch(() => undefined);
    }
  }
}

function unfinished(path: string): string {
  return `${path}.part`;
}

/** Makes the directory, and keeps the newest `most` files in it. */
export async function tidyRecordings(directory: string, most: number): Promise<void> {
  await mkdir(directory, { recursive: true });
  const names = await readdir(directory);
  const aged = await Promise.all(
    names.map(async (name) => {
      const found = await stat(join(directory, name)).catch(() => null);
      return { name, at: found?.mtimeMs ?? 0, isPart: name.endsWith('.part') };
    }),
  );
  aged.sort((a, b) => b.at - a.at);
  const old = [...aged.slice(most), ...aged.filter(({ isPart }) => isPart)];
  await Promise.all(old.map(({ name }) => rm(join(directory, name), { force: true })));
}
