import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import type { BoardCall } from '#shared/sync/board.ts';

/** A call as the board shows it, and everybody at whom it rings or who is in it. */
export interface RunningCall {
  call: BoardCall;
  agentIds: ReadonlySet<string>;
}

interface Leg {
  agentId: string;
  queueId: string | null;
  dialledAt: number | null;
  answeredAt: number | null;
  held: boolean;
}

interface Offer {
  queueId: string | null;
  at: number;
}

interface Course {
  caller: string | null;
  /** The queue it waits in. */
  waits: { queueId: string; since: number } | null;
  offers: Map<string, Offer>;
  legs: Map<string, Leg>;
  /** When it entered the queue out of which it was answered last. */
  queuedAt: number | null;
}

/** Where a call is after all of its events, which are in their order; null: it is over. */
export function runningCallOf(events: readonly CallEvent[]): RunningCall | null {
  const course: Course = {
    ...{ caller: null, waits: null, queuedAt: null },
    offers: new Map(),
    legs: new Map(),
  };
  let callRef: string | null = null;
  for (const event of events) {
    if (event.name === 'agent.state') continue;
    callRef = event.callRef;
    take(event, course);
  }
  if (callRef === null) return null;
  const call = callOf(callRef, course);
  return call && { call, agentIds: new Set([...course.offers.keys(), ...course.legs.keys()]) };
}

type OfCall = Exclude<CallEvent, { name: 'agent.state' }>;

function take(event: OfCall, course: Course): void {
  const { offers, legs } = course;
  switch (event.name) {
    case 'queue.entered':
      course.caller ??= event.caller ?? null;
      if (course.waits?.queueId === event.queueId) return;
      course.waits = { queueId: event.queueId, since: event.at };
      return;
    case 'queue.left':
      if (course.waits?.queueId === event.queueId) course.waits = null;
      return;
    case 'agent.offered':
      offers.set(event.agentId, { queueId: event.queueId, at: event.at });
      return;
    case 'agent.notAnswered':
      offers.delete(event.agentId);
      return;
    case 'agent.dialled':
      course.caller ??= event.called ?? null;
      legs.set(event.agentId, { ...newLeg(event.agentId), dialledAt: event.at });
      return;
    case 'agent.answered':
      answer(event, course);
      return;
    case 'agent.held':
    case 'agent.resumed': {
      const leg = legs.get(event.agentId);
      if (leg) leg.held = event.name === 'agent.held';
      return;
    }
    case 'agent.left':
      legs.delete(event.agentId);
      offers.delete(event.agentId);
      return;
    default:
  }
}

function newLeg(agentId: string): Leg {
  return { agentId, queueId: null, dialledAt: null, answeredAt: null, held: false };
}

function answer(
  { agentId, queueId, at }: Extract<CallEvent, { name: 'agent.answered' }>,
  course: Course,
): void {
  const leg = course.legs.get(agentId) ?? newLeg(agentId);
  course.legs.set(agentId, { ...leg, queueId, answeredAt: leg.answeredAt ?? at });
  course.offers.delete(agentId);
  if (queueId === null || course.waits?.queueId !== queueId) return;
  course.queuedAt = course.waits.since;
  course.waits = null;
  // Whoever else it rang at hears it no more.
  for (const [other, offer] of course.offers) {
    if (offer.queueId === queueId) course.offers.delete(other);
  }
}

function callOf(
  callRef: string,
  { caller, waits, offers, legs, queuedAt }: Course,
): BoardCall | null {
  const common = { callRef, caller };
  const [ringsAt, offer] = [...offers].at(-1) ?? [null, null];
  if (waits) {
    return {
      ...{ ...common, queueId: waits.queueId, enteredAt: waits.since, direction: 'in' },
      ...{ state: offer ? 'ringing' : 'waiting', answeredAt: null, agentId: ringsAt },
    };
  }
  const leg = lastToAnswer(legs) ?? [...legs.values()].at(-1);
  if (leg) {
    const { agentId, queueId, dialledAt, answeredAt } = leg;
    return {
      ...{ ...common, queueId, agentId, answeredAt, direction: dialledAt === null ? 'in' : 'out' },
      state: answeredAt === null ? 'ringing' : leg.held ? 'held' : 'talking',
      enteredAt: dialledAt ?? (queueId === null ? null : queuedAt) ?? answeredAt ?? 0,
    };
  }
  if (!offer) return null;
  return {
    ...{ ...common, queueId: offer.queueId, enteredAt: offer.at, direction: 'in' },
    ...{ state: 'ringing', answeredAt: null, agentId: ringsAt },
  };
}

function lastToAnswer(legs: ReadonlyMap<string, Leg>): Leg | undefined {
  let last: Leg | undefined;
  for (const leg of legs.values()) {
    if (leg.answeredAt !== null && leg.answeredAt >= (last?.answeredAt ?? 0)) last = leg;
  }
  return last;
}
