import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

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
  readonly messages: SipText[] = [];
  /** The contact that is bound, as a registrar tells it; a test may put that of another desk in its place. */
  bound = '';
  #server: WebSocketServer;
  #socket: WebSocket | null = null;
  #taken = 0;
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

  count(kind: string): number {
    return this.messages.filter((message) => message.kind === kind).length;
  }

  send(lines: string[], body = ''): void {
    const length = Buffer.byteLength(body);
    this.#socket?.send([...lines, `Content-Length: ${length}`, '', body].join('\r\n'));
  }

  /** Rings the desk; the lines of the request that its further messages repeat. */
  invite(options: { id: string; from?: string; headers?: string[] }): ScriptedCall {
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
    for (const waiter of [...this.#waiters]) waiter();
  }

  #register(message: SipText): void {
    const [first, ...rest] = this.registerAnswers;
    if (!first) return;
    if (rest.length > 0) this.registerAnswers = rest;
    const contact = message.header('Contact');
    if (first.status === 200 && contact) this.bound = contact.includes('expires=0') ? '' : contact;
    this.answer(message, `${first.status} Scripted`, [
      ...(first.status === 200 && this.bound ? [`Contact: ${this.bound}`] : []),
      ...(first.headers ?? []),
    ]);
  }
}

/** One call of the scripted PBX to the desk. */
export class ScriptedCall {
  #pbx: ScriptedPbx;
  #id: string;
  #from: string;
  #invite: string[];
  #contact: string;
  #toTag = '';

  constructor(pbx: ScriptedPbx, options: { id: string; from?: string; headers?: string[] }) {
    this.#pbx = pbx;
    this.#id = options.id;
    this.#from = options.from ?? `"Wang" <sip:4001@pbx.invalid>;tag=f-${options.id}`;
    const register = pbx.messages.find(({ kind }) => kind === 'REGISTER');
    this.#contact = /<([^>]+)>/u.exec(register?.header('Contact') ?? '')?.[1] ?? '';
    this.#invite = [
      ...this.#head('INVITE', 1, `z9hG4bK-i-${options.id}`),
      'Contact: <sip:pbx@pbx.invalid>',
      'Content-Type: application/sdp',
      ...(options.headers ?? []),
    ];
    this.ring();
  }

  /** Sends the INVITE, or sends it again, word for word. */
  ring(): void {
    this.#pbx.send(this.#invite, sdp);
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

  ack(): void {
    this.#pbx.send(this.#head('ACK', 1, `z9hG4bK-a-${this.#id}`));
  }

  cancel(reason?: string): void {
    this.#pbx.send([
      ...this.#head('CANCEL', 1, `z9hG4bK-i-${this.#id}`, false),
      ...(reason ? [`Reason: ${reason}`] : []),
    ]);
  }

  bye(): void {
    this.#pbx.send(this.#head('BYE', 2, `z9hG4bK-b-${this.#id}`));
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
