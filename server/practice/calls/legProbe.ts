import type { Clock } from '../clock.ts';
import { type PracticeLog, reasonOf } from '../log.ts';
import type { AgentLeg } from './agentLeg.ts';

export interface LegProbeOptions {
  leg: AgentLeg;
  clock: Clock;
  log: PracticeLog;
  /** How long the answer may take, ms. */
  answerMs: number;
  /** Told at most once. */
  onForgotten(): void;
}

/**
 * Asks a desk that came back whether it still knows a call (RFC 3261 section 12.2.1.2), by an INFO without a body.
 * Only a 2xx says that it does. Every other answer says no (a desk started anew gives 404, its contact being another
 * one, or 481), and so does silence: a call that nobody knows must not keep an agent from the next one.
 */
export class LegProbe {
  #options: LegProbeOptions;
  #cancel: () => void;
  #settled = false;

  constructor(options: LegProbeOptions) {
    this.#options = options;
    this.#cancel = options.clock.after(options.answerMs, () => this.#silence());
    this.#ask().catch((error: unknown) =>
      options.log('debug', 'a desk could not be asked', { reason: reasonOf(error) }),
    );
  }

  stop(): void {
    this.#settled = true;
    this.#cancel();
  }

  async #ask(): Promise<void> {
    await this.#options.leg.session.info({
      requestDelegate: {
        onAccept: () => this.stop(),
        onRedirect: () => this.#forgotten(),
        onReject: () => this.#forgotten(),
      },
    });
  }

  /** A desk whose socket is gone again is asked anew on its return, or its call ends with the grace time. */
  #silence(): void {
    if (this.#options.leg.connection.isReachable) this.#forgotten();
  }

  #forgotten(): void {
    if (this.#settled) return;
    this.stop();
    this.#options.onForgotten();
  }
}
