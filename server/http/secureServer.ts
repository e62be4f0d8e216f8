import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:https';
import { readTls } from '../operations/tls.ts';
import type { TlsFiles } from '../options.ts';
import { isWebSocketUpgrade } from './upgrades.ts';

const keepAliveTimeoutMs = 72_000;
/** For a whole request to arrive: a file of 20 MiB on a line of half a megabit a second. Headers have a minute. */
export const requestTimeoutMs = 300_000;

/** Options of Fastify for a server that speaks HTTPS and WSS; none where `files` is null. Throws `StartError`. */
export function secureServer(files: TlsFiles | null): {
  serverFactory?: (handler: RequestListener) => Server;
} {
  if (!files) return {};
  const { cert, key } = readTls(files);
  const options = {
    cert,
    key,
    minVersion: 'TLSv1.2' as const,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    shouldUpgradeCallback: isWebSocketUpgrade,
  };
  return { serverFactory: (handler) => createServer(options, handler) };
}
