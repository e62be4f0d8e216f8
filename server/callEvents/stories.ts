import type { AgentStretch } from '#shared/domain/metrics/agentTime.ts';
import type { CallEvent, EventSource } from '#shared/domain/metrics/callEvents.ts';
import { inOrder, type RingNoAnswer } from '#shared/domain/metrics/callHistory.ts';
import { countedEvents, sourceOf } from '#shared/domain/metrics/counted.ts';
import type { Handle } from '#shared/domain/metrics/handling.ts';
import type { QueueEntry } from '#shared/domain/metrics/queueEntry.ts';
import {
  type CallsEvent,
  knownRefs,
  lastSeq,
  readEventsAfter,
  readEventsOfCalls,
} from '../store/calls/callEvents.ts';
import {
  type CallRows,
  readAllStretchesSince,
  readCallRows,
  readCallRowsSince,
  readStretchesFrom,
  stretchesBefore,
} from '../store/calls/callStories.ts';
import type { Db } from '../store/store.ts';

/** All there is of a call: it takes the place of what was held of it. */
export interface CallStory {
  callRef: string;
  source: EventSource;
  /** Those that count, in order; none of calls that were over when they were read. */
  events: CallsEvent[];
  entries: QueueEntry[];
  handles: Handle[];
  ringNoAnswers: RingNoAnswer[];
}

/** States of an agent in order: they take the place of all that begin with the first of them or later. */
export interface AgentStory {
  agentId: string;
  stretches: AgentStretch[];
}

export interface CallNews {
  /** Of the last event that is in it. */
  seq: number;
  /** The new ones in the order in which they were taken. */
  events: CallEvent[];
  calls: CallStory[];
  agents: AgentStory[];
}

/** What the events behind `seq` have changed, and these calls besides. */
export async function newsAfter(
  db: Db,
  seq: number,
  { limit, also }: { limit: number; also: readonly string[] },
): Promise<CallNews> {
  const { events, last } = await readEventsAfter(db, seq, limit);
  const refs = new Set(also);
  const since = new Map<string, number>();
  for (const event of events) {
    if (event.name !== 'agent.state') refs.add(event.callRef);
    else since.set(event.agentId, Math.min(event.at, since.get(event.agentId) ?? event.at));
  }
  return {
    seq: last,
    events,
    calls: refs.size > 0 ? await storiesOf(db, [...refs]) : [],
    agents:
      since.size > 0 ? agentsOf(await readStretchesFrom(db, await stretchesBefore(db, since))) : [],
  };
}

/** Everything that was entered, rung, answered or done since `from`, or goes on; every agent's newest state. */
export async function newsSince(db: Db, from: number): Promise<CallNews> {
  const seq = await lastSeq(db);
  const rows = await readCallRowsSince(db, from);
  const stories = storiesFrom(rows);
  const open = [...stories.values()].filter(isOpen).map(({ callRef }) => callRef);
  for (const story of await storiesOf(db, open)) stories.set(story.callRef, story);
  const agents = agentsOf(await readAllStretchesSince(db, from));
  return { seq, events: [], calls: [...stories.values()], agents };
}

async function storiesOf(db: Db, refs: readonly string[]): Promise<CallStory[]> {
  if (refs.length === 0) return [];
  const all = [...new Set([...refs, ...(await knownRefs(db, refs))])];
  const told = await readEventsOfCalls(db, await knownRefs(db, refs));
  const stories = storiesFrom(await readCallRows(db, all));
  return all.map((callRef) => {
    const counted = inOrder(countedEvents(told.get(callRef) ?? []));
    return {
      ...(stories.get(callRef) ?? emptyStory(callRef)),
      source: sourceOf(counted),
      events: counted,
    };
  });
}

function storiesFrom({ entries, handles, ringNoAnswers }: CallRows): Map<string, CallStory> {
  const stories = new Map<string, CallStory>();
  const storyOf = (callRef: string) => {
    const story = stories.get(callRef) ?? emptyStory(callRef);
    stories.set(callRef, story);
    return story;
  };
  for (const entry of entries) storyOf(entry.callRef).entries.push(entry);
  for (const handle of handles) storyOf(handle.callRef).handles.push(handle);
  for (const one of ringNoAnswers) storyOf(one.callRef).ringNoAnswers.push(one);
  return stories;
}

function emptyStory(callRef: string): CallStory {
  return { callRef, source: 'pbx', events: [], entries: [], handles: [], ringNoAnswers: [] };
}

function isOpen({ entries, handles }: CallStory): boolean {
  return (
    entries.some(({ endedAt }) => endedAt === null) || handles.some(({ leftAt }) => leftAt === null)
  );
}

function agentsOf(stretches: readonly AgentStretch[]): AgentStory[] {
  const ofAgent = Map.groupBy(stretches, ({ agentId }) => agentId);
  return [...ofAgent].map(([agentId, own]) => ({ agentId, stretches: own }));
}
