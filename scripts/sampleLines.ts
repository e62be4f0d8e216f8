import { once } from 'node:events';
import type { Writable } from 'node:stream';

const chunkLength = 256 * 1024;

/** Objects as lines of JSON, in chunks; whoever writes waits while the receiver is slow, so that memory stays flat. */
export function createLines(to: Writable): {
  write(value: unknown): Promise<void>;
  flush(): Promise<void>;
} {
  let chunk = '';

  async function flush(): Promise<void> {
    const text = chunk;
    chunk = '';
    if (text !== '' && !to.write(text)) await once(to, 'drain');
  }

  return {
    async write(value) {
      chunk += `${JSON.stringify(value)}\n`;
      if (chunk.length >= chunkLength) await flush();
    },
    flush,
  };
}
