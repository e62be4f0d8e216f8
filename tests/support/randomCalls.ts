import { v5 } from 'uuid';
import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';

const namespace = '5b0a7a3e-9a43-4f43-8a0c-3b2f1a9d8c10';

/** The same numbers for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const queues = ['support', 'sales', 'complaints'];
export const agentIds = Array.from({ length: 5 }, (_, n) => v5(`agent ${n}`, namespace));
const dayMs = 86_400_000;

type Told<E = CallEvent> = E extends CallEvent ? Omit<E, 'id' | 'source' | 'callRef'> : never;

/** Everything that can happen to a call of a centre, in all its oddities; times to the ms. */
export function randomCall(random: () => number, callRef: string, from: number): CallEvent[] {
  const pick = <Item>(items: readonly [Item, ...Item[]] | readonly Item[]): Item => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  const upTo = (ms: number) => Math.floor(random() * ms);
  const happens = (share: number) => random() < share;
  const told: Told[] = [];
  // Some begin so late that they go over midnight.
  let at = from + (happens(0.1) ? dayMs - upTo(900_000) : upTo(dayMs));
  let agentId = pick(agentIds);
  let queueId = pick(queues);

  function work(queue: string | null): 'over' | 'passedOn' | 'open' {
    told.push({ name: 'agent.answered', at, agentId, queueId: queue });
    const holds = Math.floor(random() * 3);
    for (let n = 0; n < holds; n += 1) {
      at += 1 + upTo(120_000);
      told.push({ name: 'agent.held', at, agentId });
      if (n === holds - 1 && happens(0.2)) break;
      at += 1 + upTo(60_000);
      told.push({ name: 'agent.resumed', at, agentId });
    }
    if (happens(0.03)) return 'open';
    at += 1 + upTo(400_000);
    const passedOn = happens(0.15);
    if (passedOn) told.push({ name: 'agent.transferred', at, agentId, to: 'elsewhere' });
    told.push({ name: 'agent.left', at, agentId, by: pick(['agent', 'customer', 'system', null]) });
    if (!happens(0.07)) {
      told.push({ name: 'agent.wrappedUp', at: at + 1 + upTo(180_000), agentId });
    }
    return passedOn ? 'passedOn' : 'over';
  }

  function stay(): boolean {
    told.push({ name: 'queue.entered', at, queueId });
    // The PBX says it once more.
    if (happens(0.05)) told.push({ name: 'queue.entered', at: at + 1, queueId });
    for (let n = Math.floor(random() * 3); n > 0; n -= 1) {
      const who = { agentId: pick(agentIds), queueId };
      at += 2 + upTo(8_000);
      told.push({ name: 'agent.offered', at, ...who });
      at += 1 + upTo(20_000);
      const how = pick(['noAnswer', 'rejected', 'withdrawn'] as const);
      told.push({ name: 'agent.notAnswered', at, ...who, how });
    }
    at += 2 + (happens(0.3) ? upTo(6_000) : upTo(90_000));
    const end = random();
    if (end < 0.65) {
      told.push({ name: 'agent.offered', at: at - 1, agentId, queueId });
      return true;
    }
    if (end < 0.97) {
      const how = pick(['abandoned', 'abandoned', 'callBack', 'overflowed', 'unseen'] as const);
      told.push({ name: 'queue.left', at, queueId, how });
      if (how === 'overflowed') return next();
    }
    return false;
  }

  function next(): boolean {
    queueId = pick(queues.filter((one) => one !== queueId));
    agentId = pick(agentIds.filter((one) => one !== agentId));
    return stay();
  }

  if (happens(0.2)) {
    told.push({ name: 'agent.dialled', at, agentId, called: '10010' });
    at += 1 + upTo(30_000);
    if (happens(0.6)) work(null);
    else {
      told.push({ name: 'agent.left', at, agentId, by: 'system' });
      told.push({ name: 'agent.wrappedUp', at, agentId });
    }
  } else {
    let answered = stay();
    while (answered && work(queueId) === 'passedOn') answered = next();
  }
  return told.map((event, n) => {
    const common = { id: v5(`${callRef} ${n}`, namespace), source: 'pbx' as const, callRef };
    return { ...event, ...common } as CallEvent;
  });
}

/** An agent's day: states that follow one another, told as a desk tells them. */
export function randomStates(random: () => number, agentId: string, from: number): CallEvent[] {
  const states = ['break', 'ready', 'ringing', 'onCall', 'wrapUp'] as const;
  const events: CallEvent[] = [];
  let at = from + Math.floor(random() * 12 * 3_600_000);
  const tell = (state: CallEvent & { name: 'agent.state' }) => events.push(state);
  const common = () => ({
    ...{ id: v5(`${agentId} ${at} ${from}`, namespace), at, source: 'desk' as const, agentId },
    name: 'agent.state' as const,
  });
  for (let n = 3 + Math.floor(random() * 12); n > 0; n -= 1) {
    const state = states[Math.floor(random() * states.length)] ?? 'ready';
    tell({ ...common(), state, reason: state === 'break' ? 'lunch' : null });
    at += 1 + Math.floor(random() * 3_600_000);
  }
  tell({ ...common(), state: 'signedOut', reason: null });
  return events;
}

/** The events in an order of their own. */
export function shuffled<Item>(random: () => number, items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
