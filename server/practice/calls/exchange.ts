import type { Invitation, Referral } from 'sip.js';
import { v7 as uuidv7 } from 'uuid';
import type { CallEnder } from '#shared/domain/calls/call.ts';
import type { PracticeContext } from '../context.ts';
import type { CallEnd } from '../events.ts';
import type { CallerIdentity } from '../sip/address.ts';
import type { Connection } from '../sip/connection.ts';
import { AgentLeg, type LegListener, type LegOutcome } from './agentLeg.ts';
import type { Agent, Agents } from './agents.ts';
import { Call } from './call.ts';
import { Chronicle } from './chronicle.ts';
import { DeskLegs, type Offered, type RingResult } from './deskLegs.ts';
import type { Endpoint } from './endpoint.ts';
import { offerHeaders } from './offerHeaders.ts';
import { Recordings } from './recordings.ts';
import { Person } from './simulatedEnds.ts';

/** What parts that stand on top of the exchange are told. */
export interface ExchangeListener {
  refer(leg: AgentLeg, call: Call, referral: Referral): void;
  ended(call: Call): void;
  /** A side was taken out of its call, or `next` put into its place. */
  unseated(call: Call, end: Endpoint, next: Endpoint | undefined): void;
  /** A desk hung up; true where the call goes on without it. */
  leaving(call: Call, leg: AgentLeg): boolean;
  /** A desk hung up an answered leg that may belong to no call. */
  legEnded(leg: AgentLeg): void;
}

export interface RingOptions {
  headers?: readonly string[];
  /** The queue for which it is rung. */
  queueId?: string;
  /** Whom the desk shall see as the caller, if not the call's. */
  caller?: CallerIdentity;
  /** The desk rings (180). */
  onRinging?: () => void;
}

/** The calls that are going on, their sides, and what happens when one of these comes or goes. */
export class Exchange implements LegListener {
  readonly context: PracticeContext;
  readonly agents: Agents;
  readonly chronicle: Chronicle;
  readonly recordings: Recordings;
  #calls = new Map<string, Call>();
  #callOf = new Map<Endpoint, Call>();
  #desks: DeskLegs;
  #listeners: ExchangeListener[] = [];

  constructor(context: PracticeContext, agents: Agents) {
    this.context = context;
    this.agents = agents;
    this.chronicle = new Chronicle(context);
    this.recordings = new Recordings(context);
    this.#desks = new DeskLegs(context, agents, this);
  }

  listen(listener: Partial<ExchangeListener>): void {
    this.#listeners.push({
      refer: () => undefined,
      ended: () => undefined,
      unseated: () => undefined,
      leaving: () => false,
      legEnded: () => undefined,
      ...listener,
    });
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
      clock: this.context.clock,
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
    if (end instanceof AgentLeg && next instanceof AgentLeg) this.chronicle.replaced(end, next);
    call.replace(end, next);
    for (const listener of this.#listeners) listener.unseated(call, end, next);
  }

  /** Both sides are there: they hear each other, and the person's talk time runs. */
  connect(call: Call): void {
    call.state = 'talking';
    call.answeredAtMs ??= this.context.clock.now();
    for (const end of call.ends) {
      if (end instanceof Person) end.startTalking();
      if (end instanceof AgentLeg) this.chronicle.answered(end);
    }
    call.bridge();
    this.recordings.start(call);
  }

  answered(call: Call, extension: string): void {
    const atMs = this.context.clock.now();
    const waitedMs = atMs - call.enteredAtMs;
    this.context.events.emit('callAnswered', { callRef: call.ref, atMs, extension, waitedMs });
  }

  /** One side of a call has left: the other one is let go too. */
  left(end: Endpoint, by: CallEnd): void {
    const call = this.#callOf.get(end);
    if (call) this.finish(call, by, end);
  }

  /** `hungUp`: the side that left. */
  finish(call: Call, by: CallEnd, hungUp?: Endpoint): void {
    if (call.state === 'ended') return;
    call.end();
    this.#calls.delete(call.ref);
    this.chronicle.ended(call, by);
    for (const end of call.ends) {
      if (end instanceof AgentLeg) this.chronicle.left(end, enderOf(by, end === hungUp));
    }
    for (const end of [...call.ends, ...call.legs]) {
      this.#callOf.delete(end);
      end.hangUp();
    }
    for (const listener of this.#listeners) listener.ended(call);
    const atMs = this.context.clock.now();
    const talkMs = call.answeredAtMs === undefined ? 0 : atMs - call.answeredAtMs;
    const ended = { callRef: call.ref, atMs };
    if (by === 'abandoned') {
      this.context.events.emit('callAbandoned', { ...ended, waitedMs: atMs - call.enteredAtMs });
    }
    this.context.events.emit('callEnded', { ...ended, by, talkMs });
  }

  /** Forgets a call as a PBX does that lost its memory; the simulated side hangs up. */
  lose(call: Call, answers: boolean): void {
    if (call.state === 'ended') return;
    for (const leg of call.legs) {
      this.#callOf.delete(leg);
      leg.forget(answers);
    }
    this.context.events.emit('callLost', { callRef: call.ref, atMs: this.context.clock.now() });
    this.finish(call, 'pbx');
  }

  /** Rings a desk for a call; `done` is called exactly once. */
  ring(
    agent: Agent,
    call: Call,
    done: (result: RingResult) => void,
    options: RingOptions = {},
  ): void {
    const { connection } = agent;
    if (!connection) {
      done({ kind: 'refused', statusCode: 480 });
      return;
    }
    const { events, clock } = this.context;
    const { extension } = agent.account;
    const leg = this.offer(
      agent,
      {
        connection,
        caller: options.caller ?? call.caller,
        headers: [...offerHeaders(call, this.context), ...(options.headers ?? [])],
        ...(options.onRinging ? { onRinging: options.onRinging } : {}),
      },
      (result) => {
        if (call.ringing === leg) call.ringing = undefined;
        this.chronicle.rung(leg, result);
        if (result.kind !== 'answered') this.#callOf.delete(leg);
        done(result);
      },
    );
    call.ringing = leg;
    this.#callOf.set(leg, call);
    this.chronicle.offered(leg, call, options.queueId ?? null);
    const atMs = clock.now();
    const waitedMs = atMs - call.enteredAtMs;
    events.emit('callOffered', { callRef: call.ref, atMs, extension, waitedMs });
  }

  /** Rings a desk, for a call or to let it listen in. */
  offer(agent: Agent, offered: Offered, done: (result: RingResult) => void): AgentLeg {
    return this.#desks.offer(agent, offered, done);
  }

  /** The leg of a call a desk makes; `done` is called exactly once. */
  dialled(
    agent: Agent,
    connection: Connection,
    invitation: Invitation,
    done: (outcome: LegOutcome) => void,
  ): AgentLeg {
    return this.#desks.dialled(agent, connection, invitation, done);
  }

  legOutcome(leg: AgentLeg, outcome: LegOutcome): void {
    this.#desks.outcome(leg, outcome);
  }

  legEnded(leg: AgentLeg, by: 'agent' | 'network'): void {
    const call = this.#callOf.get(leg);
    if (call && this.#listeners.some((listener) => listener.leaving(call, leg))) return;
    this.left(leg, by);
    for (const listener of this.#listeners) listener.legEnded(leg);
  }

  legHeld(leg: AgentLeg, held: boolean): void {
    this.chronicle.held(leg, held);
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
    if (call) for (const listener of this.#listeners) listener.refer(leg, call, referral);
    else referral.reject({ statusCode: 481 }).catch(() => undefined);
  }

  legGone(leg: AgentLeg): void {
    // Whoever ended it says so in this turn.
    queueMicrotask(() => this.chronicle.gone(leg));
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
}

/** Who hung up, as one desk of the call sees it. */
function enderOf(by: CallEnd, isOwn: boolean): CallEnder {
  if (by === 'merged' || (by === 'agent' && isOwn)) return 'agent';
  return by === 'caller' || by === 'abandoned' || by === 'agent' ? 'customer' : 'system';
}
