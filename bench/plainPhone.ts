import {
  type BodyAndContentType,
  type Invitation,
  Messager,
  Registerer,
  type SessionDescriptionHandler,
  SessionState,
  UserAgent,
} from 'sip.js';
import { v7 as uuidv7 } from 'uuid';
import type { MediaPort } from '#electron/core/providers.ts';
import type { Result } from '#shared/result.ts';

const gatherMs = 60;

/** Media of one dialog, by the media page that the product has. */
class PageMedia implements SessionDescriptionHandler {
  #media: MediaPort;
  #session = uuidv7();

  constructor(media: MediaPort) {
    this.#media = media;
  }

  async getDescription(): Promise<BodyAndContentType> {
    const input = { session: this.#session, hold: false, gatherMs };
    const { sdp } = needed(await this.#media.run('describe', input));
    return { body: sdp, contentType: 'application/sdp' };
  }

  hasDescription(contentType: string): boolean {
    return contentType === 'application/sdp';
  }

  async setDescription(sdp: string): Promise<void> {
    needed(await this.#media.run('accept', { session: this.#session, sdp }));
  }

  async rollbackDescription(): Promise<void> {
    needed(await this.#media.run('rollback', { session: this.#session }));
  }

  sendDtmf(): boolean {
    return false;
  }

  close(): void {
    void this.#media.run('close', { session: this.#session });
  }
}

function needed<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** Baseline: sip.js as it is, with nothing around it but the same media page. */
export class PlainPhone {
  #userAgent: UserAgent;
  #offered: ((invitation: Invitation) => void) | null = null;

  private constructor(url: string, extension: string, password: string, media: MediaPort) {
    this.#userAgent = new UserAgent({
      uri: addressOf(extension),
      authorizationUsername: extension,
      authorizationPassword: password,
      transportOptions: { server: url },
      logBuiltinEnabled: false,
      sessionDescriptionHandlerFactory: () => new PageMedia(media),
      delegate: { onInvite: (invitation) => this.#offered?.(invitation) },
    });
  }

  static async registered(
    url: string,
    extension: string,
    password: string,
    media: MediaPort,
  ): Promise<PlainPhone> {
    const phone = new PlainPhone(url, extension, password, media);
    await phone.#userAgent.start();
    await phone.#register();
    await phone.#tellReady();
    return phone;
  }

  offered(): Promise<Invitation> {
    return new Promise((resolve) => {
      this.#offered = resolve;
    });
  }

  /** Accepts; resolves when the dialog is established. */
  answer(invitation: Invitation): Promise<void> {
    return new Promise((resolve, reject) => {
      invitation.stateChange.addListener((state) => {
        if (state === SessionState.Established) resolve();
        if (state === SessionState.Terminated) reject(new Error('the call ended'));
      });
      invitation.accept().catch(reject);
    });
  }

  async stop(): Promise<void> {
    await this.#userAgent.stop();
  }

  #register(): Promise<void> {
    const registerer = new Registerer(this.#userAgent);
    return new Promise((resolve, reject) => {
      const onReject = () => reject(new Error('not registered'));
      registerer
        .register({ requestDelegate: { onAccept: () => resolve(), onReject } })
        .catch(reject);
    });
  }

  #tellReady(): Promise<void> {
    return new Promise((resolve, reject) => {
      const onReject = () => reject(new Error('availability not taken'));
      new Messager(this.#userAgent, addressOf('availability'), 'ready')
        .message({ requestDelegate: { onAccept: () => resolve(), onReject } })
        .catch(reject);
    });
  }
}

function addressOf(user: string) {
  const uri = UserAgent.makeURI(`sip:${user}@practice.invalid`);
  if (!uri) throw new Error(`no address for ${user}`);
  return uri;
}
