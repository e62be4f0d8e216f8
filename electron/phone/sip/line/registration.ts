import type { UserAgent } from 'sip.js';
import type { IncomingResponse } from 'sip.js/lib/core/index.js';
import type { Clock, Log } from '#electron/core/providers.ts';
import { type Failure, fail } from '#shared/result.ts';
import { backoffMs, refreshMs } from './backoff.ts';
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
  /** After every accepted REGISTER that follows a connection or a failure, not after mere refreshes. */
  registered: () => void;
}

const wantedExpiresS = 300;
const answerWithinMs = 8_000;
const steadyMs = 1_000;
const refusals = new Set([401, 403, 404, 407]);

/**
 * Keeps the socket open and this desk registered (RFC 3261 §10.2). One REGISTER at a time; a lost socket is
 * opened again at once, what fails is tried again with backoff, a refusal is not repeated by itself.
 */
export class Registration {
  #options: RegistrationOptions;
  #state: RegistrationState = { state: 'off', failure: null, nextTryAt: null };
  /** Answers to an earlier try are ignored. */
  #try = 0;
  #failures = 0;
  #registeredAt = 0;
  #expiresS = wantedExpiresS;
  #callId: string | null = null;
  #fromTag: string | null = null;
  #cseq = 0;
  #cancelTimer: (() => void) | null = null;
  #running = false;

  constructor(options: RegistrationOptions) {
    this.#options = options;
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
    this.#attempt();
  }

  /** Tries now, whatever wait is running; also the only way on after a refusal. */
  retry(): void {
    if (!this.#running) return;
    this.#failures = 0;
    this.#attempt();
  }

  /** The socket closed: what was registered on it is void. */
  socketLost(): void {
    if (!this.#running) return;
    if (this.#state.state === 'failed') return;
    const lastedMs = this.isRegistered ? this.#options.clock.now() - this.#registeredAt : 0;
    // A loss is repaired at once; a PBX that takes us in and drops us again is not hammered.
    this.#become({ ...this.#state, state: 'connecting' });
    if (lastedMs >= steadyMs) this.#attempt();
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
      this.#send(0, { accepted: () => resolve(), refused: () => resolve() });
    });
  }

  #attempt(): void {
    this.#clearTimer();
    this.#try += 1;
    const current = this.#try;
    const { transport } = this.#options;
    if (!this.isRegistered || !transport.isConnected()) {
      this.#become({ state: 'connecting', failure: this.#state.failure, nextTryAt: null });
    }
    transport.connect().then(
      () => {
        if (current === this.#try) this.#register(current);
      },
      () => {
        if (current === this.#try) this.#failed('the PBX cannot be reached');
      },
    );
  }

  #register(current: number): void {
    this.#after(answerWithinMs, () => {
      this.#try += 1;
      // A PBX that is silent on this socket is tried again on a new one.
      this.#options.transport.abandon();
    });
    try {
      this.#send(this.#expiresS, {
        accepted: (response) => {
          if (current === this.#try) this.#accepted(response);
        },
        refused: (response) => {
          if (current === this.#try) this.#refused(response);
        },
      });
    } catch (error) {
      this.#failed(error instanceof Error ? error.message.slice(0, 200) : 'not sent');
    }
  }

  #accepted(response: IncomingResponse): void {
    const fresh = !this.isRegistered;
    this.#failures = 0;
    if (fresh) this.#registeredAt = this.#options.clock.now();
    const expiresS = grantedExpiresS(response, this.#expiresS);
    this.#after(refreshMs(expiresS, this.#options.random()), () => this.#attempt());
    this.#become({ state: 'registered', failure: null, nextTryAt: null });
    if (fresh) this.#options.registered();
  }

  #refused(response: IncomingResponse): void {
    const { statusCode = 0 } = response.message;
    if (statusCode === 423) {
      const least = Number(response.message.getHeader('Min-Expires'));
      if (Number.isInteger(least) && least > this.#expiresS && least <= 86_400) {
        this.#expiresS = least;
        this.#attempt();
        return;
      }
    }
    if (refusals.has(statusCode)) {
      this.#clearTimer();
      const { error } = fail('phone-refused', 'the PBX refused the registration', {
        status: statusCode,
      });
      this.#options.log.warn('phone registration refused', { status: statusCode });
      this.#become({ state: 'failed', failure: error, nextTryAt: null });
      return;
    }
    this.#failed(`the PBX answered ${statusCode}`, retryAfterMs(response));
  }

  #failed(message: string, leastMs = 0): void {
    this.#failures += 1;
    const { clock, random, log } = this.#options;
    const wait = Math.max(leastMs, backoffMs(this.#failures, random()));
    log.info('phone not registered', { message, tries: this.#failures, waitMs: wait });
    const { error } = fail('phone-unreachable', message);
    this.#after(wait, () => this.#attempt());
    this.#become({ state: 'failed', failure: error, nextTryAt: clock.now() + wait });
  }

  #send(
    expiresS: number,
    on: { accepted: (r: IncomingResponse) => void; refused: (r: IncomingResponse) => void },
  ): void {
    const { userAgent } = this.#options;
    const core = userAgent.userAgentCore;
    const { uri } = userAgent.configuration;
    const registrar = uri.clone();
    registrar.user = undefined;
    this.#cseq += 1;
    const message = core.makeOutgoingRequestMessage(
      'REGISTER',
      registrar,
      uri,
      uri,
      {
        cseq: this.#cseq,
        ...(this.#callId ? { callId: this.#callId } : {}),
        ...(this.#fromTag ? { fromTag: this.#fromTag } : {}),
      },
      [
        `Contact: ${userAgent.contact.toString({ register: true })};expires=${expiresS}`,
        `Expires: ${expiresS}`,
        'Allow: ACK,BYE,CANCEL,INFO,INVITE,MESSAGE,NOTIFY,OPTIONS,REFER',
      ],
    );
    this.#callId = message.callId;
    this.#fromTag = message.fromTag;
    // A challenge raises the message's own CSeq (RFC 3261 §22.1): go on from there.
    const keepCseq = (): void => {
      this.#cseq = Math.max(this.#cseq, message.cseq);
    };
    core.register(message, {
      onAccept: (response) => {
        keepCseq();
        on.accepted(response);
      },
      onReject: (response) => {
        keepCseq();
        on.refused(response);
      },
      onRedirect: (response) => on.refused(response),
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

/** Seconds granted: of the first Contact with an expiry, else of the Expires header, else what was asked. */
function grantedExpiresS(response: IncomingResponse, wantedS: number): number {
  const { message } = response;
  const contacts = message
    .getHeaders('Contact')
    .map((text) => /;\s*expires\s*=\s*(\d{1,7})/iu.exec(text));
  const own = contacts.find((match) => match !== null)?.[1];
  const granted = Number(own ?? message.getHeader('Expires') ?? wantedS);
  return Number.isInteger(granted) && granted > 0 ? Math.min(granted, wantedS) : wantedS;
}

function retryAfterMs(response: IncomingResponse): number {
  const seconds = Number.parseInt(response.message.getHeader('Retry-After') ?? '', 10);
  return Number.isInteger(seconds) && seconds > 0 ? Math.min(seconds, 300) * 1_000 : 0;
}
