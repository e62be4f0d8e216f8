import { EmitterImpl, type Transport, TransportState } from 'sip.js';
import type { SipSocket } from './sipSocket.ts';

/** What waits for a desk that lost its socket; more than this means nobody comes back. */
const mostPending = 100;

/**
 * The transport of one connection's user agent. It outlives the socket: while the desk is away, messages wait,
 * and go out over the socket the desk comes back with, so that its dialogs continue.
 */
export class SocketTransport implements Transport {
  readonly protocol = 'WS';
  readonly stateChange = new EmitterImpl<TransportState>();
  onConnect: (() => void) | undefined;
  onDisconnect: ((error?: Error) => void) | undefined;
  onMessage: ((message: string) => void) | undefined;
  /** Last change of what goes out; undefined swallows it. */
  outgoing: ((message: string) => string | undefined) | undefined;
  #socket: SipSocket | undefined;
  #pending: string[] = [];
  #state = TransportState.Connected;

  get state(): TransportState {
    return this.#state;
  }

  get socket(): SipSocket | undefined {
    return this.#socket;
  }

  /** From now on this socket carries the messages; those that waited go first. */
  attach(socket: SipSocket): void {
    this.#socket = socket;
    for (const message of this.#pending.splice(0)) socket.send(message);
  }

  detach(): void {
    this.#socket = undefined;
  }

  connect(): Promise<void> {
    this.onConnect?.();
    return Promise.resolve();
  }

  disconnect(): Promise<void> {
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    this.#state = TransportState.Disconnected;
    this.#pending = [];
    this.#socket = undefined;
    return Promise.resolve();
  }

  isConnected(): boolean {
    return this.#state === TransportState.Connected;
  }

  send(message: string): Promise<void> {
    if (!this.isConnected()) return Promise.reject(new Error('the connection has ended'));
    const text = this.outgoing ? this.outgoing(message) : message;
    if (text === undefined) return Promise.resolve();
    if (this.#socket?.isOpen) this.#socket.send(text);
    else if (this.#pending.length < mostPending) this.#pending.push(text);
    return Promise.resolve();
  }
}
