import { v7 as uuidv7 } from 'uuid';
import type { AgentStateName } from '#shared/domain/agents/agentState.ts';
import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import type { BoardHouse } from './boardHouse.ts';

interface Call {
  callRef: string;
  queueId: string;
  agentId: string | null;
  step: 'waiting' | 'ringing' | 'talking' | 'wrapUp';
}

/** Of the steps that are taken, so many are a new caller: about as many calls come as end. */
const newcomers = 0.18;
const giveUp = 0.08;

/** What happens in a busy house, one event after the other; the same for the same seed. */
export interface BoardTraffic {
  /** Everybody ready, and half of them on a call. */
  opening(at: number): CallEvent[];
  /** At least so many events. */
  next(count: number, at: number): CallEvent[];
  /** Somebody whom no call reaches goes on break, or comes back. */
  toggle(at: number): { event: CallEvent; agentId: string; state: AgentStateName };
}

/** `apart`: how many of the agents take no calls. */
export function createTraffic(
  { agents }: BoardHouse,
  { apart, seed }: { apart: number; seed: number },
): BoardTraffic {
  const random = mulberry(seed);
  const workers = agents.slice(apart);
  const others = agents.slice(0, apart).map(({ id }) => ({ id, onBreak: false }));
  const ready = new Set(workers.map(({ id }) => id));
  const queuesOf = new Map(workers.map(({ id, queueIds }) => [id, queueIds]));
  let calls: Call[] = [];
  let toggled = 0;

  const pick = <T>(of: readonly T[]): T | undefined => of[Math.floor(random() * of.length)];
  const ofCall = ({ callRef }: Call, at: number) => ({
    ...{ id: uuidv7(), at, source: 'pbx' as const, callRef },
  });
  const stateOf = (agentId: string, state: AgentStateName, at: number): CallEvent => ({
    ...{ name: 'agent.state', id: uuidv7(), at, source: 'desk', agentId, state },
    reason: state === 'break' ? 'rest' : null,
  });

  function come(at: number): CallEvent[] {
    const agentId = pick([...ready]);
    const queueId = pick(queuesOf.get(agentId ?? '') ?? []);
    if (agentId === undefined || queueId === undefined) return [];
    const call: Call = { callRef: uuidv7(), queueId, agentId: null, step: 'waiting' };
    calls.push(call);
    const caller = `+86138${String(Math.floor(random() * 1e8)).padStart(8, '0')}`;
    return [{ name: 'queue.entered', ...ofCall(call, at), queueId, caller }];
  }

  function advance(call: Call, at: number): CallEvent[] {
    const { queueId, agentId } = call;
    if (call.step === 'waiting' || agentId === null) return offer(call, at);
    switch (call.step) {
      case 'ringing':
        call.step = 'talking';
        return [
          { name: 'agent.answered', ...ofCall(call, at), agentId, queueId },
          stateOf(agentId, 'onCall', at),
        ];
      case 'talking':
        call.step = 'wrapUp';
        return [
          { name: 'agent.left', ...ofCall(call, at), agentId, by: 'customer' },
          stateOf(agentId, 'wrapUp', at),
        ];
      default:
        calls = calls.filter((one) => one !== call);
        ready.add(agentId);
        return [
          { name: 'agent.wrappedUp', ...ofCall(call, at), agentId },
          stateOf(agentId, 'ready', at),
        ];
    }
  }

  function offer(call: Call, at: number): CallEvent[] {
    const { queueId } = call;
    if (random() < giveUp) {
      calls = calls.filter((one) => one !== call);
      return [{ name: 'queue.left', ...ofCall(call, at), queueId, how: 'abandoned' }];
    }
    const agentId = pick([...ready].filter((id) => queuesOf.get(id)?.includes(queueId)));
    if (agentId === undefined) return [];
    ready.delete(agentId);
    call.agentId = agentId;
    call.step = 'ringing';
    return [
      { name: 'agent.offered', ...ofCall(call, at), agentId, queueId },
      stateOf(agentId, 'ringing', at),
    ];
  }

  function next(count: number, at: number): CallEvent[] {
    const events: CallEvent[] = [];
    for (let tries = 0; events.length < count && tries < 100 * count; tries += 1) {
      const call = random() < newcomers ? undefined : pick(calls);
      events.push(...(call ? advance(call, at) : come(at)));
    }
    return events;
  }

  return {
    next,
    opening(at) {
      const events = agents.map(({ id }) => stateOf(id, 'ready', at - 3_600_000));
      for (let call = 0; call < workers.length / 2; call += 1) {
        const since = at - Math.floor(random() * 300_000);
        events.push(...come(since - 20_000));
        const [newest] = calls.slice(-1);
        if (!newest) continue;
        for (const step of [10_000, 5_000]) events.push(...advance(newest, since - step));
      }
      return events;
    },
    toggle(at) {
      const one = others[toggled % others.length];
      if (!one) throw new Error('nobody is left apart');
      toggled += 1;
      one.onBreak = !one.onBreak;
      const state = one.onBreak ? 'break' : 'ready';
      return { event: stateOf(one.id, state, at), agentId: one.id, state };
    },
  };
}

/** Mulberry32: 0 ≤ x < 1. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
