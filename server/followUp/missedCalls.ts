import { type CallFact, callerOf, reconcileMissed } from '#shared/domain/missedCalls.ts';
import type { Clock } from '#shared/sync/clock.ts';
import { mergeFields } from '#shared/sync/merge.ts';
import { errorFields } from '../jobs/errorFields.ts';
import type { JobLog } from '../jobs/jobs.ts';
import type { FeedPosition } from '../store/feed.ts';
import {
  type CallerKey,
  hasNews,
  holdPosition,
  movePosition,
  readCallsOf,
  readMissedOf,
  readSeenCalls,
} from '../store/missedCalls.ts';
import { newsChannel, notify } from '../store/notices.ts';
import { insertRecords, lockRecords, type NewRecord, updateRecords } from '../store/records.ts';
import type { Db, Tx } from '../store/store.ts';

export interface MissedCallsOptions {
  db: Db;
  clock: Clock;
  now: () => number;
  origin: bigint;
  log: JobLog;
}

/** Keeps the list of calls that nobody answered in step with the calls that desks tell of; any node may. */
export interface MissedCalls {
  /** A transaction that moved a record has been committed somewhere. */
  heard(): void;
  /** Wait for what is under way; nothing new is begun. */
  stop(): Promise<void>;
}

const dayMs = 86_400_000;
/** Calls older than this are history: nobody calls back after a month. */
const reachMs = 30 * dayMs;
const looksAtOnce = 1_000;
/** News come with every commit; looking this often is soon enough. */
const restMs = 200;
const askAgainMs = 2_000;

export function createMissedCalls(options: MissedCallsOptions): MissedCalls {
  const { db, origin, log } = options;
  let known: FeedPosition | null = null;
  let wanted = false;
  let working: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  function heard(): void {
    wanted = true;
    if (working || timer || stopped) return;
    working = workWhileWanted();
  }

  function restFor(ms: number): void {
    working = null;
    if (stopped) return;
    timer = setTimeout(() => {
      timer = undefined;
      if (wanted) heard();
    }, ms);
  }

  async function workWhileWanted(): Promise<void> {
    try {
      wanted = false;
      if (await hasNews(db, origin, known)) {
        let more = true;
        while (more && !stopped) more = await settlePage();
      }
      restFor(restMs);
    } catch (error) {
      log('warn', 'missed calls are not up to date', errorFields(error));
      wanted = true;
      restFor(askAgainMs);
    }
  }

  /** The next page of the feed; true where more is behind it. */
  async function settlePage(): Promise<boolean> {
    return db.transaction().execute(async (tx) => {
      const from = await holdPosition(tx);
      const sinceMs = options.now() - reachMs;
      const seen = await readSeenCalls(tx, { origin, from, sinceMs, looks: looksAtOnce });
      await settleCallers(tx, options, callersOf(seen.calls));
      if (seen.end) await movePosition(tx, seen.end);
      known = seen.end ?? from;
      return seen.more;
    });
  }

  return {
    heard,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await working;
    },
  };
}

function callersOf(calls: readonly CallFact[]): CallerKey[] {
  const keys = new Map<string, CallerKey>();
  for (const call of calls) {
    const caller = callerOf(call);
    const key = { caller: caller ?? call.callRef, withheld: caller === null };
    keys.set(`${key.withheld} ${key.caller}`, key);
  }
  return [...keys.values()];
}

/** Brings the records of these callers in step with their calls, in the order in which pushes write. */
async function settleCallers(
  tx: Tx,
  { clock, now }: MissedCallsOptions,
  callers: readonly CallerKey[],
): Promise<void> {
  const nowMs = now();
  const made: NewRecord[] = [];
  const changed = new Map<string, Record<string, unknown>>();
  for (const key of callers) {
    for (const write of await writesFor(tx, key, nowMs - reachMs)) {
      if (write.isNew) made.push({ entity: 'missedCall', id: write.id, fields: write.fields });
      else changed.set(write.id, write.fields);
    }
  }
  if (made.length + changed.size === 0) return;
  const stamp = clock.tick();
  if (made.length > 0) await insertRecords(tx, made, stamp, nowMs);
  const keys = [...changed.keys()].map((id) => ({ entity: 'missedCall', id }));
  const held = keys.length > 0 ? await lockRecords(tx, keys) : [];
  const written = held.map((record) => {
    const fields = stillOpen(record.fields, changed.get(record.id) ?? {});
    const merged = mergeFields(record, { fields, clock: clock.tick(Object.values(record.clocks)) });
    return { ...record, version: record.version + 1, fields: merged.fields, clocks: merged.clocks };
  });
  if (written.length > 0) await updateRecords(tx, written, nowMs);
  await notify(tx, newsChannel);
}

/** Somebody may have decided while the calls were looked through: the decision stays. */
function stillOpen(
  held: Record<string, unknown>,
  change: Record<string, unknown>,
): Record<string, unknown> {
  return held.outcome === 'notNeeded' ? {} : change;
}

async function writesFor(tx: Tx, key: CallerKey, sinceMs: number) {
  const stored = await readMissedOf(tx, key, sinceMs);
  const open = stored.filter(({ fields }) => fields.state !== 'handled');
  const since = Math.min(sinceMs, ...open.map(({ fields }) => fields.firstAt));
  const calls = await readCallsOf(tx, key, since);
  return reconcileMissed(key.caller, stored, calls);
}
