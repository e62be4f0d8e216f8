import type { Core, Session } from 'sip.js';
import type { Clock } from '../clock.ts';
import { namesTimer, parseSessionExpires, SessionTimer } from '../sip/sessionTimer.ts';

export interface SessionTimes {
  sessionExpiresS: number;
  minSessionExpiresS: number;
}

/** The desk refused to refresh, or knows the dialog no more. */
const gone = new Set([408, 481]);

/** The session timer of a leg: what its INVITE says, what the answer says, and what follows (RFC 4028). */
export class LegTimer {
  #times: SessionTimes;
  #timer: SessionTimer;

  constructor(options: {
    clock: Clock;
    times: SessionTimes;
    session: Session;
    /** No life on the other side. */
    onExpired: () => void;
  }) {
    this.#times = options.times;
    const refresh = async () => {
      await options.session.invite({
        requestDelegate: {
          onAccept: () => this.#timer.refreshed(),
          onReject: ({ message }) => {
            if (gone.has(message.statusCode ?? 0)) options.onExpired();
            else this.#timer.refreshed();
          },
        },
      });
    };
    this.#timer = new SessionTimer({
      clock: options.clock,
      // A re-INVITE of the desk that is under way refreshes as well.
      onDue: () => void refresh().catch(() => this.#timer.refreshed()),
      onExpired: options.onExpired,
    });
  }

  static offerHeaders(times: SessionTimes): string[] {
    return [
      'Supported: timer',
      `Session-Expires: ${times.sessionExpiresS}`,
      `Min-SE: ${times.minSessionExpiresS}`,
    ];
  }

  /** The desk answered our INVITE: the timer runs if it knows timers. */
  answered(response: Core.IncomingResponseMessage): void {
    const told = parseSessionExpires(response.getHeader('Session-Expires'));
    if (told) this.#timer.start(told.expiresS, told.refresher === 'uas' ? 'desk' : 'pbx');
  }

  /** The desk's INVITE is to be answered. */
  asked(request: Core.IncomingRequestMessage): void {
    const wanted = parseSessionExpires(request.getHeader('Session-Expires'));
    if (!wanted || !namesTimer(request.getHeaders('Supported'))) return;
    const expiresS = Math.max(
      Math.min(wanted.expiresS, this.#times.sessionExpiresS),
      this.#times.minSessionExpiresS,
    );
    this.#timer.start(expiresS, wanted.refresher === 'uas' ? 'pbx' : 'desk');
  }

  /** Headers of a 200 to the desk's INVITE. */
  get answerHeaders(): string[] {
    return this.#timer.answerHeaders;
  }

  refreshed(): void {
    this.#timer.refreshed();
  }

  stop(): void {
    this.#timer.stop();
  }
}

/** True where the desk asks for a shorter session than this PBX takes: 422 with Min-SE (RFC 4028 section 6). */
export function asksTooShort(request: Core.IncomingRequestMessage, times: SessionTimes): boolean {
  const wanted = parseSessionExpires(request.getHeader('Session-Expires'));
  return wanted !== undefined && wanted.expiresS < times.minSessionExpiresS;
}
