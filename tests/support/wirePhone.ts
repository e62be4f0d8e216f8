import { expect } from 'vitest';
import type { Log } from '#electron/core/providers.ts';
import type { PhoneRules } from '#electron/phone/phone.ts';
import { ManualClock } from './manualClock.ts';
import { ScriptedMedia } from './scriptedMedia.ts';
import { type ScriptedCall, type ScriptedCallOptions, ScriptedPbx } from './scriptedPbx.ts';
import { TestPhone } from './testPhone.ts';

const password = 'a-password-never-logged';
export const done = { ok: true, value: null };

/** A phone at the end of a wire on which a test says every message of the PBX itself, and when time passes. */
export class WirePhone {
  readonly pbx: ScriptedPbx;
  readonly media = new ScriptedMedia();
  readonly clock = new ManualClock();
  readonly desk: TestPhone;
  #logged: string[] = [];

  private constructor(pbx: ScriptedPbx, watchEveryMs: number) {
    this.pbx = pbx;
    const write = (message: string, details?: Record<string, unknown>): void => {
      this.#logged.push(`${message} ${JSON.stringify(details ?? {})}`);
    };
    const log: Log = { info: write, warn: write, error: write };
    this.desk = new TestPhone(this.media, {
      clock: this.clock,
      log,
      random: () => 0,
      pingEveryMs: 100_000_000,
      watchEveryMs,
    });
  }

  /** A PBX that takes re-INVITE, INFO, REFER and BYE in a dialog, unless the test takes that back. */
  static async registered(
    rules?: PhoneRules,
    { watchEveryMs = 100_000_000 } = {},
  ): Promise<WirePhone> {
    const wire = new WirePhone(await ScriptedPbx.start(), watchEveryMs);
    for (const method of ['INVITE', 'INFO', 'REFER', 'BYE']) wire.pbx.accepts.add(method);
    if (rules) wire.desk.phone.follow(rules);
    wire.desk.phone.start({
      uri: 'sip:2041@pbx.invalid',
      server: wire.pbx.url,
      user: '2041',
      password,
    });
    await wire.desk.registered();
    return wire;
  }

  async close(): Promise<void> {
    await this.whilePassing(this.desk.phone.stop());
    await this.pbx.close();
    expect(this.#logged.join('\n')).not.toContain(password);
  }

  /** Rings the desk. */
  async offered(
    id: string,
    options: Omit<ScriptedCallOptions, 'id'> = {},
  ): Promise<{ leg: string; call: ScriptedCall }> {
    const call = this.pbx.invite({ ...options, id });
    const { leg } = await this.desk.until(
      (event) => event.type === 'offered' && event.leg.callRef === id && event.leg,
    );
    await call.answered('180');
    return { leg, call };
  }

  async answered(
    id: string,
    options: Omit<ScriptedCallOptions, 'id'> = {},
  ): Promise<{ leg: string; call: ScriptedCall }> {
    const { leg, call } = await this.offered(id, options);
    expect(await this.desk.phone.answer(leg)).toEqual(done);
    await call.answered('200');
    call.ack();
    return { leg, call };
  }

  /** Two calls that are up, the first of them on hold. */
  async answeredTwo() {
    const first = await this.answered('first');
    const second = await this.answered('second');
    return { first, second };
  }

  state(leg: string): string {
    return this.desk.phone.legs().find((one) => one.leg === leg)?.state ?? 'ended';
  }

  end(leg: string) {
    return this.desk.until(
      (event) => (event.type === 'changed' && event.leg.leg === leg && event.leg.end) || undefined,
    );
  }

  /** Inputs of this command of the media page, in order. */
  told(command: string): unknown[] {
    return this.media.commands.filter((one) => one.command === command).map(({ input }) => input);
  }

  /** Name of the newest peer connection. */
  describedSession(): string {
    const last = this.media.commands.findLast(({ command }) => command === 'describe');
    if (!last || !('session' in Object(last.input))) throw new Error('nothing was described');
    return (last.input as { session: string }).session;
  }

  /** Lets time pass until this is done. */
  async whilePassing<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const over = work.finally(() => {
      isDone = true;
    });
    // Whoever waits for `work` hears of its failure; this one only waits for its end.
    over.catch(() => undefined);
    while (!isDone) await this.pass(100, 100);
    return over;
  }

  /**
   * Lets `ms` pass, step by step, and after each lets arrive what is on its way: the phone's clock stands still for the
   * wire, however slow this machine is. Nor does it go on while a socket is being opened.
   */
  async pass(ms: number, stepMs = 1_000): Promise<void> {
    for (let passed = 0; passed < ms; ) {
      if (this.desk.phone.status().state !== 'connecting' || this.pbx.isConnected) {
        this.clock.advance(stepMs);
        passed += stepMs;
      }
      await this.pbx.settled();
    }
  }
}
