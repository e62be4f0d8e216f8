import type { RingNoAnswer } from '#shared/domain/metrics/callHistory.ts';
import type { Handle } from '#shared/domain/metrics/handling.ts';
import type { QueueEntry } from '#shared/domain/metrics/queueEntry.ts';
import { type SupervisionRules, targetsOf } from '#shared/domain/settings/supervision.ts';
import type { BoardAgent, BoardChanges, BoardQueue, BoardSnapshot } from '#shared/sync/board.ts';
import type { AgentStory, CallStory } from '../callEvents/stories.ts';
import type { KnownUser } from '../store/users.ts';
import { type AgentTally, createAgentTally } from './agentTally.ts';
import { createQueueTally, type QueueTally } from './queueTally.ts';
import { type RunningCall, runningCallOf } from './runningCall.ts';

/** What the centre is made of. */
export interface Surroundings {
  queueIds: readonly string[];
  people: readonly KnownUser[];
  rules: SupervisionRules;
  /** Queues of an extension; null where no PBX tells them and the users' own count. */
  queuesOf: ((extension: string) => readonly string[]) | null;
}

export type BoardParts = Pick<BoardSnapshot, 'queues' | 'agents' | 'calls'>;
export type BoardDifference = Pick<
  BoardChanges,
  'queues' | 'agents' | 'calls' | 'goneQueues' | 'goneAgents' | 'goneCalls'
>;

/** The board of one day, in memory: what is told replaces what was known of the same call or agent. */
export interface BoardState {
  takeCalls(stories: readonly CallStory[]): void;
  takeAgents(stories: readonly AgentStory[]): void;
  surround(surroundings: Surroundings): void;
  /** What is different since the last time this was asked; null: nothing. `all` looks at everything, as time alone changes some. */
  difference(now: number, all?: boolean): BoardDifference | null;
  /** Everything as of the last difference. */
  whole(): BoardParts;
}

interface KnownCall {
  entries: readonly QueueEntry[];
  handles: readonly Handle[];
  ringNoAnswers: readonly RingNoAnswer[];
  running: RunningCall | null;
}

/** A call of which nothing more was heard for so long is over, whatever was not told, ms. */
const longestCallMs = 12 * 60 * 60_000;

export function createBoardState(dayFrom: number, surroundings: Surroundings): BoardState {
  let around = surroundings;
  let people = peopleOf(surroundings);
  const calls = new Map<string, KnownCall>();
  const queues = new Map<string, QueueTally>();
  const agents = new Map<string, AgentTally>();
  const callsOfAgent = new Map<string, Map<string, number>>();
  const dirty = { queues: new Set<string>(), agents: new Set<string>(), calls: new Set<string>() };
  const shown = {
    queues: createShown<BoardQueue>(),
    agents: createShown<BoardAgent>(),
    calls: createShown<RunningCall['call']>(),
  };
  markAll();

  const queue = (queueId: string) => made(queues, queueId, createQueueTally);
  const agent = (agentId: string) => made(agents, agentId, () => createAgentTally(dayFrom));

  function markAll(): void {
    for (const queueId of [...around.queueIds, ...queues.keys(), ...shown.queues.ids()]) {
      dirty.queues.add(queueId);
    }
    for (const agentId of [...people.keys(), ...shown.agents.ids()]) dirty.agents.add(agentId);
  }

  function forget({ entries, handles, ringNoAnswers, running }: KnownCall): void {
    for (const entry of entries) queues.get(entry.queueId)?.removeEntry(entry);
    for (const handle of handles) {
      if (handle.queueId !== null) queue(handle.queueId).removeHandle(handle);
      agent(handle.agentId).removeHandle(handle);
    }
    for (const one of ringNoAnswers) agent(one.agentId).removeMissed(one);
    for (const agentId of running?.agentIds ?? []) {
      callsOfAgent.get(agentId)?.delete(running?.call.callRef ?? '');
    }
  }

  function learn({ entries, handles, ringNoAnswers, running }: KnownCall): void {
    for (const entry of entries) {
      if (entry.enteredAt >= dayFrom) queue(entry.queueId).addEntry(entry);
    }
    for (const handle of handles) {
      if (handle.queueId !== null) queue(handle.queueId).addHandle(handle);
      agent(handle.agentId).addHandle(handle);
    }
    for (const one of ringNoAnswers) agent(one.agentId).addMissed(one);
    if (!running) return;
    const { callRef, answeredAt } = running.call;
    for (const agentId of running.agentIds) {
      const of = made(callsOfAgent, agentId, () => new Map<string, number>());
      of.set(callRef, answeredAt ?? Number.MAX_SAFE_INTEGER);
    }
  }

  function mark({ entries, handles, ringNoAnswers, running }: KnownCall): void {
    for (const { queueId } of entries) dirty.queues.add(queueId);
    for (const { queueId, agentId } of handles) {
      if (queueId !== null) dirty.queues.add(queueId);
      dirty.agents.add(agentId);
    }
    for (const { agentId } of ringNoAnswers) dirty.agents.add(agentId);
    for (const agentId of running?.agentIds ?? []) dirty.agents.add(agentId);
  }

  function boardQueue(queueId: string, now: number): BoardQueue | null {
    const tally = queues.get(queueId);
    if (!tally && !around.queueIds.includes(queueId)) return null;
    return {
      queueId,
      today: queue(queueId).counts(targetsFor(queueId)),
      handleMs: queue(queueId).handleMs(now),
    };
  }

  const targets = new Map<string, ReturnType<typeof targetsOf>>();
  /** The same object as long as the rules are the same. */
  const targetsFor = (queueId: string) =>
    made(targets, queueId, () => targetsOf(around.rules, queueId));

  function boardAgent(agentId: string, now: number): BoardAgent | null {
    const user = people.get(agentId);
    if (!user) return null;
    const { name, role, teamId, extension } = user;
    const tally = agent(agentId).now(now);
    if (role !== 'agent' && tally.state === 'signedOut') return null;
    const queueIds =
      around.queuesOf && extension !== null ? around.queuesOf(extension) : user.queueIds;
    return {
      ...{ agentId, name, role, teamId, extension, queueIds: [...queueIds].sort() },
      ...tally,
      callRef: longestOf(callsOfAgent.get(agentId)),
    };
  }

  function boardCall(callRef: string, now: number): RunningCall['call'] | null {
    const running = calls.get(callRef)?.running;
    if (!running) return null;
    const { call } = running;
    return now - (call.answeredAt ?? call.enteredAt) > longestCallMs ? null : call;
  }

  return {
    takeCalls(stories) {
      for (const { callRef, entries, handles, ringNoAnswers, events } of stories) {
        const former = calls.get(callRef);
        const running = runningCallOf(events);
        const known: KnownCall = { entries, handles, ringNoAnswers, running };
        if (former) {
          mark(former);
          forget(former);
        }
        dirty.calls.add(callRef);
        if (!isOf(dayFrom, known)) {
          calls.delete(callRef);
          continue;
        }
        calls.set(callRef, known);
        learn(known);
        mark(known);
      }
    },
    takeAgents(stories) {
      for (const { agentId, stretches } of stories) {
        agent(agentId).putStretches(stretches);
        dirty.agents.add(agentId);
      }
    },
    surround(next) {
      around = next;
      people = peopleOf(next);
      targets.clear();
      markAll();
    },
    difference(now, all = false) {
      if (all) {
        markAll();
        for (const callRef of shown.calls.ids()) dirty.calls.add(callRef);
      }
      const [queuesNow, goneQueues] = shown.queues.show(dirty.queues, (id) => boardQueue(id, now));
      const [agentsNow, goneAgents] = shown.agents.show(dirty.agents, (id) => boardAgent(id, now));
      const [callsNow, goneCalls] = shown.calls.show(dirty.calls, (id) => boardCall(id, now));
      const lists = [queuesNow, agentsNow, callsNow, goneQueues, goneAgents, goneCalls];
      if (lists.every((list) => list.length === 0)) return null;
      return {
        ...{ queues: queuesNow, agents: agentsNow, calls: callsNow },
        ...{ goneQueues, goneAgents, goneCalls },
      };
    },
    whole: () => ({
      queues: shown.queues.all(),
      agents: shown.agents.all(),
      calls: shown.calls.all(),
    }),
  };
}

/** Goes on, or has come to something since then; what was told late of other days is nothing for the board. */
function isOf(dayFrom: number, { entries, handles, ringNoAnswers, running }: KnownCall): boolean {
  return (
    running !== null ||
    entries.some(({ enteredAt }) => enteredAt >= dayFrom) ||
    handles.some(({ doneAt }) => doneAt !== null && doneAt >= dayFrom) ||
    ringNoAnswers.some(({ at }) => at >= dayFrom)
  );
}

function peopleOf({ people }: Surroundings): Map<string, KnownUser> {
  return new Map(people.filter(({ active }) => active).map((user) => [user.id, user]));
}

/** The one that was answered first; of those that only ring, the first. */
function longestOf(calls: ReadonlyMap<string, number> | undefined): string | null {
  let longest: string | null = null;
  let since = Number.POSITIVE_INFINITY;
  for (const [callRef, answeredAt] of calls ?? []) {
    if (answeredAt >= since) continue;
    longest = callRef;
    since = answeredAt;
  }
  return longest;
}

/** What was told of each item, so that only what is different is told again. */
function createShown<T>() {
  const items = new Map<string, { item: T; text: string }>();
  return {
    ids: () => items.keys(),
    all: () => [...items.values()].map(({ item }) => item),
    /** Looks at these anew and empties the set; answers those that are different, and the ids of those that are gone. */
    show(dirty: Set<string>, look: (id: string) => T | null): [T[], string[]] {
      const changed: T[] = [];
      const gone: string[] = [];
      for (const id of dirty) {
        const item = look(id);
        if (item === null) {
          if (items.delete(id)) gone.push(id);
          continue;
        }
        const text = JSON.stringify(item);
        if (items.get(id)?.text === text) continue;
        items.set(id, { item, text });
        changed.push(item);
      }
      dirty.clear();
      return [changed, gone];
    },
  };
}

function made<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = make();
  map.set(key, value);
  return value;
}
