import { type Emitter, EmitterImpl, type Transport, TransportState } from 'sip.js';
import { type RawData, WebSocket } from 'ws';
import type { Clock, Log } from '#electron/core/providers.ts';
import { readable } from './wireText.ts';

export interface SocketTransportOptions {
  /** `ws:` or `wss:` address of the PBX. */
  server: string;
  /** Between two pings, ms. */
  pingEveryMs: number;
  clock: Clock;
  log: Log;
}

const handshakeMs = 5_000;
const closeMs = 500;
const pongWithinMs = 5_000;
const mostMessageBytes = 1_048_576;

/**
 * SIP over one WebSocket (RFC 7118). It never reconnects by itself, and it finds a socket that died silently
 * (sleep, network change) by ping and pong.
 */
export class SocketTransport implements Transport {
  readonly protocol: string;
  readonly stateChange: Emitter<TransportState>;
  onConnect: (() => void) | undefined;
  onDisconnect: ((error?: Error) => void) | undefined;
  onMessage: ((message: string) => void) | undefined;
  /** ms UTC at which the message now being handled came off the socket. */
  receivedAt = 0;
  #emitter = new EmitterImpl<TransportState>();
  #state = TransportState.Disconnected;
  #options: SocketTransportOptions;
  #socket: WebSocket | null = null;
  #connecting: Promise<void> | null = null;
  #cancelPing: (() => void) | null = null;

  constructor(_logger: unknown, options: SocketTransportOptions) {
    this.#options = options;
    this.stateChange = this.#emitter;
    this.protocol = options.server.startsWith('wss:') ? 'WSS' : 'WS';
  }

  get state(): TransportState {
    return this.#state;
  }

  isConnected(): boolean {
    return this.#state === TransportState.Connected;
  }

  /** Rejects when the PBX cannot be reached within 5 s; the address itself is never in the error. */
  connect(): Promise<void> {
    if (this.isConnected()) return Promise.resolve();
    if (this.#connecting) return this.#connecting;
    this.#drop();
    const connecting = this.#connect().finally(() => {
      if (this.#connecting === connecting) this.#connecting = null;
    });
    this.#connecting = connecting;
    return connecting;
  }

  #connect(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = this.#open(reject);
      if (!socket) return;
      this.#socket = socket;
      this.#become(TransportState.Connecting);
      socket.once('open', () => {
        if (this.#socket !== socket) return;
        this.#become(TransportState.Connected);
        this.#watch(socket);
        resolve();
        this.onConnect?.();
      });
      socket.on('message', (data) => this.#receive(socket, data));
      socket.on('error', (error) => this.#options.log.info('phone socket error', reason(error)));
      socket.once('close', (code) => {
        const lost = new Error(`socket closed (${code})`);
        reject(lost);
        if (this.#socket === socket) this.#closed(lost);
      });
    });
  }

  disconnect(): Promise<void> {
    const socket = this.#socket;
    if (!socket || socket.readyState === WebSocket.CLOSED) {
      this.#closed(undefined);
      return Promise.resolve();
    }
    this.#become(TransportState.Disconnecting);
    return new Promise((resolve) => {
      const cancel = this.#options.clock.after(closeMs, () => socket.terminate());
      socket.once('close', () => {
        cancel();
        resolve();
      });
      socket.close(1000);
    });
  }

  dispose(): Promise<void> {
    return this.disconnect();
  }

  /** Gives the socket up at once, as if the network had lost it. */
  abandon(): void {
    this.#socket?.terminate();
  }

  send(message: string): Promise<void> {
    const socket = this.#socket;
    if (!socket || !this.isConnected()) return Promise.reject(new Error('socket not connected'));
    return new Promise((resolve, reject) => {
      socket.send(message, (error) => (error ? reject(error) : resolve()));
    });
  }

  #open(reject: (error: Error) => void): WebSocket | null {
    try {
      return new WebSocket(this.#options.server, 'sip', {
        handshakeTimeout: handshakeMs,
        maxPayload: mostMessageBytes,
        perMessageDeflate: false,
      });
    } catch (error) {
      this.#options.log.warn('phone socket not opened', reason(error));
      reject(new Error('socket address not usable'));
      return null;
    }
  }

  #receive(socket: WebSocket, data: RawData): void {
    if (this.#socket !== socket) return;
    this.receivedAt = this.#options.clock.now();
    const text = data.toString();
    // Keep-alive of RFC 5626 §4.4.1: two line ends are answered by one.
    if (text.trim() === '') {
      if (text === '\r\n\r\n') socket.send('\r\n', () => undefined);
      return;
    }
    try {
      this.onMessage?.(readable(text));
    } catch (error) {
      this.#options.log.warn('phone message not understood', reason(error));
    }
  }

  #watch(socket: WebSocket): void {
    let heard = true;
    socket.on('pong', () => {
      heard = true;
    });
    const ping = (): void => {
      heard = false;
      socket.ping(() => undefined);
      this.#cancelPing = this.#options.clock.after(pongWithinMs, () => {
        if (!heard) {
          socket.terminate();
          return;
        }
        this.#cancelPing = this.#options.clock.after(this.#options.pingEveryMs, ping);
      });
    };
    this.#cancelPing = this.#options.clock.after(this.#options.pingEveryMs, ping);
  }

  #closed(error: Error | undefined): void {
    const was = this.#state;
    this.#socket = null;
    this.#cancelPing?.();
    this.#cancelPing = null;
    if (was === TransportState.Disconnected) return;
    this.#become(TransportState.Disconnected);
    if (was === TransportState.Connected) this.onDisconnect?.(error);
    if (was === TransportState.Disconnecting) this.onDisconnect?.();
  }

  /** A socket of an earlier try must not speak any more. */
  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.terminate();
    this.#cancelPing?.();
    this.#cancelPing = null;
    this.#state = TransportState.Disconnected;
  }

  #become(state: TransportState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#emitter.emit(state);
  }
}

function reason(error: unknown): { reason: string } {
  return { reason: error instanceof Error ? error.message.slice(0, 200) : 'unknown' };
}
