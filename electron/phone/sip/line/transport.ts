import { type Emitter, EmitterImpl, type Transport, TransportState } from 'sip.js';
import { type RawData, WebSocket } from 'ws';
import type { Clock, Log } from '#electron/core/providers.ts';
import { trustSystemCertificates } from '#electron/core/systemTrust.ts';
import { withoutMadeBranch } from './branch.ts';
import { KeepAlive } from './keepAlive.ts';
import { Outstanding } from './outstanding.ts';
import { isOwnAddress } from './ownAddresses.ts';
import { checkWire } from './wireCheck.ts';

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
const mostMessageBytes = 1_048_576;
/** Option tags that `Require` of the PBX may name. */
const supportedExtensions = new Set(['outbound', 'replaces', 'timer']);

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
  #keepAlive: KeepAlive | null = null;
  #outstanding = new Outstanding();
  /** Of this machine; known once the socket is open. */
  #address: string | undefined;

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
      socket.once('upgrade', (response) => {
        if (this.#socket === socket) this.#address = response.socket.localAddress;
      });
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
    const socket = this.#socket;
    this.#connecting = null;
    this.#closed(new Error('socket given up'));
    socket?.terminate();
  }

  /** True once the PBX answered a ping; false where it did not within `ms` and the socket was given up. */
  prove(ms: number): Promise<boolean> {
    return this.#keepAlive?.prove(ms) ?? Promise.resolve(false);
  }

  /** False when the address that the socket was opened from has left this machine. */
  hasItsAddress(): boolean {
    return this.#address === undefined || isOwnAddress(this.#address);
  }

  /** Says again what was under way when the last socket went and has to be heard: goodbyes, the newest ACKs. */
  repeatUnheard(): void {
    for (const message of this.#outstanding.takeUnheard()) {
      this.send(message).catch(() => undefined);
    }
  }

  send(message: string): Promise<void> {
    const socket = this.#socket;
    if (!socket || !this.isConnected()) return Promise.reject(new Error('socket not connected'));
    this.#outstanding.sent(message, this.#options.clock.now());
    return new Promise((resolve, reject) => {
      socket.send(withoutMadeBranch(message), (error) => (error ? reject(error) : resolve()));
    });
  }

  #open(reject: (error: Error) => void): WebSocket | null {
    try {
      trustSystemCertificates(this.#options.server, this.#options.log);
      return new WebSocket(this.#options.server, 'sip', {
        handshakeTimeout: handshakeMs,
        maxPayload: mostMessageBytes,
        perMessageDeflate: false,
        // An ACK and the re-INVITE after it may come in one packet: the first must be through before the second.
        allowSynchronousEvents: false,
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
    const bytes = bytesOf(data);
    // Keep-alive of RFC 5626 §4.4.1: two line ends are answered by one.
    if (bytes.length <= 4 && bytes.toString().trim() === '') {
      if (bytes.toString() === '\r\n\r\n') socket.send('\r\n', () => undefined);
      return;
    }
    try {
      const verdict = checkWire(bytes, supportedExtensions);
      if (verdict.kind === 'taken') {
        this.#outstanding.received(verdict.text);
        this.onMessage?.(verdict.text);
      } else this.#options.log.info('phone message not taken', { why: verdict.why });
      if (verdict.kind === 'refused') socket.send(verdict.answer, () => undefined);
    } catch (error) {
      this.#options.log.warn('phone message not understood', reason(error));
    }
  }

  #watch(socket: WebSocket): void {
    const keepAlive = new KeepAlive({
      clock: this.#options.clock,
      everyMs: this.#options.pingEveryMs,
      ping: () => socket.ping(() => undefined),
      dead: () => {
        if (this.#socket === socket) this.abandon();
      },
    });
    this.#keepAlive = keepAlive;
    socket.on('pong', () => keepAlive.heard());
  }

  #closed(error: Error | undefined): void {
    const was = this.#state;
    this.#forget();
    if (was === TransportState.Disconnected) return;
    this.#become(TransportState.Disconnected);
    if (was === TransportState.Connected) this.onDisconnect?.(error);
    if (was === TransportState.Disconnecting) this.onDisconnect?.();
    for (const answer of this.#outstanding.lost(this.#options.clock.now()))
      this.onMessage?.(answer);
  }

  #forget(): void {
    this.#socket = null;
    this.#address = undefined;
    this.#keepAlive?.stop();
    this.#keepAlive = null;
  }

  /** A socket of an earlier try must not speak any more. */
  #drop(): void {
    const socket = this.#socket;
    this.#forget();
    socket?.terminate();
    this.#state = TransportState.Disconnected;
  }

  #become(state: TransportState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#emitter.emit(state);
  }
}

function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}

function reason(error: unknown): { reason: string } {
  return { reason: error instanceof Error ? error.message.slice(0, 200) : 'unknown' };
}
