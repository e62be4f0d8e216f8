import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext } from 'playwright-core';
import { type WebSocket, WebSocketServer } from 'ws';

/**
 * Baseline: a page that does nothing but show the HTML that a WebSocket brings, and tell when it stood
 * on the screen for two frames.
 */
const page = (
  css: string,
) => `<!doctype html><meta charset="utf-8"><style>${css}</style><main></main>
<script>
  const socket = new WebSocket(location.href.replace('http', 'ws'));
  const main = document.querySelector('main');
  socket.onmessage = ({ data }) => {
    if (data === '') return main.replaceChildren();
    main.innerHTML = data;
    requestAnimationFrame(() => requestAnimationFrame(() => socket.send(String(Date.now()))));
  };
</script>`;

export class BarePage {
  /** Size of the card's HTML. */
  readonly bytes: number;
  #html: string;
  #server: Server;
  #socket: WebSocket;

  private constructor(html: string, server: Server, socket: WebSocket) {
    this.bytes = Buffer.byteLength(html);
    this.#html = html;
    this.#server = server;
    this.#socket = socket;
  }

  static async open(
    context: BrowserContext,
    { html, css }: { html: string; css: string },
  ): Promise<BarePage> {
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(page(css));
    });
    const connected = new Promise<WebSocket>((resolve) => {
      new WebSocketServer({ server }).once('connection', resolve);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const window = await context.newPage();
    await window.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return new BarePage(html, server, await connected);
  }

  /** ms from the sending of the card to its painting; the page is empty before and after. */
  async paintOnce(): Promise<number> {
    const painted = new Promise<number>((resolve) => {
      this.#socket.once('message', (at) => resolve(Number(String(at))));
    });
    const from = Date.now();
    this.#socket.send(this.#html);
    const took = (await painted) - from;
    this.#socket.send('');
    return took;
  }

  close(): void {
    this.#socket.terminate();
    this.#server.close();
  }
}
