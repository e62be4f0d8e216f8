import { closeSync, openSync, readSync, writeSync } from 'node:fs';

const blockBytes = 65_536;
const maxBlocks = 128;

/** Many texts, by number, in a file of their own: memory holds where each begins and the blocks read last. */
export class TextSpool {
  readonly #file: number;
  #ends = new Float64Array(1_024);
  #count = 0;
  #written = 0;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  readonly #blocks = new Map<number, Buffer>();

  constructor(path: string) {
    this.#file = openSync(path, 'wx+', 0o600);
  }

  add(text: string): void {
    const bytes = Buffer.from(text);
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (this.#count === this.#ends.length) {
      const grown = new Float64Array(this.#ends.length * 2);
      grown.set(this.#ends);
      this.#ends = grown;
    }
    this.#ends[this.#count] = this.#written + this.#pendingBytes;
    this.#count += 1;
    if (this.#pendingBytes >= blockBytes) this.#flush();
  }

  /** Undefined where there is no such number. */
  get(index: number): string | undefined {
    if (!Number.isInteger(index) || index < 0 || index >= this.#count) return undefined;
    if (this.#pendingBytes > 0) this.#flush();
    const from = index === 0 ? 0 : (this.#ends[index - 1] ?? 0);
    const to = this.#ends[index] ?? from;
    const first = Math.floor(from / blockBytes);
    const start = first * blockBytes;
    if (to - start <= blockBytes) {
      return this.#block(first).toString('utf8', from - start, to - start);
    }
    return this.#read(from, to - from).toString('utf8');
  }

  close(): void {
    closeSync(this.#file);
  }

  #flush(): void {
    const bytes = Buffer.concat(this.#pending);
    let done = 0;
    while (done < bytes.length) {
      done += writeSync(this.#file, bytes, done, bytes.length - done, this.#written + done);
    }
    // The last block may have been read before it was full.
    this.#blocks.delete(Math.floor(this.#written / blockBytes));
    this.#written += bytes.length;
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  #block(number: number): Buffer {
    const held = this.#blocks.get(number);
    if (held) return held;
    const block = this.#read(number * blockBytes, blockBytes);
    const [oldest] = this.#blocks.keys();
    if (this.#blocks.size >= maxBlocks && oldest !== undefined) this.#blocks.delete(oldest);
    this.#blocks.set(number, block);
    return block;
  }

  #read(at: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    let done = 0;
    while (done < length) {
      const read = readSync(this.#file, bytes, done, length - done, at + done);
      if (read === 0) break;
      done += read;
    }
    return bytes.subarray(0, done);
  }
}
