import { createServer } from 'node:net';

/**
 * Below those that systems give to outgoing connections (Linux from 32768, others from 49152): such a port may be taken
 * by any connection while the server that listens there is killed and started again. None of them is refused by fetch.
 */
const first = 20_000;
const count = 10_000;

/** Processes side by side look at different ones, and one process gives none twice. */
let given = process.pid * 97;

/** A port of 127.0.0.1 that is free now and stays so, for what is started several times at the same address. */
export async function freePort(): Promise<number> {
  for (let looked = 0; looked < count; looked += 1) {
    given += 1;
    const port = first + (given % count);
    if (await isFree(port)) return port;
  }
  throw new Error('no port is free');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
