import { v5 } from 'uuid';
import type { AgentStretch } from '#shared/domain/metrics/agentTime.ts';
import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import { historyOf } from '#shared/domain/metrics/callHistory.ts';
import { countedEvents, sourceOf } from '#shared/domain/metrics/counted.ts';
import type { Handle } from '#shared/domain/metrics/handling.ts';
import { releasedAt } from '#shared/domain/metrics/release.ts';
import {
  appendEvents,
  callEventChannel,
  knownRefs,
  lockCallEvents,
  readEventsOfCalls,
  readStates,
} from '../store/callEvents.ts';
import {
  type CallRowsOf,
  readCallRows,
  readLeftHandles,
  readStretchesFrom,
  replaceCallRows,
  replaceStretches,
  stretchesBefore,
} from '../store/callStories.ts';
import { notify } from '../store/notices.ts';
import type { Tx } from '../store/store.ts';
import { recountCells } from './recountCells.ts';
import { createTouched, type Touched } from './touched.ts';

/** Namespace of the ids of events that follow from others. */
const namespace = 'b9c7e0a4-55d3-4a5e-8f0e-6d1c9a0b7f21';

/** A call that began longer ago is not what an agent has just left. */
const reachMs = 12 * 60 * 60_000;

/**
 * Appends the events that are new, and makes what follows from them anew: of their calls, of their agents' states, and
 * the cells that are touched. Answers how many were new.
 */
export async function takeEvents(
  tx: Tx,
  events: readonly CallEvent[],
  now: number,
): Promise<number> {
  await lockCallEvents(tx);
  const fresh = await appendEvents(tx, events, now);
  if (fresh.length === 0) return 0;
  const touched = createTouched();
  await deriveFrom(tx, fresh, now, touched);
  await recountCells(tx, touched);
  await notify(tx, callEventChannel);
  return fresh.length;
}

/** Makes anew what follows from these calls, after it became known that they are one. */
export async function deriveCallsAnew(tx: Tx, callRefs: readonly string[]): Promise<void> {
  const touched = createTouched();
  await deriveCalls(tx, callRefs, touched);
  await recountCells(tx, touched);
  await notify(tx, callEventChannel);
}

async function deriveFrom(
  tx: Tx,
  fresh: readonly CallEvent[],
  now: number,
  touched: Touched,
): Promise<void> {
  const handles = await deriveCalls(tx, refsOf(fresh), touched);
  const since = await deriveStates(tx, fresh, touched);
  const released = await releases(tx, handles, since);
  if (released.length === 0) return;
  const ends = await appendEvents(tx, released, now);
  await deriveCalls(tx, refsOf(ends), touched);
}

function refsOf(events: readonly CallEvent[]): string[] {
  return [...new Set(events.flatMap((event) => ('callRef' in event ? [event.callRef] : [])))];
}

/** Answers the handles of these calls. */
async function deriveCalls(tx: Tx, told: readonly string[], touched: Touched): Promise<Handle[]> {
  if (told.length === 0) return [];
  const known = await knownRefs(tx, told);
  // What stood under a desk's own reference goes, now that the call is known under the PBX's.
  const refs = [...new Set([...known, ...told])];
  touched.calls(await readCallRows(tx, refs));
  const events = await readEventsOfCalls(tx, known);
  const calls = refs.map((callRef): CallRowsOf => {
    const counted = countedEvents(events.get(callRef) ?? []);
    const { entries, handles, ringNoAnswers } = historyOf(counted);
    return { callRef, source: sourceOf(counted), entries, handles, ringNoAnswers };
  });
  await replaceCallRows(tx, calls);
  for (const call of calls) touched.calls(call);
  return calls.flatMap(({ handles }) => handles);
}

/** Answers whose states changed, each with the earliest moment. */
async function deriveStates(
  tx: Tx,
  fresh: readonly CallEvent[],
  touched: Touched,
): Promise<Map<string, number>> {
  const since = new Map<string, number>();
  for (const event of fresh) {
    if (event.name !== 'agent.state') continue;
    since.set(event.agentId, Math.min(event.at, since.get(event.agentId) ?? event.at));
  }
  if (since.size === 0) return since;
  const from = await stretchesBefore(tx, since);
  touched.stretches(await readStretchesFrom(tx, from));
  const { stretches } = historyOf(await readStates(tx, from));
  await replaceStretches(tx, from, stretches);
  touched.stretches(stretches);
  return since;
}

/** Ends of after-call work that follow from the states of the agents. */
async function releases(
  tx: Tx,
  derived: readonly Handle[],
  changed: ReadonlyMap<string, number>,
): Promise<CallEvent[]> {
  const left = await readLeftHandles(tx, changed, reachMs);
  const handles = new Map<string, Handle>();
  for (const handle of [...derived, ...left]) handles.set(handle.id, handle);
  const since = new Map<string, number>();
  for (const { agentId, leftAt } of handles.values()) {
    if (leftAt !== null) since.set(agentId, Math.min(leftAt, since.get(agentId) ?? leftAt));
  }
  if (since.size === 0) return [];
  const stretches = await readStretchesFrom(tx, await stretchesBefore(tx, since));
  const ofAgent = Map.groupBy(stretches, ({ agentId }) => agentId);
  return [...handles.values()].flatMap((handle) => release(handle, ofAgent));
}

function release(
  { callRef, agentId, leftAt, doneAt }: Handle,
  stretches: ReadonlyMap<string, AgentStretch[]>,
): CallEvent[] {
  if (leftAt === null) return [];
  const at = releasedAt(leftAt, stretches.get(agentId) ?? []);
  if (at === null || (doneAt !== null && doneAt <= at)) return [];
  const id = v5(`released ${callRef} ${agentId} ${leftAt} ${at}`, namespace);
  return [{ name: 'agent.wrappedUp', id, at, source: 'desk', callRef, agentId }];
}
