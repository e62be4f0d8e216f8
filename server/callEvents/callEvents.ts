import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import { errorFields } from '../jobs/errorFields.ts';
import type { JobLog } from '../jobs/jobs.ts';
import { callEventChannel, lastSeq } from '../store/calls/callEvents.ts';
import type { Store } from '../store/store.ts';
import { type CallNews, newsAfter, newsSince } from './stories.ts';
import { takeAlias, takeEvents } from './takeEvents.ts';

/** What happens to calls and agents: taken from whoever tells it, and told on to whoever shows it. */
export interface CallEvents {
  /**
   * Appends events and what follows from them; told twice, taken once, in whatever order. Resolves when it is
   * committed; tries again while the database is away. Events that the database refuses are passed over and logged.
   */
  take(events: readonly CallEvent[]): Promise<void>;
  /** A call that a desk knows by a reference of its own. */
  alias(deskRef: string, callRef: string): Promise<void>;
  /** Hears, on every node and after the commit, what has changed; in the order in which it was taken. */
  heard(listener: (news: CallNews) => void): () => void;
  /** Everything since then: what somebody begins with who hears from now on. Told again later, it is the same. */
  since(from: number): Promise<CallNews>;
  /** Of this node, since it began; `lagMs`: from the newest event of the last batch to its commit. */
  figures(): { taken: number; waiting: number; lagMs: number };
  start(): Promise<void>;
  /** Waits for what is under way. What the database did not take by then is given up. */
  stop(): Promise<void>;
}

/** Of one transaction. */
const mostEvents = 2_000;
/** Of one piece of news. */
const mostTold = 2_000;
const askAgainMs = 1_000;

type Waiting =
  | { events: readonly CallEvent[]; done: () => void }
  | { deskRef: string; callRef: string; done: () => void };

export function createCallEvents(
  { db, listen }: Pick<Store, 'db' | 'listen'>,
  { now, log }: { now: () => number; log: JobLog },
): CallEvents {
  const listeners = new Set<(news: CallNews) => void>();
  const waiting: Waiting[] = [];
  let taken = 0;
  const also = new Set<string>();
  let lagMs = 0;
  let seq = 0;
  let toTell = false;
  let taking: Promise<void> | null = null;
  let telling: Promise<void> | null = null;
  let wake: (() => void) | null = null;
  let stopped = false;

  function add(one: Waiting): void {
    waiting.push(one);
    taking ??= takeAll();
  }

  /** Ends without a pause between its last look and the word that it has ended: nothing is left lying. */
  async function takeAll(): Promise<void> {
    for (let batch = nextBatch(); batch.length > 0; batch = nextBatch()) {
      await takeBatch(batch);
      for (const { done } of batch) done();
    }
    taking = null;
  }

  /** Aliases go by themselves: what was told before and after them stays in order. */
  function nextBatch(): Waiting[] {
    const [first] = waiting;
    if (!first) return [];
    if ('deskRef' in first) return waiting.splice(0, 1);
    let count = 0;
    let size = 0;
    for (const one of waiting) {
      if ('deskRef' in one || (count > 0 && size + one.events.length > mostEvents)) break;
      count += 1;
      size += one.events.length;
    }
    return waiting.splice(0, count);
  }

  async function takeBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      await patiently(() => write(batch));
    } catch (error) {
      const events = batch.flatMap((one) => ('events' in one ? one.events : []));
      if (events.length > 1) {
        for (const event of events) await takeBatch([{ events: [event], done: () => {} }]);
        return;
      }
      const [event] = events;
      log('error', 'an event of a call cannot be taken: it is passed over', {
        ...errorFields(error),
        name: event?.name ?? 'alias',
      });
    }
  }

  async function write(batch: readonly Waiting[]): Promise<void> {
    const events = batch.flatMap((one) => ('events' in one ? one.events : []));
    const fresh = await db.transaction().execute(async (tx) => {
      for (const one of batch) if ('deskRef' in one) await takeAlias(tx, one.deskRef, one.callRef);
      return takeEvents(tx, events, now());
    });
    taken += fresh.length;
    const newest = fresh.reduce((last, { at }) => Math.max(last, at), 0);
    if (newest > 0) lagMs = Math.max(0, now() - newest);
  }

  /** Until the database is there; what lies with the data is thrown at once. */
  async function patiently(work: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (isRefused(error) || stopped) throw error;
        log('warn', 'events of calls wait for the database', errorFields(error));
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, askAgainMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = null;
      }
    }
  }

  function hear(payload: string): void {
    for (const ref of refsIn(payload)) also.add(ref);
    toTell = true;
    if (stopped) return;
    telling ??= tellAll().finally(() => {
      telling = null;
      if (toTell) hear('');
    });
  }

  async function tellAll(): Promise<void> {
    while (toTell && !stopped) {
      toTell = false;
      const refs = [...also];
      also.clear();
      try {
        const news = await newsAfter(db, seq, { limit: mostTold, also: refs });
        seq = news.seq;
        if (news.events.length === mostTold) toTell = true;
        if (news.calls.length + news.agents.length > 0) tell(news);
      } catch (error) {
        log('warn', 'news of calls cannot be read', errorFields(error));
        for (const ref of refs) also.add(ref);
        setTimeout(() => hear(''), askAgainMs).unref();
        return;
      }
    }
  }

  function tell(news: CallNews): void {
    for (const listener of listeners) {
      try {
        listener(news);
      } catch (error) {
        log('error', 'news of calls were not digested', errorFields(error));
      }
    }
  }

  return {
    take: (events) =>
      events.length === 0
        ? Promise.resolve()
        : new Promise((resolve) => add({ events, done: resolve })),
    alias: (deskRef, callRef) => new Promise((resolve) => add({ deskRef, callRef, done: resolve })),
    heard(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    since: (from) => newsSince(db, from),
    figures: () => ({ taken, waiting: waiting.length, lagMs }),
    async start() {
      seq = await lastSeq(db);
      await listen(callEventChannel, hear);
    },
    async stop() {
      stopped = true;
      wake?.();
      await taking;
      await telling;
    },
  };
}

/** SQLSTATE classes of what lies with an event: data, constraints, limits. All others will pass, as a lost line does. */
const ofTheEvent = /^(22|23|54)/;

function isRefused(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof RangeError) return true;
  return error instanceof Error && 'code' in error && ofTheEvent.test(String(error.code));
}

/** A notification names calls that no new event is of; an empty one comes where notifications were lost. */
function refsIn(payload: string): string[] {
  if (payload === '') return [];
  const refs: unknown = JSON.parse(payload);
  return Array.isArray(refs) ? refs.filter((ref) => typeof ref === 'string') : [];
}
