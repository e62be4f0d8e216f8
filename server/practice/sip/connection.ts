import {
  type Core,
  type Invitation,
  type Message,
  type Session,
  type URI,
  UserAgent,
} from 'sip.js';
import type { PracticeLog } from '../log.ts';
import type { MediaLeg } from '../media/mediaLeg.ts';
import { parsedUri, practiceDomain } from './address.ts';
import { DialogWire } from './dialogWire.ts';
import type { DigestGuard } from './digest.ts';
import { SessionMedia } from './sessionMedia.ts';
import type { SipSocket } from './sipSocket.ts';
import { SocketTransport } from './socketTransport.ts';

export interface ConnectionListener {
  onRegister(connection: Connection, request: Core.IncomingRegisterRequest): void;
  onInvite(connection: Connection, invitation: Invitation): void;
  onMessage(connection: Connection, message: Message): void;
}

/**
 * The SIP side of one desk: a user agent of its own, opened with a socket and able to move to the next socket
 * of the same desk, with its dialogs.
 */
export class Connection {
  readonly guard: DigestGuard;
  readonly userAgent: UserAgent;
  /** The account that registered here; only then calls and messages are taken. */
  extension: string | undefined;
  /** Where the desk wants its calls, from its REGISTER. */
  contact: URI | undefined;
  #transport: SocketTransport;
  #media = new WeakMap<Session, MediaLeg>();
  #callIds = new Set<string>();
  #dialogs = new DialogWire();
  #disposed = false;

  constructor(options: { guard: DigestGuard; listener: ConnectionListener; log: PracticeLog }) {
    const { listener, log } = options;
    this.guard = options.guard;
    this.userAgent = new UserAgent({
      uri: parsedUri(`sip:pbx@${practiceDomain}`),
      contactName: 'pbx',
      viaHost: practiceDomain,
      userAgentString: 'Switchboard practice PBX',
      transportConstructor: SocketTransport,
      sessionDescriptionHandlerFactory: (session) => this.#sessionMedia(session),
      sendInitialProvisionalResponse: false,
      reconnectionAttempts: 0,
      logBuiltinEnabled: false,
      logConfiguration: false,
      logLevel: 'warn',
      logConnector: (level, category, _label, content) =>
        log('debug', `sip ${level}`, { category, content: content.slice(0, 300) }),
      delegate: {
        onInvite: (invitation) => {
          this.claim(invitation.request.callId);
          listener.onInvite(this, invitation);
        },
        onMessage: (message) => listener.onMessage(this, message),
        onRegisterRequest: (request) => listener.onRegister(this, request),
      },
    });
    const transport = this.userAgent.transport;
    if (!(transport instanceof SocketTransport)) throw new Error('unexpected transport');
    this.#transport = transport;
    transport.outgoing = (message) => this.#dialogs.outgoing(message);
    this.#answerEveryExtension();
    this.userAgent.start().catch(() => undefined);
  }

  get socket(): SipSocket | undefined {
    return this.#transport.socket;
  }

  get isReachable(): boolean {
    return this.#transport.socket?.isOpen === true;
  }

  /** Sends over this socket from now on, what waited first. */
  attach(socket: SipSocket): void {
    if (!this.#disposed) this.#transport.attach(socket);
  }

  detach(): void {
    this.#transport.detach();
  }

  /** A message of this connection's calls; the socket it came by is the one the desk lives on. */
  receive(text: string, socket: SipSocket): void {
    if (this.#disposed) return;
    if (this.#transport.socket !== socket) this.#transport.attach(socket);
    this.#dialogs.incoming(text, () => this.#transport.onMessage?.(text));
  }

  /** What this connection's dialogs do on the wire beside what the SIP library does. */
  get dialogs(): DialogWire {
    return this.#dialogs;
  }

  /** Messages with this Call-ID are for this connection, whatever socket they come by. */
  claim(callId: string): void {
    this.#callIds.add(callId);
  }

  owns(callId: string): boolean {
    return this.#callIds.has(callId);
  }

  /** Must be known before the session makes its first description. */
  setMedia(session: Session, media: MediaLeg): void {
    this.#media.set(session, media);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#transport.socket?.forget(this);
    this.userAgent.userAgentCore.reset();
    this.#transport.dispose().catch(() => undefined);
  }

  #sessionMedia(session: Session): SessionMedia {
    const media = this.#media.get(session);
    if (!media) throw new Error('a session without media');
    return new SessionMedia(media);
  }

  /** sip.js answers 404 to a Request-URI that is not its own; a PBX is every extension it is asked for. */
  #answerEveryExtension(): void {
    const core = this.userAgent.userAgentCore;
    const receive = core.receiveIncomingRequestFromTransport.bind(core);
    core.receiveIncomingRequestFromTransport = (message) => {
      if (message.ruri) core.configuration.aor = message.ruri;
      receive(message);
    };
  }
}
