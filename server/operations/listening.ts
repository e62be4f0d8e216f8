import { Server as SecureServer } from 'node:https';
import type { FastifyInstance } from 'fastify';
import type { ServerOptions } from '../options.ts';
import { StartError } from '../startError.ts';
import { readTls } from './tls.ts';
import { within } from './within.ts';

/** Answers where it listens, such as `http://127.0.0.1:7080`. Throws `StartError` with a reason for people. */
export async function listen(app: FastifyInstance, { host, port }: ServerOptions): Promise<string> {
  try {
    await app.listen({ host, port });
    return addressOf(app, host);
  } catch (error) {
    await app.close();
    throw listenFailure(error, host, port);
  }
}

/** Where a server that listens on every address is found from this machine. */
const anyAddress: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

function addressOf(app: FastifyInstance, host: string): string {
  const bound = app.server.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  const scheme = app.server instanceof SecureServer ? 'https' : 'http';
  const reachable = anyAddress[host] ?? host;
  return `${scheme}://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

function listenFailure(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'EADDRINUSE':
      return new StartError(`PORT: ${port} is in use on ${host}`);
    case 'EACCES':
      return new StartError(`PORT: ${port} may not be used by this account`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(`HOST: ${host} is no address of this machine`);
    default:
      return error;
  }
}

/** Connections over which no answer went in time are cut: what was asked on them will be asked again. */
export async function drain(app: FastifyInstance, mostMs: number): Promise<void> {
  const answered = app.close();
  if (await within(answered, mostMs)) return;
  app.server.closeAllConnections();
  await answered;
}

export function reloadTls(app: FastifyInstance, { tls }: ServerOptions): void {
  if (!tls || !(app.server instanceof SecureServer)) return;
  app.server.setSecureContext(readTls(tls));
  app.log.info('the certificate was read again');
}
