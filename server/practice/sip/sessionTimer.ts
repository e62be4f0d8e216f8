import type { Clock } from '../clock.ts';

/** Who refreshes the session: this PBX or the desk. */
export type Refresher = 'pbx' | 'desk';

export interface SessionInterval {
  expiresS: number;
  /** As written: the one who sent the INVITE, or the one who answered it. */
  refresher: 'uac' | 'uas' | undefined;
}

/** Reads `Session-Expires` (RFC 4028 section 4). */
export function parseSessionExpires(value: string | undefined): SessionInterval | undefined {
  const found = /^\s*(\d{1,9})\s*(;.*)?$/.exec(value ?? '');
  if (!found) return undefined;
  const who = /;\s*refresher\s*=\s*(uac|uas)\b/i.exec(found[2] ?? '')?.[1]?.toLowerCase();
  return {
    expiresS: Number(found[1]),
    refresher: who === 'uac' || who === 'uas' ? who : undefined,
  };
}

/** True where one of the values of `Supported` or `Require` names the timer. */
export function namesTimer(values: readonly string[]): boolean {
  return values.some((value) => value.split(',').some((word) => word.trim() === 'timer'));
}

/** The session timer of one dialog (RFC 4028 sections 7 and 10). */
export class SessionTimer {
  #clock: Clock;
  #onDue: () => void;
  #onExpired: () => void;
  #cancel = () => {};
  #agreed: { expiresS: number; refresher: Refresher } | undefined;

  constructor(options: {
    clock: Clock;
    /** This side has to refresh now. */
    onDue: () => void;
    /** The desk did not refresh: the session is to be ended. */
    onExpired: () => void;
  }) {
    this.#clock = options.clock;
    this.#onDue = options.onDue;
    this.#onExpired = options.onExpired;
  }

  start(expiresS: number, refresher: Refresher): void {
    this.#agreed = { expiresS, refresher };
    this.refreshed();
  }

  /** The header that belongs into the answer to a desk's re-INVITE. */
  get answerHeaders(): string[] {
    if (!this.#agreed) return [];
    const refresher = this.#agreed.refresher === 'desk' ? 'uac' : 'uas';
    return ['Require: timer', `Session-Expires: ${this.#agreed.expiresS};refresher=${refresher}`];
  }

  refreshed(): void {
    this.#cancel();
    if (!this.#agreed) return;
    const { expiresS, refresher } = this.#agreed;
    // Halfway for the one who refreshes; the other one ends it a little before the end (section 10).
    const isOurs = refresher === 'pbx';
    const dueS = isOurs ? expiresS / 2 : expiresS - Math.min(32, expiresS / 3);
    this.#cancel = this.#clock.after(dueS * 1000, isOurs ? this.#onDue : this.#onExpired);
  }

  stop(): void {
    this.#cancel();
    this.#agreed = undefined;
  }
}
