import type { Invitation, Referral } from 'sip.js';
import { v7 as uuidv7 } from 'uuid';
import type { Clock } from '../clock.ts';
import type { CallEnd, PracticeEvents } from '../events.ts';
import type { PracticeLog } from '../log.ts';
import type { Pacer } from '../media/pacer.ts';
import type { VoiceLibrary } from '../media/voices.ts';
import type { Random } from '../random.ts';
import type { PracticeSettings } from '../settings.ts';
import type { CallerIdentity } from '../sip/address.ts';
import { headerText } from '../sip/address.ts';
import type { Connection } from '../sip/connection.ts';
import { AgentLeg, type LegListener, type LegOutcome } from './agentLeg.ts';
import type { Agent, Agents } from './agents.ts';
import { Call } from './call.ts';
import type { Endpoint } from './endpoint.ts';
import { Person } from './simulatedEnds.ts';

/** What every part of the practice PBX works with. */
export interface PracticeContext {
  settings: PracticeSettings;
  clock: Clock;
  random: Random;
  log: PracticeLog;
  events: PracticeEvents;
  pacer: Pacer;
  voices: VoiceLibrary;
}

/** How ringing a desk came out. */
export type RingResult =
  | { kind: 'answered'; leg: AgentLeg }
  | { kind: 'refused'; statusCode: number }
  | { kind: 'unanswered' }
  | { kind: 'cancelled' };

/** The calls that are going on, their sides, and what happens when one of these comes or goes. */
export class Exchange implements LegListener {
  readonly context: PracticeContext;
  readonly agents: Agents;
  #calls = new Map<string, Call>();
  #callOf = new Map<Endpoint, Call>();
  #outcomes = new Map<AgentLeg, (outcome: LegOutcome) => void>();
  #onRefer: (leg: AgentLeg, call: Call, referral: Referral) => void = () => undefined;
  #onEnded: (call: Call) => void = () => undefined;

  constructor(context: PracticeContext, agents: Agents) {
    this.context = context;
    this.agents = agents;
  }

  /** Parts that stand on top of the exchange are told of transfers wanted and of calls that are over. */
  listen(on: {
    refer: (leg: AgentLeg, call: Call, referral: Referral) => void;
    ended: (call: Call) => void;
  }): void {
    this.#onRefer = on.refer;
    this.#onEnded = on.ended;
  }

  get calls(): Call[] {
    return [...this.#calls.values()];
  }

  call(ref: string): Call | undefined {
    return this.#calls.get(ref);
  }

  callOf(end: Endpoint): Call | undefined {
    return this.#callOf.get(end);
  }

  /** The legs of a connection that are still alive. */
  legsOf(connection: Connection): AgentLeg[] {
    return this.agents.all.flatMap((agent) =>
      [...agent.legs].filter((leg) => leg.connection === connection),
    );
  }

  open(options: {
    direction: 'inbound' | 'outbound';
    caller: CallerIdentity;
    number: string;
    queueId?: string | undefined;
  }): Call {
    const call = new Call({
      ref: uuidv7(),
      direction: options.direction,
      caller: options.caller,
      number: options.number,
      queueId: options.queueId,
      enteredAtMs: this.context.clock.now(),
      pacer: this.context.pacer,
    });
    this.#calls.set(call.ref, call);
    return call;
  }

  /** A simulated person who takes leave by themselves. */
  person(options: { language: string; scenario: string | undefined; talkMs: number }): Person {
    const { voices, clock, settings } = this.context;
    const person: Person = new Person({
      voice: voices.voice(options.language, options.scenario),
      talkMs: options.talkMs,
      pauseMs: settings.timing.phrasePauseMs,
      clock,
      onLeave: () => this.left(person, 'caller'),
    });
    return person;
  }

  seat(call: Call, place: 'far' | 'near', end: Endpoint): void {
    call[place] = end;
    this.#callOf.set(end, call);
  }

  /** Takes one side out of its call without ending either. */
  unseat(end: Endpoint, next?: Endpoint): void {
    const call = this.#callOf.get(end);
    this.#callOf.delete(end);
    if (!call) return;
    if (next) this.#callOf.set(next, call);
    call.replace(end, next);
  }

  /** Both sides are there: they hear each other, and the person's talk time runs. */
  connect(call: Call): void {
    call.state = 'talking';
    call.answeredAtMs ??= this.context.clock.now();
    for (const end of call.ends) if (end instanceof Person) end.startTalking();
    call.bridge();
  }

  answered(call: Call, extension: string): void {
    const atMs = this.context.clock.now();
    const waitedMs = atMs - call.enteredAtMs;
    this.context.events.emit('callAnswered', { callRef: call.ref, atMs, extension, waitedMs });
  }

  /** One side of a call has left: the other one is let go too. */
  left(end: Endpoint, by: CallEnd): void {
    const call = this.#callOf.get(end);
    if (call) this.finish(call, by);
  }

  finish(call: Call, by: CallEnd): void {
    if (call.state === 'ended') return;
    call.end();
    this.#calls.delete(call.ref);
    for (const end of [...call.ends, ...call.legs]) {
      this.#callOf.delete(end);
      end.hangUp();
    }
    this.#onEnded(call);
    const atMs = this.context.clock.now();
    const talkMs = call.answeredAtMs === undefined ? 0 : atMs - call.answeredAtMs;
    const ended = { callRef: call.ref, atMs };
    if (by === 'abandoned') {
      this.context.events.emit('callAbandoned', { ...ended, waitedMs: atMs - call.enteredAtMs });
    }
    this.context.events.emit('callEnded', { ...ended, by, talkMs });
  }

  /** Rings a desk for a call; `done` is called exactly once. */
  ring(agent: Agent, call: Call, done: (result: RingResult) => void, headers: string[] = []): void {
    const { connection } = agent;
    if (!connection) {
      done({ kind: 'refused', statusCode: 480 });
      return;
    }
    const { events, clock, settings } = this.context;
    const { extension } = agent.account;
    const leg = AgentLeg.offer(
      this.#legOptions(extension, connection),
      call.caller,
      this.#callHeaders(call).concat(headers),
    );
    let timedOut = false;
    const cancelTimer = clock.after(settings.timing.ringTimeoutMs, () => {
      timedOut = true;
      leg.hangUp();
    });
    call.ringing = leg;
    this.#callOf.set(leg, call);
    this.#outcomes.set(leg, (outcome) => {
      cancelTimer();
      if (call.ringing === leg) call.ringing = undefined;
      if (outcome.kind !== 'answered') this.#callOf.delete(leg);
      if (outcome.kind === 'answered') done({ kind: 'answered', leg });
      else done(timedOut ? { kind: 'unanswered' } : outcome);
    });
    this.agents.legStarted(leg);
    const atMs = clock.now();
    const waitedMs = atMs - call.enteredAtMs;
    events.emit('callOffered', { callRef: call.ref, atMs, extension, waitedMs });
  }

  /** The leg of a call a desk makes; `done` is called exactly once. */
  dialled(
    agent: Agent,
    connection: Connection,
    invitation: Invitation,
    done: (outcome: LegOutcome) => void,
  ): AgentLeg {
    const leg = AgentLeg.dialled(this.#legOptions(agent.account.extension, connection), invitation);
    this.#outcomes.set(leg, done);
    this.agents.legStarted(leg);
    return leg;
  }

  legOutcome(leg: AgentLeg, outcome: LegOutcome): void {
    const done = this.#outcomes.get(leg);
    this.#outcomes.delete(leg);
    done?.(outcome);
  }

  legEnded(leg: AgentLeg, by: 'agent' | 'network'): void {
    this.left(leg, by);
  }

  legHeld(leg: AgentLeg, held: boolean): void {
    this.#emitOf(leg, (of) => this.context.events.emit(held ? 'callHeld' : 'callResumed', of));
  }

  legDigit(leg: AgentLeg, digit: string, via: 'rtp' | 'info'): void {
    this.#emitOf(leg, (of) => this.context.events.emit('callDigit', { ...of, digit, via }));
  }

  legHeard(leg: AgentLeg): void {
    this.#emitOf(leg, (of) => this.context.events.emit('callHeard', of));
  }

  legReferred(leg: AgentLeg, referral: Referral): void {
    const call = this.#callOf.get(leg);
    if (call) this.#onRefer(leg, call, referral);
    else referral.reject({ statusCode: 481 }).catch(() => undefined);
  }

  legGone(leg: AgentLeg): void {
    this.agents.legGone(leg);
  }

  #emitOf(
    leg: AgentLeg,
    emit: (of: { callRef: string; atMs: number; extension: string }) => void,
  ): void {
    const call = this.#callOf.get(leg);
    if (!call) return;
    emit({ callRef: call.ref, atMs: this.context.clock.now(), extension: leg.extension });
  }

  #callHeaders(call: Call): string[] {
    const queue = this.context.settings.queues.find((known) => known.id === call.queueId);
    const waitedMs = this.context.clock.now() - call.enteredAtMs;
    return [
      ...(queue ? [`X-Queue: ${queue.id}`, `X-Queue-Name: ${headerText(queue.name)}`] : []),
      `X-Call-Ref: ${call.ref}`,
      `X-Waited: ${waitedMs}`,
    ];
  }

  #legOptions(extension: string, connection: Connection) {
    const { settings, log } = this.context;
    return { extension, connection, listener: this, loopbackMedia: settings.loopbackMedia, log };
  }
}
