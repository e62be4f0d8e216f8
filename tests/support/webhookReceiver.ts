import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { WebhookEnvelope } from '#shared/domain/webhooks.ts';

export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
  event: WebhookEnvelope;
  /** Not answered yet where `answering` was set to null. */
  response: ServerResponse;
}

export interface WebhookReceiver {
  url: string;
  port: number;
  /** What it does with what comes; null: nothing at all, not even an answer. At first 204. */
  answering: ((response: ServerResponse, nth: number) => void) | null;
  /** What came, one by one, in its order. */
  next(): Promise<Received>;
  /** What came and was not asked for. */
  unread: Received[];
  stop(): Promise<void>;
}

/** A real receiver of webhooks that does what a test says. `port` 0 takes a free one. */
export async function startReceiver(port = 0): Promise<WebhookReceiver> {
  const unread: Received[] = [];
  const waiting: ((received: Received) => void)[] = [];
  let count = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      count += 1;
      receiver.answering?.(response, count);
      const received = { headers: request.headers, body, event: JSON.parse(body), response };
      const wait = waiting.shift();
      if (wait) wait(received);
      else unread.push(received);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  const receiver: WebhookReceiver = {
    port: address.port,
    url: `http://127.0.0.1:${address.port}/hook`,
    answering: (response) => response.writeHead(204).end(),
    unread,
    next() {
      const first = unread.shift();
      return first ? Promise.resolve(first) : new Promise((resolve) => waiting.push(resolve));
    },
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return receiver;
}
