import { type CallFact, callerOf, reconcileMissed } from '#shared/domain/calls/missedCalls.ts';
import { mergeFields } from '#shared/sync/merge.ts';
import { readAbandonedOf } from '../store/calls/abandonedCalls.ts';
import { type CallerKey, factOf, readCallsOf, readMissedOf } from '../store/calls/missedCalls.ts';
import type { MovedRecord } from '../store/feed/feedReaders.ts';
import { newsChannel, notify } from '../store/notices.ts';
import {
  lockRecords,
  making,
  type NewRecord,
  updateRecords,
  type WrittenRecord,
} from '../store/records.ts';
import type { Tx } from '../store/store.ts';
import type { FollowUpOptions } from './followUp.ts';

const dayMs = 86_400_000;
/** Calls older than this are history: nobody calls back after a month. */
export const reachMs = 30 * dayMs;

type Parts = Pick<FollowUpOptions, 'clock' | 'now'>;

/** Brings the list of calls that nobody answered in step with these calls, which were written just now. */
export async function settleCalls(
  tx: Tx,
  parts: Parts,
  calls: readonly MovedRecord[],
): Promise<void> {
  const since = parts.now() - reachMs;
  const facts = calls.flatMap(({ fields }) => factOf(fields));
  await settleCallers(tx, parts, callersOf(facts.filter(({ offeredAt }) => offeredAt >= since)));
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
export async function settleCallers(
  tx: Tx,
  { clock, now }: Parts,
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
  // One that is there already, older than what was looked through, is left alone: it must not stop all others.
  if (made.length > 0) await making(underStamp(made, stamp), nowMs).execute(tx);
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

function underStamp(made: readonly NewRecord[], stamp: string): WrittenRecord[] {
  return made.map((record) => ({
    ...record,
    version: 1,
    clocks: Object.fromEntries(Object.keys(record.fields).map((name) => [name, stamp])),
  }));
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
  const calls = [
    ...(await readCallsOf(tx, key, since)),
    ...(await readAbandonedOf(tx, key.caller, since)),
  ];
  return reconcileMissed(key.caller, stored, calls);
}
