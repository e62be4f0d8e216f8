import { Invitation, type Inviter, type Notification, type Session, SessionState } from 'sip.js';
import { type CallQuality, isSameQuality } from '#shared/domain/calls/callQuality.ts';
import { ok, type Result } from '#shared/result.ts';
import type { PhoneLeg } from '../../phone.ts';
import { type CallerHeaders, connectedParty, type Headers } from '../headers.ts';
import { quietly } from '../quietly.ts';
import { type AudioReport, Course } from './course.ts';
import { cancelledEnd, completedBy, type LegEnd, lostEnd } from './endings.ts';
import { endSession } from './goodbye.ts';
import type { LegHost } from './legHost.ts';
import type { ConnectionState, LegMedia } from './sessionDescriptionHandler.ts';

/** One call on this desk: one SIP dialog at a time, which a media repair may exchange for another. */
export class Leg {
  readonly id: string;
  readonly direction: PhoneLeg['direction'];
  caller: CallerHeaders;
  state: PhoneLeg['state'];
  muted = false;
  mediaState: PhoneLeg['media'] = 'none';
  conference = false;
  transferring = false;
  quality: CallQuality | null = null;
  /** The socket was lost since the far side last heard of this desk. */
  moved = false;
  /** Hears the NOTIFYs of a REFER; without it they are accepted. */
  onNotify: ((notification: Notification) => void) | null = null;
  #changing: PromiseWithResolvers<void> | null = null;
  #host: LegHost;
  #session: Invitation | Inviter;
  #media: LegMedia;
  #ending: LegEnd | null = null;
  #end: PhoneLeg['end'] = null;
  #course = new Course();
  #audio: AudioReport | null = null;
  #confirmed = Promise.withResolvers<void>();
  /** While a repair exchanges the dialog, the end of the old one is not yet the end of the call. */
  #replacing = false;
  #oldEnded = false;

  constructor(
    host: LegHost,
    of: { id: string; caller: CallerHeaders; session: Invitation | Inviter; media: LegMedia },
  ) {
    this.#host = host;
    this.id = of.id;
    this.caller = of.caller;
    this.direction = of.session instanceof Invitation ? 'in' : 'out';
    this.state = this.direction === 'in' ? 'ringing' : 'dialling';
    this.#course.enter(this.state, host.clock.now());
    this.#session = of.session;
    this.#media = of.media;
    this.#bind(of.session, of.media);
  }

  get session(): Invitation | Inviter {
    return this.#session;
  }

  get media(): LegMedia {
    return this.#media;
  }

  get isEnded(): boolean {
    return this.state === 'ended';
  }

  get isUp(): boolean {
    return this.state === 'talking' || this.state === 'held';
  }

  /** A hold, a refresh or a repair is under way: one change of the dialog at a time. */
  get changing(): boolean {
    return this.#changing !== null;
  }

  set changing(on: boolean) {
    this.#changing?.resolve();
    this.#changing = on ? Promise.withResolvers() : null;
  }

  /** Resolves once the change under way is through. */
  changed(): Promise<void> {
    return this.#changing?.promise ?? Promise.resolve();
  }

  /**
   * Resolves once the dialog may be changed: after the ACK of the answer, or when the call ended. A re-INVITE that
   * crosses the ACK makes the SIP library end the call.
   */
  confirmed(): Promise<void> {
    return this.#confirmed.promise;
  }

  view(): PhoneLeg {
    return {
      leg: this.id,
      direction: this.direction,
      state: this.state,
      ...this.caller,
      muted: this.muted,
      media: this.mediaState,
      conference: this.conference,
      transferring: this.transferring,
      quality: this.quality,
      end: this.#end,
    };
  }

  become(state: Exclude<PhoneLeg['state'], 'ended'>): void {
    if (this.isEnded || this.state === state) return;
    this.state = state;
    this.#course.enter(state, this.#host.clock.now());
    this.#host.changed(this);
  }

  setMuted(on: boolean): void {
    if (this.isEnded || this.muted === on) return;
    this.muted = on;
    this.#host.changed(this);
  }

  setConference(on: boolean): void {
    if (this.isEnded || this.conference === on) return;
    this.conference = on;
    this.#host.changed(this);
  }

  setTransferring(on: boolean): void {
    if (this.isEnded || this.transferring === on) return;
    this.transferring = on;
    this.#host.changed(this);
  }

  setMediaState(state: PhoneLeg['media']): void {
    if (this.isEnded || this.mediaState === state) return;
    this.mediaState = state;
    this.#host.changed(this);
  }

  /** The newest look at the audio, told where it looks different, and what is known of it so far for the report. */
  measured(quality: CallQuality, audio: AudioReport): void {
    if (this.isEnded) return;
    this.#audio = audio;
    if (isSameQuality(this.quality, quality)) return;
    this.quality = quality;
    this.#host.changed(this);
  }

  /** The peer connection's own word; what is under repair is told by the repair until it connects. */
  onConnection(state: ConnectionState): void {
    if (this.isEnded) return;
    if (state === 'connected') this.setMediaState('connected');
    else if (state === 'new' || state === 'connecting') this.setMediaState('connecting');
    else if (state === 'disconnected' || state === 'failed') {
      this.setMediaState('lost');
      if (state === 'failed') this.#host.repair(this);
    }
  }

  /** Why the session is about to end; the first word counts. */
  note(ending: LegEnd): void {
    this.#ending ??= ending;
  }

  /** The call is over: said once, whatever the dialog still does. */
  finish(end: LegEnd): void {
    if (this.isEnded) return;
    this.state = 'ended';
    this.#course.enter('ended', this.#host.clock.now());
    this.#end = { ...(this.#ending ?? end), report: this.#course.report(this.#audio) };
    this.mediaState = 'none';
    this.conference = false;
    this.transferring = false;
    this.#confirmed.resolve();
    this.#media.close();
    this.#host.changed(this);
  }

  /** Media for another try to answer, after one that failed before anything was sent. */
  renewMedia(): void {
    this.#media.close();
    this.#media = this.#host.newMedia(false);
    this.#follow(this.#session, this.#media);
    this.setMediaState('none');
  }

  /** From now on the end of the present dialog waits for `replaced` or `keepOld`. */
  beginReplacing(): void {
    this.#replacing = true;
  }

  replaced(session: Inviter, media: LegMedia): void {
    const { hold } = this.#media;
    this.#replacing = false;
    this.#oldEnded = false;
    this.#ending = null;
    this.#media.close();
    this.#session = session;
    this.#media = media;
    media.hold = hold;
    this.#bind(session, media);
    this.#host.changed(this);
  }

  /** The dialog is over, while the end of the call waits for `replaced`, `keepOld` or `leave`. */
  get dialogEnded(): boolean {
    return this.#oldEnded;
  }

  keepOld(): void {
    this.#replacing = false;
    if (this.#oldEnded) this.finish(lostEnd('the dialog ended during a repair'));
  }

  /** Ends the call from here. Nothing that the PBX does can keep it alive on this desk. */
  hangUp(end: LegEnd): Result<null> {
    if (this.isEnded) return ok(null);
    this.note(end);
    const session = this.#session;
    this.finish(end);
    this.endDialog(session);
    return ok(null);
  }

  /** As `hangUp`, where this is the reason whatever the far side said before. */
  leave(end: LegEnd): void {
    if (!this.isEnded) this.#ending = end;
    this.hangUp(end);
  }

  /** BYE, CANCEL or a final answer, whichever the dialog wants; later, if the socket is gone. */
  endDialog(session: Session): void {
    if (!this.#host.isConnected()) {
      this.#host.whenRegistered(() => this.endDialog(session));
      return;
    }
    quietly(this.#host.log, () => endSession(session));
  }

  #bind(session: Invitation | Inviter, media: LegMedia): void {
    this.#follow(session, media);
    session.delegate = {
      onAck: () => this.#confirmed.resolve(),
      onBye: (bye) => {
        if (session === this.#session) this.note(completedBy('customer'));
        quietly(this.#host.log, () => bye.accept());
      },
      onCancel: (cancel) => this.note(cancelledEnd(cancel.request.getHeader('Reason'))),
      onInvite: (request, _response, statusCode) => {
        if (statusCode === 200) this.#meet(request);
      },
      onNotify: (notification) => {
        if (this.onNotify) this.onNotify(notification);
        else quietly(this.#host.log, () => notification.accept());
      },
      // The library would follow a REFER by itself; this desk is not sent elsewhere.
      onRefer: (referral) => quietly(this.#host.log, () => referral.reject()),
    };
    session.stateChange.addListener((state) => this.#onSessionState(session, state));
  }

  /** Another party may be at the far end since the PBX connected them. Of a dialled call the number stays. */
  #meet(request: Headers): void {
    const met = connectedParty(request, this.caller);
    if (this.isEnded || this.direction === 'out' || met === this.caller) return;
    this.caller = met;
    this.#host.changed(this);
  }

  #follow(session: Session, media: LegMedia): void {
    this.#host.describeWith(session, media);
    media.follow((state) => this.onConnection(state));
  }

  #onSessionState(session: Session, state: SessionState): void {
    if (session !== this.#session) return;
    if (state === SessionState.Established) {
      if (this.direction === 'out') this.#confirmed.resolve();
      this.become('talking');
      if (this.#media.stale) this.#host.repair(this);
      return;
    }
    if (state !== SessionState.Terminated) return;
    // The library tells why only after the state.
    queueMicrotask(() => this.#onTerminated(session));
  }

  #onTerminated(session: Session): void {
    if (session !== this.#session) return;
    if (this.#replacing) {
      this.#oldEnded = true;
      return;
    }
    this.finish(lostEnd('the dialog ended without a sign'));
  }
}
