import { type Core, Invitation, Inviter, type Referral, type Session, SessionState } from 'sip.js';
import type { Clock } from '../clock.ts';
import { type PracticeLog, reasonOf } from '../log.ts';
import { digitOfInfo } from '../media/dtmf.ts';
import { MediaLeg } from '../media/mediaLeg.ts';
import { type CallerIdentity, callerHeaders, parsedUri, practiceDomain } from '../sip/address.ts';
import type { Connection } from '../sip/connection.ts';
import { notifyReferProgress } from '../sip/referProgress.ts';
import type { DialogName } from '../sip/replaces.ts';
import type { Endpoint } from './endpoint.ts';
import { LegTimer, type SessionTimes } from './legTimer.ts';

/** How the attempt to bring a leg up came out. */
export type LegOutcome =
  | { kind: 'answered' }
  | { kind: 'refused'; statusCode: number }
  | { kind: 'cancelled' };

export interface LegListener {
  legOutcome(leg: AgentLeg, outcome: LegOutcome): void;
  /** An answered leg is over, and not because this PBX ended it. */
  legEnded(leg: AgentLeg, by: 'agent' | 'network'): void;
  legHeld(leg: AgentLeg, held: boolean): void;
  legDigit(leg: AgentLeg, digit: string, via: 'rtp' | 'info'): void;
  legHeard(leg: AgentLeg): void;
  legReferred(leg: AgentLeg, referral: Referral): void;
  /** Nothing of the leg is left: the agent is free of it. */
  legGone(leg: AgentLeg): void;
}

export interface LegOptions {
  extension: string;
  connection: Connection;
  listener: LegListener;
  loopbackMedia: boolean;
  clock: Clock;
  times: SessionTimes;
  log: PracticeLog;
}

const statusRequestTerminated = 487;

/** One SIP session between the PBX and a desk, with its audio. */
export class AgentLeg implements Endpoint {
  readonly extension: string;
  readonly connection: Connection;
  readonly media: MediaLeg;
  #session: Inviter | Invitation;
  #listener: LegListener;
  #log: PracticeLog;
  #statusCode = statusRequestTerminated;
  #timer: LegTimer;
  #onRinging: () => void = () => undefined;
  #wasHeld = false;
  #settled = false;
  #answered = false;
  #over = false;

  private constructor(options: LegOptions, session: Inviter | Invitation) {
    this.extension = options.extension;
    this.connection = options.connection;
    this.#listener = options.listener;
    this.#log = options.log;
    this.#session = session;
    this.media = new MediaLeg({
      loopbackMedia: options.loopbackMedia,
      handlers: {
        onDigit: (digit) => this.#listener.legDigit(this, digit, 'rtp'),
        onFirstPacket: () => this.#listener.legHeard(this),
      },
    });
    this.connection.setMedia(session, this.media);
    this.#timer = new LegTimer({
      clock: options.clock,
      times: options.times,
      session,
      onExpired: () => this.#expire(),
    });
    this.connection.dialogs.answerWith(this.callId, () => this.#timer.answerHeaders);
    session.delegate = {
      onInvite: () => {
        this.#timer.refreshed();
        this.#noticeHold();
      },
      onInfo: (info) => {
        const type = info.request.getHeader('Content-Type') ?? '';
        const digit = digitOfInfo(type, info.request.body);
        this.#quietly(() => info.accept());
        if (digit) this.#listener.legDigit(this, digit, 'info');
      },
      onRefer: (referral) => this.#listener.legReferred(this, referral),
    };
    session.stateChange.addListener((state) => this.#onState(state));
  }

  /** Rings a desk. The outcome comes to the listener, never as an exception. */
  static offer(
    options: LegOptions,
    caller: CallerIdentity,
    headers: string[],
    onRinging: () => void = () => undefined,
  ): AgentLeg {
    const { connection, extension } = options;
    if (!connection.contact) throw new Error('a registered desk without contact');
    const identity = callerHeaders(caller);
    const inviter = new Inviter(connection.userAgent, connection.contact, {
      params: {
        fromUri: identity.uri,
        fromDisplayName: identity.displayName,
        toUri: parsedUri(`sip:${extension}@${practiceDomain}`),
      },
      extraHeaders: [...identity.headers, ...LegTimer.offerHeaders(options.times), ...headers],
    });
    connection.claim(inviter.request.callId);
    const leg = new AgentLeg(options, inviter);
    leg.#onRinging = onRinging;
    const requestDelegate = {
      onAccept: ({ message }: Core.IncomingResponse) => leg.#timer.answered(message),
      onProgress: ({ message }: Core.IncomingResponse) => {
        if (message.statusCode === 180) leg.#onRinging();
      },
      onReject: (response: Core.IncomingResponse) => {
        leg.#statusCode = response.message.statusCode ?? statusRequestTerminated;
      },
    };
    leg.#quietly(() => inviter.invite({ requestDelegate }));
    return leg;
  }

  /** A call the desk makes: it is neither ringing nor answered yet. */
  static dialled(options: LegOptions, invitation: Invitation): AgentLeg {
    return new AgentLeg(options, invitation);
  }

  get isAnswered(): boolean {
    return this.#answered;
  }

  get isOver(): boolean {
    return this.#over;
  }

  get session(): Session {
    return this.#session;
  }

  /** True if the desk names this leg so; an offered call may be named while it rings. */
  isNamed(name: DialogName): boolean {
    const dialog = this.#session.dialog;
    return (
      dialog?.callId === name.callId &&
      dialog.localTag === name.localTag &&
      dialog.remoteTag === name.remoteTag
    );
  }

  next(): Buffer | undefined {
    return this.media.nextHeard();
  }

  hear(frame: Buffer): void {
    this.media.send(frame);
  }

  ring(): void {
    const session = this.#session;
    if (session instanceof Invitation) this.#quietly(() => session.progress({ statusCode: 180 }));
  }

  answer(): void {
    const session = this.#session;
    if (this.#over || session.state !== SessionState.Initial) return;
    if (!(session instanceof Invitation)) return;
    this.#timer.asked(session.request);
    this.#quietly(() => session.accept());
  }

  /** Declines a call the desk makes. */
  reject(statusCode: number): void {
    const session = this.#session;
    if (!(session instanceof Invitation) || this.#answered) return;
    this.#statusCode = statusCode;
    this.#quietly(() => session.reject({ statusCode }));
  }

  /** Offers the audio anew; resolves once the request is out. */
  async reinvite(): Promise<void> {
    await this.#session.invite();
  }

  /** Tells the desk, by a re-INVITE, with whom and in which call it talks now. */
  tellParty(party: CallerIdentity, callRef: string): void {
    const extraHeaders = [...callerHeaders(party).headers, `X-Call-Ref: ${callRef}`];
    this.#quietly(() => this.#session.invite({ requestOptions: { extraHeaders } }));
  }

  /** The desk's next re-INVITE meets one of this PBX on the way: both get 491 (RFC 3261 section 14.1). */
  prepareGlare(): void {
    this.connection.dialogs.beforeReinvite(this.callId, (deliver) => {
      this.reinvite().then(deliver, deliver);
    });
  }

  /** As if the PBX had lost its memory: no BYE, no audio; 481 to the desk, or no answer at all. */
  forget(answers: boolean): void {
    if (this.#over) return;
    if (!answers) this.connection.dialogs.silence(this.callId);
    this.#finish();
    this.#session.dialog?.dispose();
  }

  hangUp(): void {
    if (this.#over) return;
    const session = this.#session;
    const wasAnswered = this.#answered;
    this.#finish();
    if (!wasAnswered) this.#settle({ kind: 'cancelled' });
    this.#quietly(() => endSession(session));
  }

  /** The desk is gone for good: nobody to say goodbye to. */
  lose(): void {
    if (this.#over) return;
    const wasAnswered = this.#answered;
    this.#finish();
    this.#quietly(() => this.#session.dispose());
    if (wasAnswered) this.#listener.legEnded(this, 'network');
    else this.#settle({ kind: 'refused', statusCode: 408 });
  }

  /** Tells how far a transfer is. */
  notifyReferProgress(statusLine: string, isFinal: boolean): void {
    this.#quietly(() => notifyReferProgress(this.#session, statusLine, isFinal));
  }

  #onState(state: SessionState): void {
    if (state === SessionState.Established && !this.#over) {
      this.#answered = true;
      this.#settle({ kind: 'answered' });
    }
    if (state === SessionState.Terminated && !this.#over) {
      // sip.js tells the status code only after the state.
      queueMicrotask(() => this.#onTerminated());
    }
  }

  #onTerminated(): void {
    if (this.#over) return;
    this.#finish();
    if (this.#answered) this.#listener.legEnded(this, 'agent');
    else this.#settle({ kind: 'refused', statusCode: this.#statusCode });
  }

  #settle(outcome: LegOutcome): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#listener.legOutcome(this, outcome);
  }

  /** The desk gave no sign of life in time. */
  #expire(): void {
    if (this.#over) return;
    const session = this.#session;
    this.#finish();
    this.#quietly(() => endSession(session));
    this.#listener.legEnded(this, 'network');
  }

  #finish(): void {
    this.#over = true;
    this.#timer.stop();
    this.connection.dialogs.forget(this.callId);
    this.media.close();
    this.#listener.legGone(this);
  }

  /** By which the desk knows a call that it dialled. */
  get callId(): string {
    return this.#session.request.callId;
  }

  #noticeHold(): void {
    if (this.media.isHeld === this.#wasHeld) return;
    this.#wasHeld = this.media.isHeld;
    this.#listener.legHeld(this, this.#wasHeld);
  }

  /** sip.js throws or rejects when the other side was faster; that side's message has told the outcome already. */
  #quietly(action: () => unknown): void {
    const run = async () => action();
    run().catch((error: unknown) => {
      this.#log('debug', 'sip action failed', {
        extension: this.extension,
        reason: reasonOf(error),
      });
    });
  }
}

async function endSession(session: Inviter | Invitation): Promise<void> {
  if (session.state === SessionState.Established) await session.bye();
  else if (session instanceof Inviter) await session.cancel();
  else await session.reject({ statusCode: 480 });
}
