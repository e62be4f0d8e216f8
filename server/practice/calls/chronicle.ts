import { v7 as uuidv7 } from 'uuid';
import type { CallEnder } from '#shared/domain/calls/call.ts';
import type { Clock } from '../clock.ts';
import type { CallEnd, PracticeEvents } from '../events.ts';
import type { AgentLeg } from './agentLeg.ts';
import type { Call } from './call.ts';
import type { RingResult } from './deskLegs.ts';

/** A desk's part of a call: from the ring or the dial to its end, also where its leg was replaced (RFC 3891). */
export interface PartSnapshot {
  part: string;
  callRef: string;
  extension: string;
  began: 'rung' | 'dialled';
  /** The number that was dialled; empty where it was rung. */
  number: string;
  /** The queue that rang it. */
  queue: string | null;
  startedAtMs: number;
  answered: boolean;
}

/** A caller in a queue. */
export interface EntrySnapshot {
  entry: string;
  callRef: string;
  queue: string;
  number: string;
  enteredAtMs: number;
}

/** Why a part was not answered. `withdrawn`: the caller gave up, or it was called off. */
export type NotAnswered = 'noAnswer' | 'rejected' | 'withdrawn';

/** Answers of a desk that say that somebody does not want the call. */
const refusals = new Set([486, 600, 603]);

/** Tells what becomes of callers in queues and of desks in calls, each under a name of its own. */
export class Chronicle {
  #events: PracticeEvents;
  #clock: Clock;
  #parts = new Map<AgentLeg, PartSnapshot>();
  #entries = new Map<Call, EntrySnapshot>();

  constructor({ events, clock }: { events: PracticeEvents; clock: Clock }) {
    this.#events = events;
    this.#clock = clock;
  }

  get parts(): PartSnapshot[] {
    return [...this.#parts.values()];
  }

  get entries(): EntrySnapshot[] {
    return [...this.#entries.values()];
  }

  entered(call: Call, queue: string): void {
    const enteredAtMs = this.#clock.now();
    const number = call.direction === 'inbound' ? call.number : call.caller.number;
    const entry = { entry: uuidv7(), callRef: call.ref, queue, number, enteredAtMs };
    this.#entries.set(call, entry);
    this.#events.emit('queueEntered', { ...entry, atMs: enteredAtMs });
  }

  /** The caller was taken by a desk: the answer says so. */
  taken(call: Call): void {
    this.#entries.delete(call);
  }

  /** A call that is over waits no longer. */
  ended(call: Call, by: CallEnd): void {
    const entry = this.#entries.get(call);
    if (!entry) return;
    this.#entries.delete(call);
    const { callRef, queue } = entry;
    const gaveUp = by === 'abandoned' || by === 'caller' || by === 'agent';
    const how = gaveUp ? 'abandoned' : 'overflowed';
    this.#events.emit('queueLeft', { callRef, queue, how, atMs: this.#clock.now() });
  }

  offered(leg: AgentLeg, call: Call, queue: string | null): void {
    this.#begin(leg, call, { began: 'rung', number: '', queue });
    this.#tell(leg, { what: 'offered' });
  }

  /** How ringing came out; an answer counts once both sides talk. */
  rung(leg: AgentLeg, result: RingResult): void {
    if (result.kind === 'answered') return;
    this.#tell(leg, { what: 'notAnswered', how: howOf(result) });
    this.#parts.delete(leg);
  }

  /** The desk knows its own call by the SIP Call-ID. */
  dialled(leg: AgentLeg, call: Call): void {
    this.#begin(leg, call, { began: 'dialled', number: call.number, queue: null });
    this.#tell(leg, { what: 'dialled', deskRef: leg.callId });
  }

  answered(leg: AgentLeg): void {
    const part = this.#parts.get(leg);
    if (!part || part.answered) return;
    part.answered = true;
    this.#tell(leg, { what: 'answered' });
  }

  held(leg: AgentLeg, isHeld: boolean): void {
    this.#tell(leg, { what: isHeld ? 'held' : 'resumed' });
  }

  /** The desk passed its call on, and is out of it. */
  transferred(leg: AgentLeg, to: string): void {
    this.#tell(leg, { what: 'transferred', to });
    this.left(leg, 'agent');
  }

  /** This desk belongs to another call now, of which it was told. */
  merged(leg: AgentLeg, into: Call): void {
    this.#tell(leg, { what: 'alias', deskRef: into.ref });
  }

  /** The same desk goes on with another leg. */
  replaced(leg: AgentLeg, next: AgentLeg): void {
    const part = this.#parts.get(leg);
    if (!part || this.#parts.has(next) || leg.extension !== next.extension) return;
    this.#parts.delete(leg);
    this.#parts.set(next, part);
  }

  left(leg: AgentLeg, by: CallEnder): void {
    if (!this.#parts.has(leg)) return;
    this.#tell(leg, { what: 'left', by });
    this.#parts.delete(leg);
  }

  /** Nothing of the leg is left: what nobody told of it, as of one that was answered when the caller had gone. */
  gone(leg: AgentLeg): void {
    const part = this.#parts.get(leg);
    if (part?.answered || part?.began === 'dialled') this.left(leg, 'system');
    else this.rung(leg, { kind: 'cancelled' });
  }

  #begin(leg: AgentLeg, call: Call, of: Pick<PartSnapshot, 'began' | 'number' | 'queue'>): void {
    const { extension } = leg;
    const startedAtMs = this.#clock.now();
    const begun = { part: uuidv7(), callRef: call.ref, extension, startedAtMs, answered: false };
    this.#parts.set(leg, { ...begun, ...of });
  }

  #tell(leg: AgentLeg, step: PartStep): void {
    const known = this.#parts.get(leg);
    if (!known) return;
    const { part, callRef, extension, number, queue } = known;
    const atMs = this.#clock.now();
    this.#events.emit('partChanged', { part, callRef, extension, number, queue, atMs, ...step });
  }
}

/** What became of a part. */
export type PartStep =
  | { what: 'offered' | 'answered' | 'held' | 'resumed' }
  | { what: 'dialled' | 'alias'; deskRef: string }
  | { what: 'notAnswered'; how: NotAnswered }
  | { what: 'transferred'; to: string }
  | { what: 'left'; by: CallEnder };

function howOf(result: Exclude<RingResult, { kind: 'answered' }>): NotAnswered {
  if (result.kind === 'cancelled') return 'withdrawn';
  const isRefusal = result.kind === 'refused' && refusals.has(result.statusCode);
  return isRefusal ? 'rejected' : 'noAnswer';
}
