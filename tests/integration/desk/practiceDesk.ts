import { randomInt } from 'node:crypto';
import {
  type Core,
  type Invitation,
  Inviter,
  Messager,
  Registerer,
  type Session,
  SessionState,
  type URI,
  UserAgent,
} from 'sip.js';
import { vi } from 'vitest';
import { MediaLeg } from '#server/practice/media/mediaLeg.ts';
import { decodeSample, toneFrames } from '#server/practice/media/ulaw.ts';
import { SessionMedia } from '#server/practice/sip/sessionMedia.ts';

/** What a desk says unless told otherwise, Hz; loud enough to be told from silence. */
const usualTone = 500;

function frameOf(frequencyHz: number): Buffer {
  return toneFrames(frequencyHz, 8000, 1)[0] ?? Buffer.alloc(160);
}

/** Offers of a desk that holds: the direction is written as RFC 3264 section 8.4 wants it. */
class DeskMedia extends SessionMedia {
  readonly leg: MediaLeg;
  /** Resolves with the first packet from the PBX. */
  readonly heard: Promise<void>;
  direction: 'sendrecv' | 'sendonly' | 'inactive' = 'sendrecv';
  lastAnswer = '';

  constructor() {
    const { promise, resolve } = Promise.withResolvers<void>();
    const leg = new MediaLeg({
      loopbackMedia: true,
      ice: 'full',
      handlers: { onDigit: () => undefined, onFirstPacket: resolve },
    });
    super(leg);
    this.leg = leg;
    this.heard = promise;
  }

  override async getDescription() {
    const description = await super.getDescription();
    return {
      ...description,
      body: description.body.replace(/^a=sendrecv$/m, `a=${this.direction}`),
    };
  }

  override async setDescription(sdp: string): Promise<void> {
    this.lastAnswer = sdp;
    await super.setDescription(sdp);
  }
}

/** A desk without a window: a plain sip.js user agent with real audio, as a test needs it. */
export class PracticeDesk {
  readonly userAgent: UserAgent;
  readonly extension: string;
  /** Calls that ring here, oldest first. */
  readonly #invitations: Invitation[] = [];
  readonly #waiters: ((invitation: Invitation) => void)[] = [];
  readonly #registerer: Registerer;
  readonly #media = new Map<Session, DeskMedia>();
  readonly #speaking = new Map<DeskMedia, NodeJS.Timeout>();
  /** Hz; a multiple of 50 joins without a click. 0 is silence. */
  tone = usualTone;

  constructor(url: string, extension: string, password: string) {
    this.extension = extension;
    const uri = UserAgent.makeURI(`sip:${extension}@practice.invalid`);
    if (!uri) throw new Error('extension');
    this.userAgent = new UserAgent({
      uri,
      authorizationUsername: extension,
      authorizationPassword: password,
      contactName: extension,
      viaHost: `desk-${randomInt(1e9)}.invalid`,
      transportOptions: { server: url, keepAliveInterval: 0 },
      logBuiltinEnabled: false,
      sessionDescriptionHandlerFactory: (session) => this.#describe(session),
      delegate: {
        onInvite: (invitation) => {
          const waiter = this.#waiters.shift();
          if (waiter) waiter(invitation);
          else this.#invitations.push(invitation);
        },
      },
    });
    this.#registerer = new Registerer(this.userAgent, { expires: 300 });
  }

  static async registered(url: string, extension: string, password: string): Promise<PracticeDesk> {
    const desk = new PracticeDesk(url, extension, password);
    await desk.userAgent.start();
    const status = await desk.register();
    if (status !== 200) throw new Error(`registration: ${status}`);
    return desk;
  }

  /** The final status code. */
  register(): Promise<number> {
    return new Promise((resolve, reject) => {
      const done = (response: Core.IncomingResponse) => resolve(response.message.statusCode ?? 0);
      this.#registerer
        .register({ requestDelegate: { onAccept: done, onReject: done } })
        .catch(reject);
    });
  }

  unregister(): Promise<number> {
    return new Promise((resolve, reject) => {
      const done = (response: Core.IncomingResponse) => resolve(response.message.statusCode ?? 0);
      this.#registerer
        .unregister({ requestDelegate: { onAccept: done, onReject: done } })
        .catch(reject);
    });
  }

  /** The contacts that the registrar has of this account (RFC 3261 section 10.2.3). */
  bindings(): Promise<string> {
    return this.#ask('REGISTER', 'sip:practice.invalid', ({ message }) =>
      message.getHeaders('Contact').join(', '),
    );
  }

  /** The status code. */
  options(): Promise<number> {
    return this.#ask(
      'OPTIONS',
      'sip:600@practice.invalid',
      ({ message }) => message.statusCode ?? 0,
    );
  }

  #ask<T>(method: string, to: string, read: (response: Core.IncomingResponse) => T): Promise<T> {
    const target = UserAgent.makeURI(to);
    if (!target) throw new Error(to);
    const core = this.userAgent.userAgentCore;
    const own = core.configuration.aor;
    const message = core.makeOutgoingRequestMessage(method, target, own, own, {});
    return new Promise((resolve) => {
      const done = (response: Core.IncomingResponse) => resolve(read(response));
      core.request(message, { onAccept: done, onReject: done });
    });
  }

  /** Tells the PBX whether calls are wanted; the final status code. */
  tell(availability: string): Promise<number> {
    const target = UserAgent.makeURI('sip:availability@practice.invalid');
    if (!target) throw new Error('target');
    return new Promise((resolve, reject) => {
      const done = (response: Core.IncomingResponse) => resolve(response.message.statusCode ?? 0);
      new Messager(this.userAgent, target, availability)
        .message({ requestDelegate: { onAccept: done, onReject: done } })
        .catch(reject);
    });
  }

  /** The next call that rings. */
  nextCall(): Promise<Invitation> {
    const invitation = this.#invitations.shift();
    if (invitation) return Promise.resolve(invitation);
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  /** Answers; resolves once the PBX acknowledged, so that a re-INVITE may follow (RFC 3261 section 14.1). */
  async accept(invitation: Invitation): Promise<void> {
    const acknowledged = new Promise<void>((resolve) => {
      invitation.delegate = { ...invitation.delegate, onAck: () => resolve() };
    });
    await invitation.accept();
    await acknowledged;
  }

  get ringingCount(): number {
    return this.#invitations.length;
  }

  /** Dials; resolves with the session once answered, or with the status code of the refusal. */
  dial(number: string, extraHeaders: string[] = []): Promise<{ session: Inviter; status: number }> {
    const session = this.invite(number, extraHeaders);
    return new Promise((resolve, reject) => {
      session
        .invite({
          requestDelegate: {
            onReject: (response) => resolve({ session, status: response.message.statusCode ?? 0 }),
          },
        })
        .catch(reject);
      reached(session, SessionState.Established).then(() => resolve({ session, status: 200 }));
    });
  }

  /** A call that is not sent yet. */
  invite(number: string, extraHeaders: string[] = []): Inviter {
    const target = UserAgent.makeURI(`sip:${number}@practice.invalid`);
    if (!target) throw new Error('target');
    return new Inviter(this.userAgent, target, { extraHeaders });
  }

  /**
   * Resolves once the desk heard each of these tones, and 200 ms without any of the others, Hz: of sound, where tones
   * are expected. On a busy machine sound has holes: not every frame carries every tone.
   */
  async hears(session: Session, tones: readonly number[], not: readonly number[] = []) {
    const { leg } = this.media(session);
    const missing = new Set(tones);
    let clean = 0;
    const listen = (frame: Buffer): void => {
      const heard = tones.filter((tone) => strength(frame, tone) > 1_000);
      for (const tone of heard) missing.delete(tone);
      if (not.some((tone) => strength(frame, tone) > 300)) clean = 0;
      else if (heard.length > 0 || tones.length === 0) clean += 1;
    };
    await vi.waitFor(
      () => {
        for (let frame = leg.nextHeard(); frame; frame = leg.nextHeard()) listen(frame);
        if (missing.size > 0) throw new Error(`not heard: ${[...missing].join(' and ')} Hz`);
        if (clean < 10) throw new Error(`still heard: ${not.join(' or ')} Hz`);
      },
      { timeout: 50_000, interval: 40 },
    );
  }

  media(session: Session): DeskMedia {
    const media = this.#media.get(session);
    if (!media) throw new Error('no media');
    return media;
  }

  /** Holds or resumes; the answer of the PBX. */
  async reinvite(
    session: Session,
    direction: 'sendrecv' | 'sendonly' | 'inactive',
  ): Promise<string> {
    const media = this.media(session);
    media.direction = direction;
    await new Promise<void>((resolve, reject) => {
      session
        .invite({
          requestDelegate: {
            onAccept: () => resolve(),
            onReject: (response) => reject(new Error(`${response.message.statusCode}`)),
          },
        })
        .catch(reject);
    });
    return media.lastAnswer;
  }

  /** The socket is gone; calls and audio stay. */
  async cut(): Promise<void> {
    await this.userAgent.transport.disconnect();
  }

  /** A new socket; the desk registers on it and goes on with its calls. */
  async comeBack(): Promise<void> {
    await this.userAgent.reconnect();
    const status = await this.register();
    if (status !== 200) throw new Error(`registration: ${status}`);
  }

  /** Sends a REFER; the status lines of the NOTIFY requests up to the final one. */
  refer(session: Session, target: URI | Session): Promise<string[]> {
    const lines: string[] = [];
    return new Promise((resolve, reject) => {
      session
        .refer(target, {
          onNotify: (notification) => {
            notification.accept().catch(() => undefined);
            lines.push(notification.request.body.trim());
            const state = notification.request.getHeader('Subscription-State') ?? '';
            if (state.startsWith('terminated')) resolve(lines);
          },
          requestDelegate: {
            onReject: (response) => reject(new Error(`${response.message.statusCode}`)),
          },
        })
        .catch(reject);
    });
  }

  address(number: string): URI {
    const uri = UserAgent.makeURI(`sip:${number}@practice.invalid`);
    if (!uri) throw new Error(number);
    return uri;
  }

  async close(): Promise<void> {
    for (const timer of this.#speaking.values()) clearInterval(timer);
    for (const media of this.#media.values()) media.close();
    this.userAgent.transport.onDisconnect = undefined;
    await this.userAgent.transport.disconnect().catch(() => undefined);
    this.userAgent.userAgentCore.reset();
  }

  #describe(session: Session): DeskMedia {
    const media = new DeskMedia();
    this.#media.set(session, media);
    this.#speaking.set(
      media,
      setInterval(() => media.leg.send(frameOf(this.tone)), 20),
    );
    return media;
  }
}

/** Resolves when a session is in a state; at once if it is. */
export function reached(session: Session, wanted: SessionState): Promise<void> {
  if (session.state === wanted) return Promise.resolve();
  return new Promise((resolve) => {
    const listener = (state: SessionState) => {
      if (state !== wanted) return;
      session.stateChange.removeListener(listener);
      resolve();
    };
    session.stateChange.addListener(listener);
  });
}

/** Amplitude of one frequency within a frame of 20 ms (a single bin of the Fourier transform). */
function strength(frame: Uint8Array, frequencyHz: number): number {
  let [real, imaginary] = [0, 0];
  for (const [at, byte] of frame.entries()) {
    const phase = (2 * Math.PI * frequencyHz * at) / 8_000;
    real += decodeSample(byte) * Math.cos(phase);
    imaginary += decodeSample(byte) * Math.sin(phase);
  }
  return (2 * Math.hypot(real, imaginary)) / frame.length;
}
