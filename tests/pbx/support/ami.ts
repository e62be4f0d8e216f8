import { connect, type Socket } from 'node:net';

/** Header lines of one AMI message; the first value of each name. */
export type AmiMessage = Record<string, string>;

/** A line to the Asterisk Manager Interface: asks, and remembers the events it heard. */
export class Ami {
  readonly events: AmiMessage[] = [];
  #socket: Socket;
  #text = '';
  #lastId = 0;
  #answers = new Map<string, (answer: AmiMessage) => void>();
  #waiters = new Set<() => void>();

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('utf8').on('data', (text: string) => this.#receive(text));
    socket.on('error', () => undefined);
  }

  static async login(port: number, username: string, secret: string): Promise<Ami> {
    const socket = connect(port, '127.0.0.1');
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve).once('error', reject);
    });
    const ami = new Ami(socket);
    const answer = await ami.ask('Login', { Username: username, Secret: secret });
    if (answer.Response !== 'Success') throw new Error(`AMI login: ${answer.Message}`);
    return ami;
  }

  ask(action: string, fields: Record<string, string> = {}): Promise<AmiMessage> {
    this.#lastId += 1;
    const id = String(this.#lastId);
    const lines = Object.entries({ Action: action, ActionID: id, ...fields });
    this.#socket.write(`${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
    return new Promise((resolve) => this.#answers.set(id, resolve));
  }

  /** The first event from number `from` on (default: all heard so far and to come) that has these fields. */
  event(wanted: AmiMessage, from = 0): Promise<AmiMessage> {
    return new Promise((resolve) => {
      let at = from;
      const look = (): void => {
        for (; at < this.events.length; at += 1) {
          const event = this.events[at] ?? {};
          if (!Object.entries(wanted).every(([name, value]) => event[name] === value)) continue;
          this.#waiters.delete(look);
          resolve(event);
          return;
        }
      };
      this.#waiters.add(look);
      look();
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(text: string): void {
    this.#text += text;
    for (;;) {
      const end = this.#text.indexOf('\r\n\r\n');
      if (end < 0) return;
      this.#take(parsed(this.#text.slice(0, end)));
      this.#text = this.#text.slice(end + 4);
    }
  }

  #take(message: AmiMessage): void {
    const answered = this.#answers.get(message.ActionID ?? '');
    if (message.Response && answered) {
      this.#answers.delete(message.ActionID ?? '');
      answered(message);
      return;
    }
    if (!message.Event) return;
    this.events.push(message);
    for (const waiter of [...this.#waiters]) waiter();
  }
}

/** The greeting is a line without a colon and stays out. */
function parsed(block: string): AmiMessage {
  const message: AmiMessage = {};
  for (const line of block.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) message[line.slice(0, colon)] ??= line.slice(colon + 1).trim();
  }
  return message;
}
