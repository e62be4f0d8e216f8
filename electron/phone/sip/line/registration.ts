import type { UserAgent } from 'sip.js';
import type { IncomingResponse } from 'sip.js/lib/core/index.js';
import type { Clock, Log } from '#electron/core/providers.ts';
import { type Failure, fail } from '#shared/result.ts';
import { backoffMs, checkMs } from './backoff.ts';
import { bindingsOf } from './bindings.ts';
import { Grant } from './grant.ts';
import { RegisterRequests } from './registerRequests.ts';
import type { SocketTransport } from './transport.ts';

export interface RegistrationState {
  state: 'off' | 'connecting' | 'registered' | 'failed';
  failure: Failure | null;
  nextTryAt: number | null;
}

export interface RegistrationOptions {
  userAgent: UserAgent;
  transport: SocketTransport;
  clock: Clock;
  log: Log;
  random: () => number;
  changed: (state: RegistrationState) => void;
  /**
   * After every accepted REGISTER that follows a connection, a failure or a contact that the registrar had no more,
   * not after mere refreshes.
   */
  registered: () => void;
}

/** `bind` takes the account for this desk; `ask` first sees whether a newer desk has it. */
type How = 'bind' | 'ask';

const answerWithinMs = 8_000;
/** A PBX that starts takes connections, and what is said on them, before it can answer: it is asked again sooner. */
const firstAnswerMs = 3_000;
const leastAnswerMs = 2_000;
const leastWaitMs = 500;
const steadyMs = 1_000;
/** How soon a socket must answer that there is reason to doubt. */
const doubtMs = 3_000;
const refusals = new Set([401, 403, 404, 407]);

/**
 * Keeps the socket open and this desk registered (RFC 3261 §10.2), and proves it: every half a minute the registrar is
 * asked for its contacts (§10.2.3). A lost socket is opened again at once, what fails is tried again with backoff; a
 * refusal is not repeated by itself, nor is the account taken back from a desk that registered later.
 */
export class Registration {
  #options: RegistrationOptions;
  #requests: RegisterRequests;
  #grant = new Grant();
  #state: RegistrationState = { state: 'off', failure: null, nextTryAt: null };
  /** Answers to an earlier try are ignored. */
  #try = 0;
  #triedAt = 0;
  #failures = 0;
  /** Tries one after the other that were not answered. */
  #silences = 0;
  #registeredAt = 0;
  /** The registrar had forgotten this desk, and with it what the desk had told it. */
  #wasForgotten = false;
  #cancelTimer: (() => void) | null = null;
  #running = false;
  #asleep = false;

  constructor(options: RegistrationOptions) {
    this.#options = options;
    this.#requests = new RegisterRequests(options.userAgent);
  }

  get state(): RegistrationState {
    return this.#state;
  }

  get isRegistered(): boolean {
    return this.#state.state === 'registered';
  }

  start(): void {
    this.#running = true;
    this.#failures = 0;
    this.#attempt('bind');
  }

  /** Tries now, whatever wait is running; the only way on after a refusal, and back from another desk. */
  retry(): void {
    if (!this.#running) return;
    this.#asleep = false;
    this.#doubt('bind');
  }

  /** Proves socket and registration now: after sleep, or when the network changed. */
  resume(): void {
    if (!this.#running) return;
    this.#asleep = false;
    const { state, nextTryAt } = this.#state;
    const waitsForSomebody = state === 'failed' && nextTryAt === null;
    if (!waitsForSomebody) this.#doubt('ask');
  }

  /** The machine sleeps: nothing is tried. */
  suspend(): void {
    if (!this.#running) return;
    this.#asleep = true;
    this.#try += 1;
    this.#clearTimer();
  }

  /** The socket closed: what was registered on it is void. */
  socketLost(): void {
    if (!this.#running) return;
    if (this.#state.state === 'failed') return;
    const lastedMs = this.isRegistered ? this.#options.clock.now() - this.#registeredAt : 0;
    this.#become({ ...this.#state, state: 'connecting' });
    if (this.#asleep) return;
    // A loss is repaired at once; a PBX that takes us in and drops us again is not hammered.
    if (lastedMs >= steadyMs) this.#attempt('ask');
    else this.#failed('socket lost');
  }

  /** Unregisters if registered; resolves when the PBX has answered. The caller bounds the time. */
  async stop(): Promise<void> {
    const wasRegistered = this.isRegistered;
    this.#running = false;
    this.#try += 1;
    this.#clearTimer();
    this.#become({ state: 'off', failure: null, nextTryAt: null });
    if (!wasRegistered || !this.#options.transport.isConnected()) return;
    await new Promise<void>((resolve) => {
      this.#requests.bind(0, { accepted: () => resolve(), refused: () => resolve() });
    });
  }

  /** A live socket is used, one that is silent or stands on an address that is gone is replaced. */
  #doubt(how: How): void {
    const { transport } = this.#options;
    this.#failures = 0;
    if (!transport.isConnected() || !transport.hasItsAddress()) {
      transport.abandon();
      this.#attempt(how);
      return;
    }
    this.#clearTimer();
    this.#try += 1;
    const current = this.#try;
    transport.prove(doubtMs).then(() => {
      if (current === this.#try) this.#attempt(how);
    });
  }

  #attempt(how: How): void {
    this.#clearTimer();
    this.#try += 1;
    const current = this.#try;
    const { transport, clock } = this.#options;
    this.#triedAt = clock.now();
    const isVoid = !transport.isConnected() || this.#grant.leftMs(this.#triedAt) <= 0;
    if (!this.isRegistered || isVoid) {
      this.#become({ state: 'connecting', failure: this.#state.failure, nextTryAt: null });
    }
    transport.connect().then(
      () => {
        if (current === this.#try) this.#speak(current, how);
      },
      () => {
        if (current === this.#try) this.#failed('the PBX cannot be reached');
      },
    );
  }

  #speak(current: number, how: How): void {
    this.#expectAnswer();
    try {
      if (how === 'ask' && this.#grant.lists) this.#ask(current);
      else if (how === 'ask' && this.#holds()) this.#knock(current);
      else this.#bind(current);
    } catch (error) {
      this.#failed(error instanceof Error ? error.message.slice(0, 200) : 'not sent');
    }
  }

  /** Registered on this socket, and no refresh is due. */
  #holds(): boolean {
    return this.isRegistered && this.#grant.holds(this.#options.clock.now());
  }

  #bind(current: number): void {
    this.#requests.bind(this.#grant.askedS, {
      accepted: (response) => {
        if (current === this.#try) this.#accepted(response);
      },
      refused: (response) => {
        if (current === this.#try) this.#refused(response);
      },
    });
  }

  #ask(current: number): void {
    this.#requests.query({
      accepted: (response) => {
        if (current !== this.#try) return;
        const { ownUser } = this.#requests;
        const { ownS, others } = bindingsOf(response, ownUser, this.#grant.askedS);
        if (ownS === null && others > 0 && !this.#grant.shares) this.#lostToOther();
        else if (ownS !== null && this.#holds()) this.#proven();
        else {
          this.#wasForgotten ||= ownS === null;
          this.#speak(current, 'bind');
        }
      },
      // Why, the registration itself will hear.
      refused: () => {
        if (current === this.#try) this.#speak(current, 'bind');
      },
    });
  }

  /** Of a registrar that tells no contacts one can only know that it is there. */
  #knock(current: number): void {
    const heard = (): void => {
      if (current === this.#try) this.#proven();
    };
    this.#requests.options({ accepted: heard, refused: heard });
  }

  #accepted(response: IncomingResponse): void {
    this.#silences = 0;
    const fresh = !this.isRegistered || this.#wasForgotten;
    this.#wasForgotten = false;
    const { clock, random } = this.#options;
    const now = clock.now();
    if (fresh) this.#registeredAt = now;
    this.#grant.take(response, this.#requests.ownUser, now, random());
    this.#proven();
    if (fresh) this.#options.registered();
  }

  #proven(): void {
    const { clock, random } = this.#options;
    this.#failures = 0;
    const untilRefreshMs = Math.max(leastWaitMs, this.#grant.untilRefreshMs(clock.now()));
    this.#after(Math.min(checkMs(random()), untilRefreshMs), () => this.#attempt('ask'));
    this.#become({ state: 'registered', failure: null, nextTryAt: null });
  }

  #lostToOther(): void {
    const { error } = fail('phone-elsewhere', 'a newer desk has registered with this account');
    this.#options.log.warn('phone account taken by another desk');
    this.#giveUp(error);
  }

  #refused(response: IncomingResponse): void {
    const { statusCode = 0 } = response.message;
    if (statusCode === 423 && this.#grant.raise(response)) {
      this.#attempt('bind');
      return;
    }
    if (refusals.has(statusCode)) {
      const { error } = fail('phone-refused', 'the PBX refused the registration', {
        status: statusCode,
      });
      this.#options.log.warn('phone registration refused', { status: statusCode });
      this.#giveUp(error);
      return;
    }
    this.#failed(`the PBX answered ${statusCode}`, retryAfterMs(response));
  }

  /** Until somebody asks for it. */
  #giveUp(failure: Failure): void {
    this.#clearTimer();
    this.#try += 1;
    this.#become({ state: 'failed', failure, nextTryAt: null });
  }

  #failed(message: string, leastMs = 0): void {
    this.#try += 1;
    this.#failures += 1;
    const { clock, random, log } = this.#options;
    // A try that itself took long, such as a handshake into the void, has been part of the wait.
    const triedMs = Math.max(0, clock.now() - this.#triedAt);
    const restMs = backoffMs(this.#failures, random()) - triedMs;
    const wait = Math.max(leastMs, leastWaitMs, restMs);
    log.info('phone not registered', { message, tries: this.#failures, waitMs: wait });
    const { error } = fail('phone-unreachable', message);
    this.#after(wait, () => this.#attempt('ask'));
    this.#become({ state: 'failed', failure: error, nextTryAt: clock.now() + wait });
  }

  /** A PBX that is silent on this socket is tried again on a new one; sooner where the registration runs out. */
  #expectAnswer(): void {
    const { clock, transport } = this.#options;
    const patientMs = firstAnswerMs * 2 ** Math.min(this.#silences, 2);
    const leftMs = this.isRegistered ? this.#grant.leftMs(clock.now()) : patientMs;
    this.#after(Math.min(answerWithinMs, Math.max(leastAnswerMs, leftMs)), () => {
      this.#try += 1;
      this.#silences += 1;
      transport.abandon();
    });
  }

  #after(ms: number, then: () => void): void {
    this.#clearTimer();
    this.#cancelTimer = this.#options.clock.after(ms, then);
  }

  #clearTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #become(state: RegistrationState): void {
    const was = this.#state;
    this.#state = state;
    const same =
      was.state === state.state &&
      was.failure === state.failure &&
      was.nextTryAt === state.nextTryAt;
    if (!same) this.#options.changed(state);
  }
}

function retryAfterMs(response: IncomingResponse): number {
  const seconds = Number.parseInt(response.message.getHeader('Retry-After') ?? '', 10);
  return Number.isInteger(seconds) && seconds > 0 ? Math.min(seconds, 300) * 1_000 : 0;
}
