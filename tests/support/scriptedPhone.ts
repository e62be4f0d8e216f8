import type {
  DialOptions,
  Phone,
  PhoneEvent,
  PhoneLeg,
  PhoneRules,
} from '#electron/phone/phone.ts';
import type { ErrorCode } from '#shared/contract/errors.ts';
import type { PhoneStatus } from '#shared/contract/models/desk.ts';
import { fail, ok, type Result } from '#shared/result.ts';

type LegEnd = NonNullable<PhoneLeg['end']>;

/** A phone without a line, whose far sides a test plays. Like the real one it has one active call at a time. */
export class ScriptedPhone implements Phone {
  /** What it was asked to do, such as `dial 2042` or `hold leg-1 true`. */
  readonly asked: string[] = [];
  readonly dialled: DialOptions[] = [];
  /** The next request that begins so fails with the code. */
  readonly refusals = new Map<string, ErrorCode>();
  rules: PhoneRules | null = null;
  /** What it does while it dials, before the desk has its answer. */
  whileDialling: (leg: PhoneLeg) => void = () => {};
  #legs = new Map<string, PhoneLeg>();
  #listeners = new Set<(event: PhoneEvent) => void>();
  #count = 0;

  /** A call comes in. */
  offer(more: Partial<PhoneLeg> = {}): PhoneLeg {
    const leg = this.#add({ direction: 'in', state: 'ringing', ...more });
    this.#tell({ type: 'offered', leg, wireAt: 0 });
    return leg;
  }

  /** The far side answers, or anything else of the leg changes. */
  tell(leg: PhoneLeg | string, change: Partial<PhoneLeg>): void {
    const id = typeof leg === 'string' ? leg : leg.leg;
    const known = this.#legs.get(id);
    if (!known) throw new Error(`no leg ${id}`);
    const next = { ...known, ...change };
    if (next.state === 'ended') this.#legs.delete(id);
    else this.#legs.set(id, next);
    this.#tell({ type: 'changed', leg: next });
  }

  end(leg: PhoneLeg | string, end: Partial<LegEnd> = {}): void {
    const usual = { by: 'customer', how: 'completed', failure: null, report: null } as const;
    this.tell(leg, { state: 'ended', media: 'none', end: { ...usual, ...end } });
  }

  /** The newest leg. */
  get last(): PhoneLeg {
    const leg = [...this.#legs.values()].at(-1);
    if (!leg) throw new Error('no leg');
    return leg;
  }

  legs = () => [...this.#legs.values()];
  start(): void {}
  async stop(): Promise<void> {}
  retry(): void {}
  suspend(): void {}
  resume(): void {}

  status(): PhoneStatus {
    return {
      state: 'registered',
      failure: null,
      nextTryAt: null,
      microphone: 'ok',
      microphoneLabel: null,
    };
  }

  listen(listener: (event: PhoneEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  follow(rules: PhoneRules): void {
    this.rules = rules;
  }

  async answer(leg: string): Promise<Result<null>> {
    return this.#do(`answer ${leg}`, () => {
      this.#holdOthers(leg);
      this.tell(leg, { state: 'talking', media: 'connected' });
    });
  }

  async reject(leg: string, how: 'busy' | 'decline'): Promise<Result<null>> {
    return this.#do(`reject ${leg} ${how}`, () => this.end(leg, { by: 'agent', how: 'rejected' }));
  }

  async hangUp(leg: string): Promise<Result<null>> {
    return this.#do(`hangUp ${leg}`, () => this.end(leg, { by: 'agent' }));
  }

  async mute(leg: string, on: boolean): Promise<Result<null>> {
    return this.#do(`mute ${leg} ${on}`, () => this.tell(leg, { muted: on }));
  }

  async hold(leg: string, on: boolean): Promise<Result<null>> {
    return this.#do(`hold ${leg} ${on}`, () => {
      if (!on) this.#holdOthers(leg);
      this.tell(leg, { state: on ? 'held' : 'talking' });
    });
  }

  async sendDigits(leg: string, digits: string): Promise<Result<null>> {
    return this.#do(`digits ${leg} ${digits}`, () => {});
  }

  async dial(target: string, options: DialOptions = {}): Promise<Result<PhoneLeg>> {
    const asked = this.#do(`dial ${target}`, () => this.#holdOthers(''));
    if (!asked.ok) return asked;
    this.dialled.push(options);
    const leg = this.#add({ direction: 'out', state: 'dialling', number: target });
    this.whileDialling(leg);
    return ok(leg);
  }

  async transfer(leg: string, target: string): Promise<Result<null>> {
    return this.#do(`transfer ${leg} ${target}`, () =>
      this.end(leg, { by: 'agent', how: 'transferred' }),
    );
  }

  async join(leg: string, other: string): Promise<Result<null>> {
    return this.#do(`join ${leg} ${other}`, () => {
      for (const one of [leg, other]) this.end(one, { by: 'agent', how: 'transferred' });
    });
  }

  async confer(legs: string[]): Promise<Result<null>> {
    return this.#do(`confer ${legs.join(' ')}`, () => {
      for (const leg of legs) this.tell(leg, { state: 'talking', conference: legs.length > 1 });
    });
  }

  async setAvailability(
    wish: { ready: true } | { ready: false; reason: string },
  ): Promise<Result<null>> {
    return this.#do(wish.ready ? 'ready' : `paused ${wish.reason}`, () => {});
  }

  #do(asked: string, act: () => void): Result<null> {
    this.asked.push(asked);
    for (const [beginning, code] of this.refusals) {
      if (!asked.startsWith(beginning)) continue;
      this.refusals.delete(beginning);
      return fail(code, 'scripted');
    }
    act();
    return ok(null);
  }

  #holdOthers(but: string): void {
    for (const { leg, state } of this.legs()) {
      if (leg !== but && state === 'talking') this.tell(leg, { state: 'held' });
    }
  }

  #add(more: Partial<PhoneLeg>): PhoneLeg {
    this.#count += 1;
    const leg: PhoneLeg = {
      leg: `leg-${this.#count}`,
      direction: 'in',
      state: 'ringing',
      number: '13800138000',
      name: null,
      callRef: `ref-${this.#count}`,
      queueId: more.direction === 'out' ? null : 'support',
      waitedMs: null,
      muted: false,
      media: 'none',
      conference: false,
      transferring: false,
      transferredBy: null,
      autoAnswer: false,
      listening: null,
      quality: null,
      end: null,
      ...more,
    };
    this.#legs.set(leg.leg, leg);
    return leg;
  }

  #tell(event: PhoneEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}
