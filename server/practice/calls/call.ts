import type { Clock } from '../clock.ts';
import type { Pacer } from '../media/pacer.ts';
import type { CallerIdentity } from '../sip/address.ts';
import { AgentLeg } from './agentLeg.ts';
import { type Hearer, passOn } from './bridge.ts';
import type { Endpoint } from './endpoint.ts';
import { Recording } from './recording.ts';

export type CallState = 'waiting' | 'ringing' | 'talking' | 'ended';

/**
 * One caller's journey through the PBX. Its reference stays the same through queue, transfers and take-overs.
 * `far` is the one the call is about (the caller, or whom a desk dialled), `near` is who talks with them.
 */
export class Call {
  readonly ref: string;
  readonly direction: 'inbound' | 'outbound';
  /** What a desk is shown of the one who calls. */
  readonly caller: CallerIdentity;
  /** The other party's number: the caller's, or the dialled one. */
  readonly number: string;
  readonly enteredAtMs: number;
  queueId: string | undefined;
  state: CallState = 'waiting';
  answeredAtMs: number | undefined;
  far: Endpoint | undefined;
  near: Endpoint | undefined;
  /** A desk that is being rung for this call. */
  ringing: AgentLeg | undefined;
  /** What a desk that dials outside shows as its number. */
  callerId: string | undefined;
  /** Extension that passed the call on. */
  transferredBy: string | undefined;
  readonly recording: Recording;
  #hearers: readonly Hearer[] = [];
  #pacer: Pacer;
  #stopBridge: (() => void) | undefined;

  constructor(options: {
    ref: string;
    direction: 'inbound' | 'outbound';
    caller: CallerIdentity;
    number: string;
    enteredAtMs: number;
    queueId: string | undefined;
    pacer: Pacer;
    clock: Clock;
  }) {
    this.ref = options.ref;
    this.direction = options.direction;
    this.caller = options.caller;
    this.number = options.number;
    this.enteredAtMs = options.enteredAtMs;
    this.queueId = options.queueId;
    this.#pacer = options.pacer;
    this.recording = new Recording(options.clock);
  }

  get ends(): Endpoint[] {
    return [this.far, this.near].filter((end) => end !== undefined);
  }

  /** The legs to desks, those being rung included. */
  get legs(): AgentLeg[] {
    return [...this.ends, this.ringing].filter((end) => end instanceof AgentLeg);
  }

  otherThan(end: Endpoint): Endpoint | undefined {
    return end === this.far ? this.near : this.far;
  }

  /** Puts another side in the place of one; with undefined the place stays empty and the audio stops. */
  replace(end: Endpoint, next: Endpoint | undefined): void {
    this.#unbridge();
    if (end === this.far) this.far = next;
    else if (end === this.near) this.near = next;
    this.bridge();
  }

  /** Audio flows both ways from now on, as soon as there are two sides. */
  bridge(): void {
    this.#unbridge();
    const { far, near } = this;
    if (!far || !near || this.state === 'ended') return;
    this.#stopBridge = this.#pacer.join(() => {
      this.recording.tick(passOn(far, near, this.#hearers));
    });
  }

  /** Lets somebody listen in from now on. */
  admit(hearer: Hearer): void {
    this.#hearers = [...this.#hearers, hearer];
  }

  dismiss(hearer: Hearer): void {
    this.#hearers = this.#hearers.filter((known) => known !== hearer);
  }

  end(): void {
    this.#unbridge();
    this.recording.end();
    this.state = 'ended';
  }

  #unbridge(): void {
    this.#stopBridge?.();
    this.#stopBridge = undefined;
  }
}
