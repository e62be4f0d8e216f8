import { v5 } from 'uuid';
import type { Call, WrapUp } from '#shared/domain/calls/call.ts';
import type { AgentStretch } from '#shared/domain/metrics/agentTime.ts';
import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import type { AgentInterval, Presence } from '#shared/domain/user.ts';

/** Namespace of the ids of events that follow from a desk's records; never change it, or they would count twice. */
const namespace = '2f6f1a0e-93a5-4f0c-9c1b-5e6f0c2d8a77';

const source = 'desk' as const;
const idOf = (name: string, of: string) => v5(`${name} ${of}`, namespace);

/**
 * What a desk's record of a call tells, as far as it has come. Of a call with a colleague that it was one: at its end,
 * since a customer may have been passed on in it. The time on hold is told at the end of the call: a desk keeps its sum
 * only.
 */
export function eventsOfCall(id: string, call: Call): CallEvent[] {
  if (call.kind === 'colleague') return ofColleagues(id, call);
  if (call.kind !== 'customer') return [];
  const { callRef, agentId, queueId, offeredAt, answeredAt, endedAt, numberRaw } = call;
  const of = (name: CallEvent['name'], at: number) => ({ id: idOf(name, id), at, source, callRef });
  const events: CallEvent[] = [];
  if (call.direction === 'out') {
    const called = numberRaw === '' ? {} : { called: numberRaw };
    events.push({
      ...{ name: 'agent.dialled', ...of('agent.dialled', offeredAt), agentId },
      ...called,
    });
  } else {
    if (queueId !== null) {
      const at = Math.max(0, offeredAt - (call.waitedMs ?? 0));
      const caller = numberRaw === '' ? {} : { caller: numberRaw };
      events.push({ name: 'queue.entered', ...of('queue.entered', at), queueId, ...caller });
    }
    events.push({ name: 'agent.offered', ...of('agent.offered', offeredAt), agentId, queueId });
  }
  if (answeredAt !== null) {
    const queue = call.direction === 'in' ? queueId : null;
    const answered = of('agent.answered', answeredAt);
    events.push({ name: 'agent.answered', ...answered, agentId, queueId: queue });
  }
  if (endedAt === null) return events;
  return [...events, ...endOf(id, call, endedAt)];
}

function ofColleagues(id: string, { callRef, agentId, endedAt }: Call): CallEvent[] {
  if (endedAt === null) return [];
  const name = 'agent.internal' as const;
  return [{ name, id: idOf(name, id), at: endedAt, source, callRef, agentId }];
}

function endOf(id: string, call: Call, endedAt: number): CallEvent[] {
  const { callRef, agentId, queueId, answeredAt, heldMs, direction, result } = call;
  const of = (name: CallEvent['name'], at = endedAt) => ({
    ...{ id: idOf(name, id), at, source, callRef },
  });
  if (answeredAt === null && direction === 'in') {
    const how = result === 'missed' ? 'noAnswer' : result === 'rejected' ? 'rejected' : 'withdrawn';
    const ends: CallEvent[] = [
      { name: 'agent.notAnswered', ...of('agent.notAnswered'), agentId, queueId, how },
    ];
    if (result === 'abandoned' && queueId !== null) {
      ends.push({ name: 'queue.left', ...of('queue.left'), queueId, how: 'abandoned' });
    }
    return ends;
  }
  const ends: CallEvent[] = [];
  if (answeredAt !== null && heldMs > 0) {
    const at = Math.max(answeredAt, endedAt - heldMs);
    ends.push({ name: 'agent.held', ...of('agent.held', at), agentId });
  }
  if (call.transferredTo !== null) {
    const to = call.transferredTo === '' ? {} : { to: call.transferredTo };
    ends.push({ name: 'agent.transferred', ...of('agent.transferred'), agentId, ...to });
  }
  ends.push({ name: 'agent.left', ...of('agent.left'), agentId, by: call.endedBy });
  // Nobody was reached: there is nothing to conclude.
  if (answeredAt === null) {
    ends.push({ name: 'agent.wrappedUp', ...of('agent.wrappedUp'), agentId });
  }
  return ends;
}

/** After-call work was over when the wrap-up was saved, or before that (shared/domain/metrics/release.ts). */
export function eventsOfWrapUp(
  id: string,
  { agentId, savedAt }: WrapUp,
  callRef: string,
): CallEvent[] {
  const name = 'agent.wrappedUp' as const;
  return [{ name, id: idOf('wrapUp', id), at: savedAt, source, callRef, agentId }];
}

function stateOf(
  agentId: string,
  { state, reason }: Pick<Presence, 'state' | 'reason'>,
  at: number,
): CallEvent {
  const id = idOf('state', `${agentId} ${at} ${state} ${reason ?? ''}`);
  return { name: 'agent.state', id, at, source, agentId, state, reason };
}

/** A state that is over; one that lasted no time was none. */
export function eventsOfInterval(interval: AgentInterval): CallEvent[] {
  if (interval.to <= interval.from) return [];
  return [stateOf(interval.userId, interval, interval.from)];
}

/**
 * The state that an agent is in, where it is another than the last that is known. A desk that shows what the PBX
 * holds of its agent, and no longer does, tells a state that began before: it is taken from when it was told.
 */
export function eventsOfPresence(
  presence: Presence,
  toldAt: number,
  last: Pick<AgentStretch, 'state' | 'reason' | 'from'> | null,
): CallEvent[] {
  const { userId, state, reason, since } = presence;
  if (last === null || last.from < since) return [stateOf(userId, presence, since)];
  if (last.state === state && last.reason === reason) return [];
  return [stateOf(userId, presence, Math.max(last.from + 1, toldAt))];
}
