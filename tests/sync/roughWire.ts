import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** What the wire does to the next request of a desk. */
export const wireFaults = [
  /** The request breaks off in the middle of its body: the server sees half a message. */
  'cutRequest',
  /** The server has done it; the answer never comes. */
  'loseAnswer',
  /** Half of the answer comes, then the connection breaks. */
  'cutAnswer',
  /** The server gets the request twice, the second time at once. */
  'twice',
  /** The server gets it once more some requests later, when others have overtaken it. */
  'againLater',
  /** Takes its time. */
  'delay',
  /** The desk hears that it failed; the server gets it some requests later, when others have overtaken it. */
  'late',
] as const;
export type WireFault = (typeof wireFaults)[number];

interface Whole {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}

const delayMs = 150;

/** The wire between one desk and the server. Whole HTTP requests pass; the live socket is piped through. */
export class RoughWire {
  readonly url: string;
  #target: string;
  #server: Server;
  #sockets = new Set<Socket>();
  #faults: WireFault[] = [];
  #later: Whole[] = [];
  #isDown = false;

  private constructor(server: Server, target: string) {
    this.#server = server;
    this.#target = target;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('connection', (socket) => this.#keep(socket));
    server.on('request', (request, response) => {
      this.#forward(request, response).catch(() => response.destroy());
    });
    server.on('upgrade', (request, socket, head) => this.#pipe(request, socket as Socket, head));
  }

  static async to(target: string): Promise<RoughWire> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new RoughWire(server, target);
  }

  /** The next request meets this. */
  next(fault: WireFault): void {
    this.#faults.push(fault);
  }

  /** Cuts every connection, in the middle of whatever it carries. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** While down nothing comes through. */
  down(isDown: boolean): void {
    this.#isDown = isDown;
    if (isDown) this.cut();
  }

  /** No more faults; what was held back to come again is let go now. */
  async calm(): Promise<void> {
    this.#faults = [];
    this.#isDown = false;
    await this.#replay();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    if (this.#isDown) socket.destroy();
  }

  async #forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const whole = await wholeOf(request);
    const fault = this.#faults.shift();
    if (fault === 'cutRequest') {
      await this.#half(whole);
      response.destroy();
      return;
    }
    if (fault === 'late') {
      this.#later.push(whole);
      response.destroy();
      return;
    }
    if (fault === 'delay') await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (fault === 'againLater') this.#later.push(whole);
    const answers = await Promise.all([
      this.#send(whole),
      ...(fault === 'twice' ? [this.#send(whole)] : []),
    ]);
    if (fault !== 'againLater' && this.#later.length > 0) await this.#replay();
    const [answer] = answers;
    if (!answer || fault === 'loseAnswer') {
      response.destroy();
      return;
    }
    const { status, type, text } = answer;
    response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) });
    if (fault !== 'cutAnswer') {
      response.end(text);
      return;
    }
    response.write(text.slice(0, text.length / 2), () => response.destroy());
  }

  async #replay(): Promise<void> {
    for (const whole of this.#later.splice(0)) await this.#send(whole).catch(() => undefined);
  }

  async #send({ method, path, headers, body }: Whole) {
    const answer = await fetch(`${this.#target}${path}`, {
      method,
      headers,
      ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
    });
    const type = answer.headers.get('content-type') ?? 'application/json';
    return { status: answer.status, type, text: await answer.text() };
  }

  /** The first half of a message, then nothing: what a cable that is pulled leaves behind. */
  #half({ method, path, headers, body }: Whole): Promise<void> {
    const { hostname, port } = new URL(this.#target);
    return new Promise((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
        const head = [`${method} ${path} HTTP/1.1`, `host: ${hostname}`, ...lines];
        socket.write(`${head.join('\r\n')}\r\ncontent-length: ${body.length}\r\n\r\n`);
        socket.write(body.subarray(0, body.length / 2), () => socket.destroy());
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
    });
  }

  #pipe(request: IncomingMessage, near: Socket, head: Buffer): void {
    const { hostname, port } = new URL(this.#target);
    const far = connect(Number(port), hostname, () => {
      const lines: string[] = [`${request.method} ${request.url} HTTP/1.1`];
      for (let at = 0; at < request.rawHeaders.length; at += 2) {
        lines.push(`${request.rawHeaders[at]}: ${request.rawHeaders[at + 1]}`);
      }
      far.write(`${lines.join('\r\n')}\r\n\r\n`);
      far.write(head);
      near.pipe(far);
      far.pipe(near);
    });
    this.#keep(far);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  }
}

async function wholeOf(request: IncomingMessage): Promise<Whole> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const headers: Record<string, string> = {};
  for (const name of ['authorization', 'content-type', 'accept', 'accept-encoding']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  const { method = 'GET', url = '/' } = request;
  return { method, path: url, headers, body: Buffer.concat(chunks) };
}
