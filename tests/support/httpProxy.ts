import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ProxiedRequest {
  path: string;
  body: string;
}

/**
 * - `pass`: to the server and back;
 * - `loseAnswer`: the server does it, and the wire breaks before the answer is through;
 * - `unknown`: the server has no such address;
 * - a number: the proxy answers with this status in its own words.
 */
export type ProxyDecision = 'pass' | 'loseAnswer' | 'unknown' | number;

/** A proxy between desk and server whose faults a test decides request by request. */
export class HttpProxy {
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async to(
    target: string,
    decide: (request: ProxiedRequest) => ProxyDecision,
  ): Promise<HttpProxy> {
    const server = createServer((request, response) => {
      forward(target, decide, request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new HttpProxy(server);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

async function forward(
  target: string,
  decide: (request: ProxiedRequest) => ProxyDecision,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  const asked = request.url ?? '/';
  const decision = decide({ path: asked, body });
  const path = decision === 'unknown' ? '/api/unknown' : asked;
  if (typeof decision === 'number') {
    response.writeHead(decision, { 'content-type': 'text/html' });
    response.end('<html>proxy</html>');
    return;
  }
  const headers = new Headers();
  for (const name of ['authorization', 'content-type', 'accept-encoding', 'idempotency-key']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  const method = request.method ?? 'GET';
  const answer = await fetch(`${target}${path}`, { method, headers, ...(body ? { body } : {}) });
  const text = await answer.text();
  if (decision === 'loseAnswer') {
    response.destroy();
    return;
  }
  response.writeHead(answer.status, { 'content-type': 'application/json' });
  response.end(text);
}
