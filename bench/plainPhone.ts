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
import type { PhoneAccount } from '#shared/sync/messages.ts';

const gatherMs = 60;

/** Media of one dialog, by the media page that the product has. */
class PageMedia implements SessionDescriptionHandler {
  #media: MediaPort;
  #session = uuidv7();
  hold = false;

  constructor(media: MediaPort) {
    this.#media = media;
  }

  async getDescription(): Promise<BodyAndContentType> {
    const input = { session: this.#session, hold: this.hold, gatherMs };
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

  private constructor(account: PhoneAccount, media: MediaPort | null) {
    this.#userAgent = new UserAgent({
      uri: addressOf(account.uri),
      authorizationUsername: account.user,
      authorizationPassword: account.password,
      transportOptions: { server: account.server },
      logBuiltinEnabled: false,
      ...(media ? { sessionDescriptionHandlerFactory: () => new PageMedia(media) } : {}),
      delegate: { onInvite: (invitation) => this.#offered?.(invitation) },
    });
  }

  /** From nothing to registered. */
  static async registered(account: PhoneAccount, media: MediaPort | null): Promise<PlainPhone> {
    const phone = new PlainPhone(account, media);
    await phone.#userAgent.start();
    await phone.#register();
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

  ended(invitation: Invitation): Promise<void> {
    return new Promise((resolve) => {
      invitation.stateChange.addListener((state) => {
        if (state === SessionState.Terminated) resolve();
      });
    });
  }

  /** By re-INVITE; resolves when the far side took it. */
  hold(invitation: Invitation, on: boolean): Promise<void> {
    const media = invitation.sessionDescriptionHandler;
    if (media instanceof PageMedia) media.hold = on;
    return new Promise((resolve, reject) => {
      const onReject = () => reject(new Error('the hold was refused'));
      invitation.invite({ requestDelegate: { onAccept: () => resolve(), onReject } }).catch(reject);
    });
  }

  async stop(): Promise<void> {
    await this.#userAgent.stop();
  }

  /** The queues of the practice PBX offer calls from now on. */
  tellReady(): Promise<void> {
    const to = addressOf(`sip:availability@${this.#userAgent.configuration.uri.host}`);
    return new Promise((resolve, reject) => {
      const onReject = () => reject(new Error('availability not taken'));
      new Messager(this.#userAgent, to, 'ready')
        .message({ requestDelegate: { onAccept: () => resolve(), onReject } })
        .catch(reject);
    });
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
}

function addressOf(text: string) {
  const uri = UserAgent.makeURI(text);
  if (!uri) throw new Error(`no address: ${text}`);
  return uri;
}
