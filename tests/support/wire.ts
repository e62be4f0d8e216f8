import { Agent, request } from 'node:http';
import type { RawRequest } from './garbageRequests.ts';
import type { WireAnswer } from './proper.ts';

/** Sends requests as they are: `fetch` would tidy addresses, headers and bodies. */
export class Wire {
  readonly #url: URL;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(url: string) {
    this.#url = new URL(url);
  }

  send({ method, path, headers, body }: Omit<RawRequest, 'twist'>): Promise<WireAnswer> {
    const { hostname, port } = this.#url;
    const length = body ? { 'content-length': String(body.length) } : {};
    return new Promise((resolve, reject) => {
      const sent = request(
        { agent: this.#agent, hostname, port, method, path, headers: { ...length, ...headers } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              type: response.headers['content-type'] ?? '',
              text: Buffer.concat(chunks).toString(),
            }),
          );
        },
      );
      sent.on('error', reject);
      sent.end(body ?? undefined);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
