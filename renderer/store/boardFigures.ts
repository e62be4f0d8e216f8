import type { AgentTime } from '#shared/domain/metrics/agentTime.ts';
import { expectedWaitMs } from '#shared/domain/metrics/expectedWait.ts';
import {
  addCounts,
  noCounts,
  type QueueCounts,
  type QueueRates,
  ratesOf,
} from '#shared/domain/metrics/queueFigures.ts';
import type { BoardAgent, BoardCall, BoardQueue } from '#shared/sync/board.ts';

/** What a tile of the board says of one queue. Times in ms, rates 0..1. */
export interface QueueFigures {
  queueId: string;
  /** Since midnight. */
  today: QueueCounts;
  rates: QueueRates;
  /** Callers in the queue now, those that ring at an agent included. */
  waiting: number;
  /** When the caller who waits longest came, ms UTC; null: nobody waits. The wait is `now` less this. */
  waitingSince: number | null;
  talking: number;
  /** Agents of this queue who are ready. */
  ready: number;
  /** Agents of this queue who are signed in and not on break: those who can take its calls. */
  able: number;
  /** Agents of this queue who are signed in. */
  signedIn: number;
  /** Average handle time of the last 30 minutes; null without any. */
  handleMs: number | null;
  /** Expected wait of a caller who enters now; null: unknown, nobody can take it. */
  expectedWaitMs: number | null;
}

type Told = {
  queues: ReadonlyMap<string, BoardQueue>;
  agents: ReadonlyMap<string, BoardAgent>;
  calls: ReadonlyMap<string, BoardCall>;
};

type Now = Pick<
  QueueFigures,
  'waiting' | 'waitingSince' | 'talking' | 'ready' | 'able' | 'signedIn'
>;

const nothing: Now = {
  waiting: 0,
  waitingSince: null,
  talking: 0,
  ready: 0,
  able: 0,
  signedIn: 0,
};

/** Figures of each queue; those that say the same as `former` are the same object. */
export function figuresOf(
  { queues, agents, calls }: Told,
  former?: ReadonlyMap<string, QueueFigures>,
): ReadonlyMap<string, QueueFigures> {
  const counted = new Map<string, Now>();
  for (const queueId of queues.keys()) counted.set(queueId, { ...nothing });
  for (const agent of agents.values()) countAgent(agent, counted);
  for (const call of calls.values()) countCall(call, counted);
  const figures = new Map<string, QueueFigures>();
  for (const queue of queues.values()) {
    const now = counted.get(queue.queueId) ?? nothing;
    const before = former?.get(queue.queueId);
    figures.set(
      queue.queueId,
      before && isSame(before, queue, now) ? before : figuresOfQueue(queue, now),
    );
  }
  return figures;
}

function countAgent({ state, queueIds }: BoardAgent, counted: Map<string, Now>): void {
  if (state === 'signedOut') return;
  for (const queueId of queueIds) {
    const now = counted.get(queueId);
    if (!now) continue;
    now.signedIn += 1;
    if (state !== 'break') now.able += 1;
    if (state === 'ready') now.ready += 1;
  }
}

function countCall(call: BoardCall, counted: Map<string, Now>): void {
  const now = call.queueId === null ? undefined : counted.get(call.queueId);
  if (!now) return;
  if (!isWaiting(call)) {
    now.talking += 1;
    return;
  }
  now.waiting += 1;
  now.waitingSince = Math.min(now.waitingSince ?? call.enteredAt, call.enteredAt);
}

/** In a queue, and not answered yet. */
export function isWaiting({ state, queueId }: BoardCall): boolean {
  return queueId !== null && (state === 'waiting' || state === 'ringing');
}

function figuresOfQueue({ queueId, today, handleMs }: BoardQueue, now: Now): QueueFigures {
  return {
    ...{ queueId, today, handleMs, rates: ratesOf(today) },
    ...now,
    expectedWaitMs: expectedWaitMs({ handleMs, ahead: now.waiting, agents: now.able }),
  };
}

function isSame(before: QueueFigures, { today, handleMs }: BoardQueue, now: Now): boolean {
  return (
    before.today === today &&
    before.handleMs === handleMs &&
    (Object.keys(nothing) as (keyof Now)[]).every((name) => before[name] === now[name])
  );
}

/** All queues together: numerators and denominators are added, each queue by its own targets. */
export function totalOf(
  figures: Iterable<QueueFigures>,
): Pick<QueueFigures, 'today' | 'rates' | 'waiting' | 'waitingSince' | 'talking'> {
  let today = noCounts;
  let [waiting, talking] = [0, 0];
  let waitingSince: number | null = null;
  for (const one of figures) {
    today = addCounts(today, one.today);
    waiting += one.waiting;
    talking += one.talking;
    if (one.waitingSince === null) continue;
    waitingSince = Math.min(waitingSince ?? one.waitingSince, one.waitingSince);
  }
  return { today, rates: ratesOf(today), waiting, waitingSince, talking };
}

/** Longest wait since midnight with the one that goes on, ms. */
export function longestWaitMs(
  { today, waitingSince }: Pick<QueueFigures, 'today' | 'waitingSince'>,
  now: number,
): number {
  return Math.max(today.longestWaitMs, waitingSince === null ? 0 : now - waitingSince);
}

/** Times in states since midnight, with the state that goes on, ms. */
export function timeOf(
  { today, state, since }: BoardAgent,
  dayFrom: number,
  now: number,
): AgentTime {
  if (state === 'signedOut') return today.time;
  const running = Math.max(0, now - Math.max(since, dayFrom));
  return { ...today.time, [state]: today.time[state] + running };
}
