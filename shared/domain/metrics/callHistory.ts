import { type AgentStretch, endOfStretch } from './agentTime.ts';
import type { CallEvent } from './callEvents.ts';
import type { Handle } from './handling.ts';
import type { QueueEntry } from './queueEntry.ts';

/** An offer to an agent that rang out. */
export interface RingNoAnswer {
  id: string;
  callRef: string;
  agentId: string;
  queueId: string | null;
  /** When the ringing ended, ms UTC: where it is booked. */
  at: number;
}

/** What the figures are counted from. */
export interface CallHistory {
  entries: QueueEntry[];
  handles: Handle[];
  ringNoAnswers: RingNoAnswer[];
  stretches: AgentStretch[];
}

/** What happens at the same ms happened in this order. */
const order: readonly CallEvent['name'][] = [
  'agent.state',
  'queue.entered',
  'agent.offered',
  'agent.dialled',
  'agent.answered',
  'agent.notAnswered',
  'agent.held',
  'agent.resumed',
  'agent.transferred',
  'queue.left',
  'agent.left',
  'agent.wrappedUp',
  'agent.internal',
];

/** The events in the order in which they happened, each once. */
export function inOrder<Event extends CallEvent>(events: Iterable<Event>): Event[] {
  const told = new Map<string, Event>();
  for (const event of events) told.set(event.id, event);
  return [...told.values()].sort(
    (a, b) =>
      a.at - b.at || order.indexOf(a.name) - order.indexOf(b.name) || (a.id < b.id ? -1 : 1),
  );
}

/**
 * The history that a heap of events tells, in whatever order and however often each was told. An event
 * that fits to nothing (an answer of a call nobody saw ring) counts for what it says by itself.
 */
export function historyOf(events: Iterable<CallEvent>): CallHistory {
  const history: CallHistory = { entries: [], handles: [], ringNoAnswers: [], stretches: [] };
  const open: Open = { entries: new Map(), handles: new Map(), stretches: new Map() };
  for (const event of inOrder(events)) take(event, history, open);
  return history;
}

interface Open {
  /** By call and queue. */
  entries: Map<string, QueueEntry>;
  /** By call and agent. */
  handles: Map<string, Work>;
  stretches: Map<string, AgentStretch>;
}

interface Work {
  handle: Handle;
  entry: QueueEntry | null;
  dialledAt: number | null;
  /** Talking or on hold since. */
  since: number | null;
  held: boolean;
  /** When it was wrapped up, as it says, before it was left: the clocks of desk and PBX differ. */
  wrappedUpAt: number | null;
}

/** No desk's clock is further from the PBX's, ms. */
const clocksDifferMs = 60_000;

const keyOf = (...parts: string[]) => JSON.stringify(parts);

function take(event: CallEvent, history: CallHistory, open: Open): void {
  switch (event.name) {
    case 'agent.state':
      changeState(event, history, open);
      return;
    case 'queue.entered':
      enter(event, history, open);
      return;
    case 'queue.left': {
      endEntry(open, event.callRef, event.queueId, event.at, event.how);
      return;
    }
    case 'agent.notAnswered': {
      const { id, callRef, agentId, queueId, at } = event;
      if (event.how === 'withdrawn') return;
      history.ringNoAnswers.push({ id, callRef, agentId, queueId, at });
      return;
    }
    case 'agent.offered':
      return;
    case 'agent.dialled': {
      const work = begin(event, null, history, open);
      work.handle.direction = 'out';
      work.dialledAt = event.at;
      return;
    }
    case 'agent.answered':
      answer(event, history, open);
      return;
    case 'agent.internal': {
      const work = open.handles.get(keyOf(event.callRef, event.agentId));
      history.handles = history.handles.filter((handle) => handle !== work?.handle);
      return;
    }
    default:
      goOn(event, open);
  }
}

function changeState(
  { agentId, state, reason, at }: Extract<CallEvent, { name: 'agent.state' }>,
  history: CallHistory,
  open: Open,
): void {
  const former = open.stretches.get(agentId);
  if (former?.state === state && former.reason === reason) return;
  if (former?.from === at) {
    former.state = state;
    former.reason = reason;
    return;
  }
  if (former) former.to = endOfStretch(former, at);
  const stretch: AgentStretch = { agentId, state, reason, from: at, to: null };
  history.stretches.push(stretch);
  open.stretches.set(agentId, stretch);
}

function enter(
  { id, callRef, queueId, at }: Extract<CallEvent, { name: 'queue.entered' }>,
  history: CallHistory,
  open: Open,
): void {
  const key = keyOf(callRef, queueId);
  // It is still in this queue: the PBX said so once more.
  if (open.entries.has(key)) return;
  const entry: QueueEntry = {
    ...{ id, callRef, queueId, enteredAt: at, end: null, endedAt: null },
    ...{ agentId: null, transferred: false },
  };
  history.entries.push(entry);
  open.entries.set(key, entry);
}

function endEntry(
  open: Open,
  callRef: string,
  queueId: string,
  at: number,
  end: NonNullable<QueueEntry['end']>,
): QueueEntry | null {
  const key = keyOf(callRef, queueId);
  const entry = open.entries.get(key);
  if (!entry) return null;
  entry.end = end;
  entry.endedAt = at;
  open.entries.delete(key);
  return entry;
}

function begin(
  { id, callRef, agentId, at }: { id: string; callRef: string; agentId: string; at: number },
  queueId: string | null,
  history: CallHistory,
  open: Open,
): Work {
  const key = keyOf(callRef, agentId);
  const running = open.handles.get(key);
  if (running && running.handle.leftAt === null) return running;
  // The same call is taken anew: work on it that nobody said the end of is over.
  if (running) running.handle.doneAt ??= running.handle.leftAt;
  const handle: Handle = {
    ...{ id, callRef, agentId, queueId, direction: 'in' as const, beganAt: at },
    ...{ answeredAt: null, leftAt: null, endedBy: null },
    ...{ dialMs: 0, talkMs: 0, holdMs: 0, afterCallMs: 0, doneAt: null },
  };
  const work = {
    ...{ handle, entry: null, dialledAt: null, since: null, held: false, wrappedUpAt: null },
  };
  history.handles.push(handle);
  open.handles.set(key, work);
  return work;
}

function answer(
  event: Extract<CallEvent, { name: 'agent.answered' }>,
  history: CallHistory,
  open: Open,
): void {
  const { callRef, agentId, queueId, at } = event;
  const work = begin(event, queueId, history, open);
  if (work.since !== null) return;
  if (work.dialledAt !== null) work.handle.dialMs = at - work.dialledAt;
  work.since = at;
  work.handle.answeredAt ??= at;
  if (queueId === null) return;
  const entry = endEntry(open, callRef, queueId, at, 'answered');
  if (entry) entry.agentId = agentId;
  work.entry = entry;
}

type Later = Extract<
  CallEvent,
  { name: 'agent.held' | 'agent.resumed' | 'agent.transferred' | 'agent.left' | 'agent.wrappedUp' }
>;

function goOn(event: Later, open: Open): void {
  const work = open.handles.get(keyOf(event.callRef, event.agentId));
  if (!work) return;
  const { handle } = work;
  const { at } = event;
  switch (event.name) {
    case 'agent.held':
    case 'agent.resumed':
      if (handle.leftAt !== null || work.since === null) return;
      addStretch(work, at);
      work.held = event.name === 'agent.held';
      return;
    case 'agent.transferred':
      if (work.entry) work.entry.transferred = true;
      return;
    case 'agent.left':
      if (handle.leftAt !== null) return;
      // Nobody answered what was dialled: all of it was dialling.
      if (work.since === null && work.dialledAt !== null) handle.dialMs = at - work.dialledAt;
      addStretch(work, at);
      work.since = null;
      handle.leftAt = at;
      handle.endedBy = event.by;
      if (work.wrappedUpAt !== null && at - work.wrappedUpAt <= clocksDifferMs) handle.doneAt = at;
      return;
    case 'agent.wrappedUp':
      if (handle.doneAt !== null) return;
      if (handle.leftAt === null) {
        work.wrappedUpAt = at;
        return;
      }
      handle.afterCallMs = at - handle.leftAt;
      handle.doneAt = at;
  }
}

/** Books the time since the last change as talking or as hold. */
function addStretch(work: Work, at: number): void {
  if (work.since === null) return;
  if (work.held) work.handle.holdMs += at - work.since;
  else work.handle.talkMs += at - work.since;
  work.since = at;
}
