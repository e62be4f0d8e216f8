import type { Clock, Log, MediaPort } from '#electron/core/providers.ts';
import type { MediaEvent } from '#shared/contract/media.ts';
import type { PhoneStatus } from '#shared/contract/models/desk.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { PhoneAccount } from '#shared/sync/messages.ts';
import type { DialOptions, Phone, PhoneEvent, PhoneLeg, PhoneRules } from '../phone.ts';
import { sendDigits } from './calls/digits.ts';
import { reject } from './calls/incoming.ts';
import type { Leg } from './calls/leg.ts';
import { endByAgent } from './calls/legs.ts';
import { guarded } from './calls/mediaGuard.ts';
import { MicrophoneWatch } from './calls/microphone.ts';
import type { Availability } from './line/availability.ts';
import { AvailabilityWish } from './line/availabilityWish.ts';
import type { RegistrationState } from './line/registration.ts';
import { quietly } from './quietly.ts';
import { type Running, run } from './running.ts';
import { safely } from './safely.ts';

export interface SipPhoneOptions {
  /** Longest wait of the media page for ICE candidates, ms; host candidates come much sooner. */
  gatherMs?: number;
  /** Between two pings that prove the socket alive, ms. */
  pingEveryMs?: number;
  /** Between two looks at calls and at the addresses of this machine, ms. */
  watchEveryMs?: number;
  /** In [0, 1); for the jitter of waits. */
  random?: () => number;
}

const usualSettings: Required<SipPhoneOptions> = {
  gatherMs: 100,
  pingEveryMs: 15_000,
  watchEveryMs: 1_000,
  random: Math.random,
};
const usualRules: PhoneRules = { digits: 'rtp', waitingCalls: 1 };
const off: RegistrationState = { state: 'off', failure: null, nextTryAt: null };

/**
 * The phone of one desk on a SIP-over-WebSocket PBX: signalling here, media in the media page. One call, or one
 * conference, talks at a time.
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
  #settings: Required<SipPhoneOptions>;
  #listeners = new Set<(event: PhoneEvent) => void>();
  #rules = usualRules;
  #running: Running | null = null;
  #registration: RegistrationState = off;
  #microphone = new MicrophoneWatch(() => this.#emit({ type: 'status', status: this.status() }));
  #availability: AvailabilityWish;
  #turn: Promise<void> = Promise.resolve();

  constructor(providers: { media: MediaPort; clock: Clock; log: Log }, options: SipPhoneOptions) {
    this.#media = guarded(providers.media, providers.clock);
    this.#clock = providers.clock;
    this.#log = providers.log;
    this.#settings = { ...usualSettings, ...options };
    this.#availability = new AvailabilityWish({
      ...providers,
      random: this.#settings.random,
      userAgent: () => {
        const line = this.#running?.line;
        return line?.registration.isRegistered ? line.userAgent : null;
      },
    });
    this.#media.listen((event) => this.#onMedia(event));
  }

  start(account: PhoneAccount): void {
    this.stop();
    this.#inTurn(async () => this.#open(account));
  }

  stop(): Promise<void> {
    // At once and not in its turn: what is said between a start and its work belongs to the new line.
    this.#availability.forget();
    return this.#inTurn(() => this.#close());
  }

  status(): PhoneStatus {
    return { ...this.#registration, ...this.#microphone.status };
  }

  legs(): PhoneLeg[] {
    return this.#running?.legs.views() ?? [];
  }

  listen(listener: (event: PhoneEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  follow(rules: PhoneRules): void {
    this.#rules = rules;
  }

  answer(id: string): Promise<Result<null>> {
    return this.#withLeg(id, async (leg, { legs }) =>
      this.#microphone.after(await legs.floor.answer(leg)),
    );
  }

  reject(id: string, how: 'busy' | 'decline'): Promise<Result<null>> {
    return this.#withLeg(id, async (leg, { legs }) => reject(legs.host, leg, how));
  }

  hangUp(id: string): Promise<Result<null>> {
    return this.#withLeg(id, async (leg, { legs }) =>
      leg.state === 'ringing' ? reject(legs.host, leg, 'decline') : leg.hangUp(endByAgent(leg)),
    );
  }

  mute(id: string, on: boolean): Promise<Result<null>> {
    return this.#withLeg(id, (leg) => this.#mute(leg, on));
  }

  hold(id: string, on: boolean): Promise<Result<null>> {
    return this.#withLeg(id, (leg, { legs }) => legs.floor.hold(leg, on));
  }

  sendDigits(id: string, digits: string): Promise<Result<null>> {
    return this.#withLeg(id, (leg) => sendDigits(this.#media, leg, digits, this.#rules.digits));
  }

  async dial(target: string, options: DialOptions = {}): Promise<Result<PhoneLeg>> {
    const running = this.#running;
    if (!running?.legs.host.isRegistered()) {
      return fail('phone-not-registered', 'the phone is not registered');
    }
    const { legs } = running;
    const placed = await safely(() => legs.place(target, options));
    return placed.ok ? ok(placed.value.view()) : this.#microphone.after(placed);
  }

  transfer(id: string, target: string): Promise<Result<null>> {
    return this.#withLeg(id, (leg, { legs }) => legs.floor.transfer(leg, target));
  }

  join(id: string, otherId: string): Promise<Result<null>> {
    return this.#withLegs([id, otherId], ([leg, other], { legs }) =>
      leg && other
        ? legs.floor.join(leg, other)
        : Promise.resolve(fail('call-not-found', 'two calls are joined')),
    );
  }

  confer(ids: string[]): Promise<Result<null>> {
    return this.#withLegs([...new Set(ids)], (members, { legs }) => legs.floor.confer(members));
  }

  setAvailability(availability: Availability): Promise<Result<null>> {
    return this.#availability.set(availability);
  }

  retry(): void {
    this.#running?.line.registration.retry();
  }

  suspend(): void {
    this.#running?.line.registration.suspend();
  }

  resume(): void {
    this.#running?.line.registration.resume();
    this.#running?.legs.askAll();
  }

  /** Starts and stops one after the other, in the order they were asked for. */
  #inTurn(act: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(act).catch((error: unknown) => {
      this.#log.error('phone not started or stopped cleanly', {
        reason: String(error).slice(0, 200),
      });
    });
    return this.#turn;
  }

  #withLeg(
    id: string,
    act: (leg: Leg, running: Running) => Promise<Result<null>>,
  ): Promise<Result<null>> {
    return this.#withLegs([id], async ([leg], running) =>
      leg ? act(leg, running) : fail('call-not-found', 'no such call on this desk'),
    );
  }

  async #withLegs(
    ids: string[],
    act: (legs: Leg[], running: Running) => Promise<Result<null>>,
  ): Promise<Result<null>> {
    const running = this.#running;
    const legs = ids.map((id) => running?.legs.get(id)).filter((leg) => leg !== undefined);
    if (!running || legs.length < ids.length) {
      return fail('call-not-found', 'no such call on this desk');
    }
    return safely(() => act(legs, running));
  }

  #open(account: PhoneAccount): void {
    const running = run(account, {
      ...this.#settings,
      media: this.#media,
      clock: this.#clock,
      log: this.#log,
      rules: () => this.#rules,
      emit: (event) => this.#emit(event),
      registered: () => this.#availability.registered(),
      changed: (state) => this.#setRegistration(state),
    });
    this.#running = running;
    if (!running) {
      const { error } = fail('phone-refused', 'the account has no usable address');
      this.#setRegistration({ state: 'failed', failure: error, nextTryAt: null });
      return;
    }
    running.line.start();
    if (this.#media.present()) this.#prepare();
  }

  async #close(): Promise<void> {
    const running = this.#running;
    await running?.close();
    this.#running = null;
    this.#setRegistration(off);
  }

  async #mute(leg: Leg, on: boolean): Promise<Result<null>> {
    if (!leg.isUp) return fail('call-state', 'only a call that is up can be muted');
    const { session } = leg.media;
    const muted = await this.#media.run('mute', { session, on });
    // A repair gave the call another peer connection meanwhile.
    if (leg.media.session !== session) return this.#mute(leg, on);
    if (!muted.ok) return muted;
    leg.setMuted(on);
    return ok(null);
  }

  #onMedia(event: MediaEvent): void {
    if (event.type === 'microphone') {
      this.#microphone.is({ microphone: event.state, microphoneLabel: event.label });
    }
    if (event.type === 'connection') this.#running?.legs.connection(event);
    if (event.type === 'gone') this.#running?.legs.pageGone();
    if (event.type !== 'ready') return;
    this.#running?.legs.pageLoaded();
    if (this.#running) this.#prepare();
  }

  #prepare(): void {
    quietly(this.#log, async () => this.#microphone.after(await this.#media.run('prepare', {})));
  }

  #setRegistration(state: RegistrationState): void {
    const was = this.#registration;
    this.#registration = state;
    if (was === state || (was.state === 'off' && state.state === 'off')) return;
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
