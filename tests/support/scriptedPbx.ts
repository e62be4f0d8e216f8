import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

/** A SIP message as the desk sent it. */
export interface SipText {
  text: string;
  /** `REGISTER`, or the status code of an answer. */
  kind: string;
  header(name: string): string;
}

const sdp = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 0',
  '',
].join('\r\n');

/** The far end of the wire, message by message: what no well-behaved PBX can be made to do. */
export class ScriptedPbx {
  readonly url: string;
  /** Answers REGISTER by itself with these status codes in turn; the last one stays. */
  registerAnswers: { status: number; headers?: string[] }[] = [{ status: 200 }];
  /** In-dialog requests of these methods, and OPTIONS outside of any, are answered 200 by themselves. */
  readonly accepts = new Set<string>();
  readonly messages: SipText[] = [];
  /** The contact that is bound, as a registrar tells it; a test may put that of another desk in its place. */
  bound = '';
  /** False for a registrar that names no contact in its answers. */
  tells = true;
  /** Contacts of other devices that the registrar keeps beside it. */
  alsoBound: string[] = [];
  #server: WebSocketServer;
  #socket: WebSocket | null = null;
  #taken = 0;
  #found = new Set<SipText>();
  #waiters = new Set<() => void>();

  private constructor(server: WebSocketServer) {
    this.#server = server;
    this.url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws`;
    server.on('connection', (socket) => {
      this.#socket = socket;
      socket.on('message', (data) => this.#receive(data.toString()));
      socket.on('error', () => undefined);
    });
  }

  static async start(): Promise<ScriptedPbx> {
    const server = new WebSocketServer({
      port: 0,
      host: '127.0.0.1',
      handleProtocols: () => 'sip',
    });
    await new Promise<void>((resolve) => server.once('listening', () => resolve()));
    return new ScriptedPbx(server);
  }

  /** The next message of this kind that was not taken yet. */
  next(kind: string, isMeant: (message: SipText) => boolean = () => true): Promise<SipText> {
    return new Promise((resolve) => {
      const look = (): void => {
        const at = this.messages.findIndex(
          (message, index) => index >= this.#taken && message.kind === kind && isMeant(message),
        );
        const found = this.messages[at];
        if (!found) return;
        this.#taken = at + 1;
        this.#waiters.delete(look);
        resolve(found);
      };
      this.#waiters.add(look);
      look();
    });
  }

  /** The first message of this kind that was not found so before; what `next` takes is its own row. */
  first(kind: string, isMeant: (message: SipText) => boolean = () => true): Promise<SipText> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = this.messages.find(
          (message) => message.kind === kind && !this.#found.has(message) && isMeant(message),
        );
        if (!found) return;
        this.#found.add(found);
        this.#waiters.delete(look);
        resolve(found);
      };
      this.#waiters.add(look);
      look();
    });
  }

  count(kind: string): number {
    return this.messages.filter((message) => message.kind === kind).length;
  }

  send(lines: string[], body = ''): void {
    const length = Buffer.byteLength(body);
    this.#socket?.send([...lines, `Content-Length: ${length}`, '', body].join('\r\n'));
  }

  /** Rings the desk; the lines of the request that its further messages repeat. */
  invite(options: ScriptedCallOptions): ScriptedCall {
    return new ScriptedCall(this, options);
  }

  /** Answers a request of the desk. */
  answer(request: SipText, status: string, headers: string[] = [], withSdp = false): void {
    const to = request.header('To');
    this.send(
      [
        `SIP/2.0 ${status}`,
        `Via: ${request.header('Via')}`,
        `From: ${request.header('From')}`,
        `To: ${to.includes(';tag=') ? to : `${to};tag=pbx`}`,
        `Call-ID: ${request.header('Call-ID')}`,
        `CSeq: ${request.header('CSeq')}`,
        ...headers,
        ...(withSdp ? ['Contact: <sip:pbx@pbx.invalid>', 'Content-Type: application/sdp'] : []),
      ],
      withSdp ? sdp : '',
    );
  }

  cut(): void {
    this.#socket?.terminate();
  }

  /** The socket stays, and nothing comes through it any more. */
  freeze(): void {
    this.#socket?.pause();
    this.#socket = null;
  }

  get isConnected(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Resolves when what either side had said has arrived, and what was answered to it too. */
  async settled(): Promise<void> {
    for (let turn = 0; turn < 2; turn += 1) {
      const socket = this.#socket;
      if (socket?.readyState === WebSocket.OPEN) await echo(socket);
      else await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async close(): Promise<void> {
    for (const client of this.#server.clients) client.terminate();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #receive(text: string): void {
    const first = text.split('\r\n', 1)[0] ?? '';
    const kind = first.startsWith('SIP/2.0 ') ? first.slice(8, 11) : (first.split(' ', 1)[0] ?? '');
    const message: SipText = {
      text,
      kind,
      header: (name) =>
        new RegExp(`^${name}:[ \\t]*(.*)\\r$`, 'imu').exec(
          `${text.split('\r\n\r\n', 1)[0]}\r\n`,
        )?.[1] ?? '',
    };
    this.messages.push(message);
    if (kind === 'REGISTER') this.#register(message);
    const isInDialog = message.header('To').includes(';tag=');
    if (this.accepts.has(kind) && (isInDialog || kind === 'OPTIONS')) {
      this.answer(message, '200 OK', [], kind === 'INVITE');
    }
    for (const waiter of [...this.#waiters]) waiter();
  }

  #register(message: SipText): void {
    const [first, ...rest] = this.registerAnswers;
    if (!first) return;
    if (rest.length > 0) this.registerAnswers = rest;
    const contact = message.header('Contact');
    if (first.status === 200 && contact) this.bound = contact.includes('expires=0') ? '' : contact;
    this.answer(message, `${first.status} Scripted`, [
      ...(first.status === 200 && this.tells
        ? [this.bound, ...this.alsoBound].filter(Boolean).map((bound) => `Contact: ${bound}`)
        : []),
      ...(first.headers ?? []),
    ]);
  }
}

/** A ping goes the way of the messages, and so does its answer: it comes after them. */
function echo(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const over = (): void => {
      socket.off('pong', over);
      socket.off('close', over);
      resolve();
    };
    socket.on('pong', over);
    socket.on('close', over);
    socket.ping(() => undefined);
  });
}

export interface ScriptedCallOptions {
  id: string;
  from?: string;
  headers?: string[];
  /** The desk makes the offer in its 200, the ACK answers it. */
  withoutOffer?: boolean;
}

/** One call of the scripted PBX to the desk. */
export class ScriptedCall {
  #pbx: ScriptedPbx;
  #id: string;
  #from: string;
  #invite: string[];
  #contact: string;
  #withoutOffer: boolean;
  #toTag = '';
  #sequence = 1;

  constructor(pbx: ScriptedPbx, options: ScriptedCallOptions) {
    this.#pbx = pbx;
    this.#withoutOffer = options.withoutOffer ?? false;
    this.#id = options.id;
    this.#from = options.from ?? `"Wang" <sip:4001@pbx.invalid>;tag=f-${options.id}`;
    const register = pbx.messages.find(({ kind }) => kind === 'REGISTER');
    this.#contact = /<([^>]+)>/u.exec(register?.header('Contact') ?? '')?.[1] ?? '';
    this.#invite = [
      ...this.#head('INVITE', 1, `z9hG4bK-i-${options.id}`),
      'Contact: <sip:pbx@pbx.invalid>',
      ...(this.#withoutOffer ? [] : ['Content-Type: application/sdp']),
      ...(options.headers ?? []),
    ];
    this.ring();
  }

  /** Sends the INVITE, or sends it again, word for word; by another path, the branch differs (RFC 3261 §8.2.2.2). */
  ring(byAnotherPath = false): void {
    const lines = this.#invite.map((line) =>
      byAnotherPath ? line.replace('branch=z9hG4bK', 'branch=z9hG4bKother') : line,
    );
    this.#pbx.send(lines, this.#withoutOffer ? '' : sdp);
  }

  /** The desk's answer with this status; its tag is kept for what follows. */
  async answered(status: string): Promise<SipText> {
    const answer = await this.#pbx.next(status, (message) => this.owns(message));
    this.#toTag = /;tag=([^;]+)/u.exec(answer.header('To'))?.[1] ?? '';
    return answer;
  }

  owns(message: SipText): boolean {
    return message.header('Call-ID') === this.#id && message.header('CSeq').includes('INVITE');
  }

  /** `sequence`: CSeq of the INVITE that is meant; with a body, the answer to what the desk offered. */
  ack(sequence = 1, withSdp = false): void {
    const head = this.#head('ACK', sequence, `z9hG4bK-a${sequence}-${this.#id}`);
    if (withSdp) this.#pbx.send([...head, 'Content-Type: application/sdp'], sdp);
    else this.#pbx.send(head);
  }

  cancel(reason?: string): void {
    this.#pbx.send([
      ...this.#head('CANCEL', 1, `z9hG4bK-i-${this.#id}`, false),
      ...(reason ? [`Reason: ${reason}`] : []),
    ]);
  }

  bye(): void {
    this.request('BYE');
  }

  /** A request in the dialog; the number of its CSeq. */
  request(method: string, headers: string[] = [], body = ''): number {
    this.#sequence += 1;
    const branch = `z9hG4bK-${this.#sequence}-${this.#id}`;
    this.#pbx.send([...this.#head(method, this.#sequence, branch), ...headers], body);
    return this.#sequence;
  }

  /** Another description of the call: an offer with this direction, or none where the desk shall offer. */
  reinvite(direction: 'sendrecv' | 'sendonly' | 'inactive' | null, headers: string[] = []): number {
    const contact = 'Contact: <sip:pbx@pbx.invalid>';
    if (direction === null) return this.request('INVITE', [contact, ...headers]);
    return this.request(
      'INVITE',
      [contact, 'Content-Type: application/sdp', ...headers],
      `${sdp}a=${direction}\r\n`,
    );
  }

  /** How a transfer is doing (RFC 3515 §2.4.5). */
  notify(statusLine: string, subscription = 'active;expires=60'): void {
    this.request(
      'NOTIFY',
      [
        'Event: refer',
        `Subscription-State: ${subscription}`,
        'Content-Type: message/sipfrag;version=2.0',
      ],
      `SIP/2.0 ${statusLine}\r\n`,
    );
  }

  /** The next request or answer of the desk in this call that was not asked for before. */
  says(kind: string, method?: string): Promise<SipText> {
    return this.#pbx.first(
      kind,
      (message) =>
        message.header('Call-ID') === this.#id &&
        (method === undefined || message.header('CSeq').endsWith(` ${method}`)),
    );
  }

  #head(method: string, sequence: number, branch: string, inDialog = true): string[] {
    const tag = inDialog && this.#toTag ? `;tag=${this.#toTag}` : '';
    return [
      `${method} ${this.#contact} SIP/2.0`,
      `Via: SIP/2.0/WS pbx.invalid;branch=${branch}`,
      `From: ${this.#from}`,
      `To: <sip:2041@pbx.invalid>${tag}`,
      `Call-ID: ${this.#id}`,
      `CSeq: ${sequence} ${method}`,
      'Max-Forwards: 70',
    ];
  }
}
