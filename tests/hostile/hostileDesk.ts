import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Log } from '#electron/core/providers.ts';
import { ScriptedMedia } from '#tests/support/scriptedMedia.ts';
import { TestPhone } from '#tests/support/testPhone.ts';

const account = { uri: 'sip:2041@pbx.invalid', user: '2041', password: 'right' };

/** An answer or a request of the desk, as it came over the wire. */
export interface FromDesk {
  text: string;
  /** Null for a request. */
  status: number | null;
  method: string;
  header(name: string): string;
}

/** A desk's real phone whose PBX sends what it likes, byte by byte, and keeps to the rules where it answers. */
export class HostileDesk {
  readonly phone: TestPhone;
  readonly warnings: string[] = [];
  #media = new ScriptedMedia();
  #server: WebSocketServer;
  #socket: WebSocket | null = null;
  #waiters = new Set<(message: FromDesk) => void>();
  #contact = '';
  #binding = '';
  #probes = 0;

  private constructor(server: WebSocketServer) {
    this.#server = server;
    const write = (message: string, details?: Record<string, unknown>): void => {
      if (this.warnings.length < 1_000)
        this.warnings.push(`${message} ${JSON.stringify(details ?? {})}`);
    };
    const log: Log = { info: () => undefined, warn: write, error: write };
    this.phone = new TestPhone(this.#media, { log, random: () => 0 });
    server.on('connection', (socket) => {
      this.#socket = socket;
      socket.on('message', (data) => this.#receive(data.toString()));
      socket.on('error', () => undefined);
    });
  }

  static async start(): Promise<HostileDesk> {
    const server = new WebSocketServer({
      port: 0,
      host: '127.0.0.1',
      handleProtocols: () => 'sip',
    });
    await new Promise<void>((resolve) => server.once('listening', () => resolve()));
    const desk = new HostileDesk(server);
    const { port } = server.address() as AddressInfo;
    desk.phone.phone.start({ ...account, server: `ws://127.0.0.1:${port}/ws` });
    await desk.phone.registered();
    return desk;
  }

  /** Where requests reach this desk. */
  get contact(): string {
    return this.#contact;
  }

  /** Forgets what was seen so far, so that a long round keeps nothing. */
  forget(): void {
    this.phone.events.length = 0;
    this.phone.mark();
    this.#media.commands.length = 0;
  }

  async stop(): Promise<void> {
    await this.phone.phone.stop();
    for (const client of this.#server.clients) client.terminate();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** In a binary frame, so that bytes need be no text (RFC 7118 §5). */
  send(bytes: Buffer | string): void {
    this.#socket?.send(bytes, { binary: true });
  }

  /** The next message of the desk for which the question is answered yes. */
  next(isMeant: (message: FromDesk) => boolean): Promise<FromDesk> {
    return new Promise((resolve) => {
      const waiter = (message: FromDesk): void => {
        if (!isMeant(message)) return;
        this.#waiters.delete(waiter);
        resolve(message);
      };
      this.#waiters.add(waiter);
    });
  }

  /** Hears every message of the desk until it is told to stop. */
  listen(hear: (message: FromDesk) => void): () => void {
    this.#waiters.add(hear);
    return () => this.#waiters.delete(hear);
  }

  /** Resolves when the desk answered an OPTIONS: everything sent before has been worked through. */
  async isAlive(): Promise<void> {
    this.#probes += 1;
    const id = `probe-${this.#probes}`;
    const answered = this.next(({ status, header }) => status !== null && header('Call-ID') === id);
    this.send(
      [
        `OPTIONS ${this.#contact} SIP/2.0`,
        `Via: SIP/2.0/WS pbx.invalid;branch=z9hG4bK-${id}`,
        'Max-Forwards: 70',
        'From: <sip:pbx@pbx.invalid>;tag=probe',
        'To: <sip:2041@pbx.invalid>',
        `Call-ID: ${id}`,
        'CSeq: 1 OPTIONS',
        'Content-Length: 0',
        '',
        '',
      ].join('\r\n'),
    );
    const { status } = await answered;
    if (status !== 200) throw new Error(`OPTIONS was answered ${status}`);
  }

  #receive(text: string): void {
    const [first = ''] = text.split('\r\n', 1);
    const [head = ''] = text.split('\r\n\r\n', 1);
    const header = (name: string): string =>
      new RegExp(`^${name}:[ \\t]*(.*)\\r$`, 'imu').exec(`${head}\r\n`)?.[1] ?? '';
    const status = /^SIP\/2\.0 (\d{3})/u.exec(first)?.[1];
    const message: FromDesk = {
      text,
      status: status === undefined ? null : Number(status),
      method:
        status === undefined
          ? (first.split(' ', 1)[0] ?? '')
          : (header('CSeq').split(' ')[1] ?? ''),
      header,
    };
    if (message.status === null) this.#answer(message);
    if (message.status !== null && message.status >= 300 && message.method === 'INVITE')
      this.#ack(message);
    for (const waiter of [...this.#waiters]) waiter(message);
  }

  #answer(request: FromDesk): void {
    if (request.method === 'ACK') return;
    if (request.method === 'REGISTER') {
      const contact = request.header('Contact');
      // Without one it asks what the PBX has (RFC 3261 §10.2.3).
      this.#binding = contact || this.#binding;
      this.#contact = /<([^>]+)>/u.exec(contact)?.[1] ?? this.#contact;
    }
    const to = request.header('To');
    this.send(
      [
        'SIP/2.0 200 OK',
        `Via: ${request.header('Via')}`,
        `From: ${request.header('From')}`,
        `To: ${to.includes(';tag=') ? to : `${to};tag=pbx`}`,
        `Call-ID: ${request.header('Call-ID')}`,
        `CSeq: ${request.header('CSeq')}`,
        ...(request.method === 'REGISTER' ? [`Contact: ${this.#binding}`] : []),
        'Content-Length: 0',
        '',
        '',
      ].join('\r\n'),
    );
  }

  /** As a PBX does for every refused INVITE (RFC 3261 §17.1.1.3). */
  #ack(answer: FromDesk): void {
    const [, number = '1'] = /^(\d+)/u.exec(answer.header('CSeq')) ?? [];
    this.send(
      [
        `ACK ${this.#contact} SIP/2.0`,
        `Via: ${answer.header('Via')}`,
        'Max-Forwards: 70',
        `From: ${answer.header('From')}`,
        `To: ${answer.header('To')}`,
        `Call-ID: ${answer.header('Call-ID')}`,
        `CSeq: ${number} ACK`,
        'Content-Length: 0',
        '',
        '',
      ].join('\r\n'),
    );
  }
}
