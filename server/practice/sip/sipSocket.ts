import type { RawData, WebSocket } from 'ws';
import { type PracticeLog, reasonOf } from '../log.ts';
import type { Connection } from './connection.ts';

const callIdHeader = /^(?:call-id|i)[ \t]*:[ \t]*(\S+)/im;

/** One accepted WebSocket (RFC 7118): hands each message to the connection whose call it belongs to. */
export class SipSocket {
  #socket: WebSocket;
  #log: PracticeLog;
  #own: Connection | undefined;
  #adopted: Connection[] = [];

  constructor(socket: WebSocket, log: PracticeLog) {
    this.#socket = socket;
    this.#log = log;
    socket.on('message', (data) => this.#receive(data));
    socket.on('error', (error) => log('debug', 'socket error', { reason: reasonOf(error) }));
  }

  /** The connection that was opened with this socket gets whatever belongs to no other one. */
  belongsTo(connection: Connection): void {
    this.#own = connection;
  }

  /** An earlier connection of the same account, whose calls continue over this socket. */
  adopt(connection: Connection): void {
    if (connection !== this.#own && !this.#adopted.includes(connection)) {
      this.#adopted.push(connection);
    }
  }

  forget(connection: Connection): void {
    this.#adopted = this.#adopted.filter((adopted) => adopted !== connection);
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  send(text: string): void {
    if (this.isOpen) this.#socket.send(text, () => undefined);
  }

  onClose(action: () => void): void {
    this.#socket.once('close', () => {
      try {
        action();
      } catch (error) {
        this.#log('error', 'the end of a socket was not handled', { reason: reasonOf(error) });
      }
    });
  }

  terminate(): void {
    this.#socket.terminate();
  }

  #receive(data: RawData): void {
    const text = data.toString();
    if (text.trim() === '') {
      this.#answerKeepAlive(text);
      return;
    }
    const callId = callIdHeader.exec(text)?.[1];
    const owner = this.#adopted.find((connection) => callId && connection.owns(callId));
    const connection = owner ?? this.#own;
    try {
      connection?.receive(text, this);
    } catch (error) {
      this.#log('warn', 'message dropped', { reason: reasonOf(error) });
    }
  }

  /** A double CRLF asks for a single one (RFC 5626 section 3.5.1). */
  #answerKeepAlive(text: string): void {
    if (text.length > 2) this.send('\r\n');
  }
}
