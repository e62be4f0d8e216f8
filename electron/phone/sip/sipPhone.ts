import type { Invitation, Session } from 'sip.js';
import type { Clock, Log, MediaPort } from '#electron/core/providers.ts';
import type { MediaEvent } from '#shared/contract/media.ts';
import type { PhoneStatus } from '#shared/contract/models.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { PhoneAccount } from '#shared/sync/messages.ts';
import type { Phone, PhoneEvent, PhoneLeg } from '../phone.ts';
import { type Availability, sendAvailability } from './availability.ts';
import { sendDigits } from './digits.ts';
import { completedBy, type LegEnd, lostEnd } from './endings.ts';
import { hold } from './hold.ts';
import { answer, receive, reject } from './incoming.ts';
import type { Leg } from './leg.ts';
import type { LegHost } from './legHost.ts';
import { type Line, openLine } from './line.ts';
import { guarded } from './mediaGuard.ts';
import { type MicrophoneStatus, microphoneAfter } from './microphone.ts';
import { place } from './outgoing.ts';
import { repair } from './recovery.ts';
import type { RegistrationState } from './registration.ts';
import { LegMedia } from './sessionDescriptionHandler.ts';

export interface SipPhoneOptions {
  /** How long the media page gathers ICE candidates for a description, ms; host candidates come within. */
  gatherMs?: number;
  /** In [0, 1); for the jitter of waits. */
  random?: () => number;
}

const defaultGatherMs = 60;
const stopWithinMs = 1_500;
const off: RegistrationState = { state: 'off', failure: null, nextTryAt: null };

/**
 * The phone of one desk on a SIP-over-WebSocket PBX: signalling here, media in the media page. One call at a time;
 * a second offer is answered 486 and goes back to the queue.
 */
export function createSipPhone(
  providers: { media: MediaPort; clock: Clock; log: Log },
  options: SipPhoneOptions = {},
): Phone {
  return new SipPhone(providers, options);
}

class SipPhone implements Phone {
  #media: MediaPort;
  #clock: Clock;
  #log: Log;
  #random: () => number;
  #gatherMs: number;
  #listeners = new Set<(event: PhoneEvent) => void>();
  #legs = new Map<string, Leg>();
  #handlers = new WeakMap<Session, LegMedia>();
  #line: Line | null = null;
  #registration: RegistrationState = off;
  #microphone: MicrophoneStatus = { microphone: 'unknown', microphoneLabel: null };
  #availability: Availability | null = null;
  #afterRegistration: (() => void)[] = [];
  #pageLoads = 0;
  #sessions = 0;
  #isPlacing = false;
  #isRinging = false;
  #stopping: Promise<void> = Promise.resolve();

  constructor(providers: { media: MediaPort; clock: Clock; log: Log }, options: SipPhoneOptions) {
    this.#media = guarded(providers.media);
    this.#clock = providers.clock;
    this.#log = providers.log;
    this.#random = options.random ?? Math.random;
    this.#gatherMs = options.gatherMs ?? defaultGatherMs;
    this.#media.listen((event) => this.#onMedia(event));
  }

  start(account: PhoneAccount): void {
    const before = this.stop();
    const opened = before.then(() => this.#open(account));
    this.#stopping = opened;
  }

  stop(): Promise<void> {
    this.#stopping = this.#stopping.then(() => this.#close());
    return this.#stopping;
  }

  status(): PhoneStatus {
    return { ...this.#registration, ...this.#microphone };
  }

  legs(): PhoneLeg[] {
    return [...this.#legs.values()].map((leg) => leg.view());
  }

  listen(listener: (event: PhoneEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async answer(id: string): Promise<Result<null>> {
    const leg = this.#legs.get(id);
    if (!leg) return unknownCall();
    const answered = await answer(leg);
    if (!answered.ok) this.#heardOfMicrophone(microphoneAfter(answered.error));
    return answered;
  }

  async reject(id: string, how: 'busy' | 'decline'): Promise<Result<null>> {
    const leg = this.#legs.get(id);
    return leg ? reject(leg, how) : unknownCall();
  }

  async hangUp(id: string): Promise<Result<null>> {
    const leg = this.#legs.get(id);
    if (!leg) return unknownCall();
    return leg.state === 'ringing' ? reject(leg, 'decline') : leg.hangUp(endByAgent(leg));
  }

  async mute(id: string, on: boolean): Promise<Result<null>> {
    const leg = this.#legs.get(id);
    if (!leg) return unknownCall();
    if (!leg.isUp) return fail('call-state', 'only a call that is up can be muted');
    const muted = await this.#media.run('mute', { session: leg.media.session, on });
    if (!muted.ok) return muted;
    leg.setMuted(on);
    return ok(null);
  }

  async hold(id: string, on: boolean): Promise<Result<null>> {
    const leg = this.#legs.get(id);
    const host = this.#host();
    return leg && host ? hold(host, leg, on) : unknownCall();
  }

  async sendDigits(id: string, digits: string): Promise<Result<null>> {
    const leg = this.#legs.get(id);
    return leg ? sendDigits(this.#media, leg, digits) : unknownCall();
  }

  async dial(target: string): Promise<Result<PhoneLeg>> {
    const host = this.#host();
    if (!host?.isRegistered()) return fail('phone-not-registered', 'the phone is not registered');
    if (this.#isTaken()) return fail('call-state', 'another call is on this desk');
    this.#isPlacing = true;
    try {
      const placed = await place(host, target, (leg) => {
        this.#legs.set(leg.id, leg);
        this.#emit({ type: 'changed', leg: leg.view() });
      });
      if (placed.ok) return ok(placed.value.view());
      this.#heardOfMicrophone(microphoneAfter(placed.error));
      return placed;
    } finally {
      this.#isPlacing = false;
    }
  }

  async setAvailability(availability: Availability): Promise<Result<null>> {
    this.#availability = availability;
    const line = this.#line;
    if (!line?.registration.isRegistered) {
      return fail('phone-not-registered', 'told to the PBX after the next registration');
    }
    return sendAvailability(line.userAgent, availability);
  }

  retry(): void {
    this.#line?.registration.retry();
  }

  #open(account: PhoneAccount): void {
    const line = openLine({
      account,
      clock: this.#clock,
      log: this.#log,
      random: this.#random,
      describe: (session) => this.#describe(session),
      offered: (invitation, wireAt) => this.#onInvite(invitation, wireAt),
      socketLost: () => this.#onSocketLost(),
      registered: () => this.#onRegistered(),
      changed: (state) => this.#setRegistration(state),
    });
    if (!line) {
      const { error } = fail('phone-refused', 'the account has no usable address');
      this.#setRegistration({ state: 'failed', failure: error, nextTryAt: null });
      return;
    }
    this.#line = line;
    line.userAgent.start().catch(() => undefined);
    line.registration.start();
    if (this.#media.present()) this.#prepare();
  }

  async #close(): Promise<void> {
    const line = this.#line;
    if (!line) {
      this.#setRegistration(off);
      return;
    }
    for (const leg of this.#legs.values()) {
      if (leg.state === 'ringing') reject(leg, 'busy');
      else leg.hangUp(endByAgent(leg));
    }
    await this.#atMost(stopWithinMs, line.registration.stop());
    this.#line = null;
    this.#afterRegistration = [];
    this.#availability = null;
    await line.close();
  }

  #atMost(ms: number, work: Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#clock.after(ms, resolve);
      work
        .catch(() => undefined)
        .finally(() => {
          cancel();
          resolve();
        });
    });
  }

  #onInvite(invitation: Invitation, wireAt: number): void {
    const host = this.#host();
    if (!host || this.#isTaken()) {
      invitation.reject({ statusCode: 486 }).catch(() => undefined);
      return;
    }
    const leg = receive(host, invitation);
    this.#legs.set(leg.id, leg);
    this.#emit({ type: 'offered', leg: leg.view(), wireAt });
    this.#ring();
  }

  /** Calls that are not up live on their socket alone; those that are up go on over the next one. */
  #onSocketLost(): void {
    for (const leg of this.#legs.values()) {
      if (leg.isUp) continue;
      leg.hangUp(lostEnd('the connection to the PBX was lost'));
    }
  }

  #onRegistered(): void {
    const waiting = this.#afterRegistration;
    this.#afterRegistration = [];
    for (const action of waiting) action();
    const line = this.#line;
    if (!line || !this.#availability) return;
    sendAvailability(line.userAgent, this.#availability).then((told) => {
      if (!told.ok) this.#log.warn('phone availability not taken', { code: told.error.code });
    });
  }

  #onMedia(event: MediaEvent): void {
    if (event.type === 'ready') this.#onPageLoaded();
    else if (event.type === 'microphone') {
      this.#setMicrophone({ microphone: event.state, microphoneLabel: event.label });
    } else {
      for (const leg of this.#legs.values()) {
        if (leg.media.session === event.session) leg.onConnection(event.state);
      }
    }
  }

  #onPageLoaded(): void {
    this.#pageLoads += 1;
    this.#isRinging = false;
    this.#ring();
    if (this.#line) this.#prepare();
    for (const leg of this.#legs.values()) {
      if (leg.isUp) this.#repair(leg);
    }
  }

  #repair(leg: Leg): void {
    const host = this.#host();
    if (!host) return;
    leg.setMediaState('lost');
    repair(host, leg).catch((error: unknown) => {
      this.#log.error('phone media not repaired', { reason: String(error).slice(0, 200) });
    });
  }

  #prepare(): void {
    this.#media.run('prepare', {}).then((prepared) => {
      if (!prepared.ok) this.#heardOfMicrophone(microphoneAfter(prepared.error));
    });
  }

  #ring(): void {
    const rings = [...this.#legs.values()].some((leg) => leg.state === 'ringing');
    if (rings === this.#isRinging) return;
    this.#isRinging = rings;
    this.#media.run('ring', { on: rings }).then((rung) => {
      if (!rung.ok) this.#log.info('phone ring tone', { code: rung.error.code });
    });
  }

  #describe(session: Session): LegMedia {
    const media = this.#handlers.get(session);
    if (!media) throw new Error('a SIP session without a leg');
    media.attach(session);
    return media;
  }

  #host(): LegHost | null {
    const line = this.#line;
    if (!line) return null;
    const host: LegHost = {
      clock: this.#clock,
      log: this.#log,
      media: this.#media,
      gatherMs: this.#gatherMs,
      userAgent: line.userAgent,
      random: this.#random,
      pageLoad: () => this.#pageLoads,
      isConnected: () => line.transport.isConnected(),
      isRegistered: () => line.registration.isRegistered,
      newMedia: (held) => {
        this.#sessions += 1;
        return new LegMedia(host, `call-${this.#sessions}`, held);
      },
      describeWith: (session, media) => this.#handlers.set(session, media),
      whenRegistered: (action) => {
        if (line.registration.isRegistered && line.transport.isConnected()) action();
        else this.#afterRegistration.push(action);
      },
      changed: (leg) => this.#onLegChanged(leg),
      repair: (leg) => this.#repair(leg),
    };
    return host;
  }

  #onLegChanged(leg: Leg): void {
    if (leg.isEnded) this.#legs.delete(leg.id);
    this.#ring();
    this.#emit({ type: 'changed', leg: leg.view() });
  }

  #isTaken(): boolean {
    return this.#isPlacing || this.#legs.size > 0;
  }

  #heardOfMicrophone(microphone: MicrophoneStatus['microphone'] | null): void {
    if (microphone) this.#setMicrophone({ microphone, microphoneLabel: null });
  }

  #setMicrophone(status: MicrophoneStatus): void {
    const was = this.#microphone;
    this.#microphone = status;
    if (was.microphone === status.microphone && was.microphoneLabel === status.microphoneLabel) {
      return;
    }
    this.#emit({ type: 'status', status: this.status() });
  }

  #setRegistration(state: RegistrationState): void {
    if (this.#registration === state) return;
    this.#registration = state;
    this.#emit({ type: 'status', status: this.status() });
  }

  #emit(event: PhoneEvent): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch (error) {
        this.#log.error('phone listener failed', { reason: String(error).slice(0, 200) });
      }
    }
  }
}

function unknownCall(): Result<never> {
  return fail('call-not-found', 'no such call on this desk');
}

function endByAgent(leg: Leg): LegEnd {
  if (leg.isUp) return completedBy('agent');
  return { by: 'agent', how: leg.direction === 'in' ? 'rejected' : 'cancelled', failure: null };
}
