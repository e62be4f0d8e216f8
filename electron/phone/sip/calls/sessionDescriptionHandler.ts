import type { BodyAndContentType, Session, SessionDescriptionHandler } from 'sip.js';
import { SignalingState } from 'sip.js/lib/core/index.js';
import { v7 as uuidv7 } from 'uuid';
import type { MediaPort } from '#electron/core/providers.ts';
import type { MediaEvent } from '#shared/contract/media.ts';
import { DeskError, fail, ok, type Result } from '#shared/result.ts';

export type ConnectionState = Extract<MediaEvent, { type: 'connection' }>['state'];

const sdpType = 'application/sdp';
/** Directions of a description whose side sends nothing (RFC 3264 §8.4). */
const silentSide = /^a=(recvonly|inactive)\s*$/mu;

/** What a leg's media needs: the page, and which load of the page is the present one. */
export interface MediaSource {
  media: MediaPort;
  gatherMs: number;
  /** Counts the loads of the media page; a session made under an earlier load is gone. */
  pageLoad(): number;
}

/** The description handler of one SIP dialog: everything is done by the peer connection in the media page. */
export class LegMedia implements SessionDescriptionHandler {
  /** Name of the peer connection in the media page. */
  readonly session: string;
  /** True makes every following description one of a held call. */
  hold: boolean;
  #source: MediaSource;
  #pageLoad: number;
  #prepared: string | null = null;
  #offerTaken = false;
  #offering = false;
  #describing: Promise<unknown> = Promise.resolve();
  #closed = false;
  #farSideSends = true;
  #onClosed: () => void;
  #connection: ConnectionState = 'new';
  #follower: ((state: ConnectionState) => void) | null = null;
  #dialogOf: Session | null = null;

  /** `closed` is called once, when the session is given up. */
  constructor(source: MediaSource, hold: boolean, closed: () => void) {
    this.#source = source;
    this.session = uuidv7();
    this.hold = hold;
    this.#onClosed = closed;
    this.#pageLoad = source.pageLoad();
  }

  /** The SIP session that this describes; known when the library asks for its handler. */
  attach(session: Session): void {
    this.#dialogOf = session;
  }

  /** Tells the follower what the peer connection said already, and what it says from now on. */
  follow(follower: (state: ConnectionState) => void): void {
    this.#follower = follower;
    if (this.#connection !== 'new') follower(this.#connection);
  }

  heard(state: ConnectionState): void {
    this.#connection = state;
    this.#follower?.(state);
  }

  /** No sound comes through and none will by itself. */
  get isBroken(): boolean {
    return this.stale || this.#connection === 'disconnected' || this.#connection === 'failed';
  }

  /** False while the far side holds without music: silence is meant then. */
  get farSideSends(): boolean {
    return this.#farSideSends;
  }

  /** The page that held the peer connection was loaded anew: this session has no sound any more. */
  get stale(): boolean {
    return this.#pageLoad !== this.#source.pageLoad();
  }

  /**
   * Makes the description before the SIP library asks for it, so that a microphone that fails does not cost the
   * call. `remoteOffer` null makes an offer. Codes: those of the media page's `describe` and `accept`.
   */
  async prepare(remoteOffer: string | null): Promise<Result<null>> {
    if (remoteOffer !== null) {
      this.#farSideSends = !silentSide.test(remoteOffer);
      const accepted = await this.#source.media.run('accept', {
        session: this.session,
        sdp: remoteOffer,
      });
      if (!accepted.ok) return accepted;
      this.#offerTaken = true;
    }
    const described = await this.#describe();
    if (!described.ok) return described;
    this.#prepared = described.value;
    return ok(null);
  }

  async getDescription(): Promise<BodyAndContentType> {
    const prepared = this.#prepared;
    this.#prepared = null;
    if (prepared !== null) return { body: prepared, contentType: sdpType };
    const described = await this.#describe();
    if (!described.ok) throw new DeskError(described.error.code, described.error.message);
    return { body: described.value, contentType: sdpType };
  }

  hasDescription(contentType: string): boolean {
    return contentType.split(';')[0]?.trim().toLowerCase() === sdpType;
  }

  async setDescription(sdp: string): Promise<void> {
    // A late answer to a call that is over: its dialog is ended in order, the page makes nothing anew for it.
    if (this.#closed) return;
    this.#farSideSends = !silentSide.test(sdp);
    if (this.#offerTaken) {
      this.#offerTaken = false;
      return;
    }
    // An offer of our own that is being made shows only when it is done that there are two.
    await this.#describing;
    if (this.#offering && this.#remoteOffers()) await this.rollbackDescription();
    const answers = this.#offering;
    const accepted = await this.#source.media.run('accept', { session: this.session, sdp });
    this.#offering = false;
    if (accepted.ok) return;
    // The page went away between offer and answer: the dialog stands, its media is repaired after.
    if (answers && (this.stale || accepted.error.code === 'media-page-absent')) return;
    throw new DeskError(accepted.error.code, accepted.error.message);
  }

  async rollbackDescription(): Promise<void> {
    this.#offering = false;
    await this.#source.media.run('rollback', { session: this.session });
  }

  /** Takes back what this side offered; what the far side offered stands. */
  async withdrawOffer(): Promise<void> {
    if (this.#offering) await this.rollbackDescription();
  }

  /** Digits go by the phone, which can wait for the outcome. */
  sendDtmf(): boolean {
    return false;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#follower = null;
    this.#onClosed();
    this.#source.media.run('close', { session: this.session }).catch(() => undefined);
  }

  /** The far side offered while our own offer was made (glare, RFC 3261 §14.1): theirs is answered. */
  #remoteOffers(): boolean {
    return this.#dialogOf?.dialog?.signalingState === SignalingState.HaveRemoteOffer;
  }

  #describe(): Promise<Result<string>> {
    const described = this.#makeDescription();
    this.#describing = described;
    return described;
  }

  async #makeDescription(): Promise<Result<string>> {
    if (this.#closed) return fail('media-failed', 'the session is closed');
    const described = await this.#source.media.run('describe', {
      session: this.session,
      hold: this.hold,
      gatherMs: this.#source.gatherMs,
    });
    if (!described.ok) return described;
    this.#offering = described.value.type === 'offer';
    return ok(described.value.sdp);
  }
}
