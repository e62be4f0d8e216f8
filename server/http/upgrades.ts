import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { ProblemError, problem, problemType } from './problems.ts';

export const livePath = '/api/sync/live';

/** Only WebSockets: who asks for another protocol is answered in HTTP/1.1 (RFC 9110, section 7.8). */
export function isWebSocketUpgrade({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/** Refuse WebSockets where there are none, and handshakes that are none, in the words of all other errors. */
export function refuseWrongUpgrades(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ ws, routeOptions }, reply) => {
    // A connection that asked for an upgrade is good for nothing else.
    if (ws) reply.header('connection', 'close');
    if (!ws || routeOptions.url === undefined || routeOptions.url === livePath) return;
    throw new ProblemError(400, 'invalid-input', 'this address speaks no WebSocket');
  });
  app.websocketServer.on('wsClientError', (error: Error, socket: Duplex) => {
    const body = JSON.stringify(problem(400, 'invalid-input', error.message));
    const head = [
      'HTTP/1.1 400 Bad Request',
      `content-type: ${problemType}`,
      `content-length: ${Buffer.byteLength(body)}`,
      'sec-websocket-version: 13',
      'connection: close',
    ];
    socket.once('finish', () => socket.destroy());
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  });
}
