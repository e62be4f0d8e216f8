import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';

/** What a request is answered with. */
export interface JsonAnswer {
  status: number;
  body: unknown;
}

/** A server that is not ours: it says in JSON what a test wants it to say, and the same to every live socket. */
export class JsonServer {
  readonly url: string;
  #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** `live`: messages for a socket behind its first one; without them there is no live socket. */
  static async start(
    answerTo: (path: string, request: unknown) => JsonAnswer,
    live?: () => unknown[],
  ): Promise<JsonServer> {
    const server = createServer(async (request, response) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString();
      const { status, body } = answerTo(request.url ?? '', text === '' ? null : JSON.parse(text));
      const kind = status >= 400 ? 'problem+json' : 'json';
      response.writeHead(status, { 'content-type': `application/${kind}` });
      response.end(JSON.stringify(body));
    });
    if (live) listenLive(server, live);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new JsonServer(server);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function listenLive(server: Server, live: () => unknown[]): void {
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket: Duplex, head) => {
    sockets.handleUpgrade(request, socket, head, (client) => {
      client.once('message', () => {
        for (const message of live()) client.send(JSON.stringify(message));
      });
    });
  });
  server.once('close', () => {
    for (const client of sockets.clients) client.terminate();
  });
}
