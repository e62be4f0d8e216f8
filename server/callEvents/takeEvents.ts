import { type AgentStretch, longestStretchMs } from '#shared/domain/metrics/agentTime.ts';
import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import { historyOf } from '#shared/domain/metrics/callHistory.ts';
import { countedEvents, sourceOf } from '#shared/domain/metrics/counted.ts';
import type { Handle } from '#shared/domain/metrics/handling.ts';
import { released } from '#shared/domain/metrics/release.ts';
import {
  appendAlias,
  appendEvents,
  callEventChannel,
  knownRefs,
  lockCallEvents,
  readEventsOfCalls,
  readStates,
} from '../store/calls/callEvents.ts';
import {
  type CallRowsOf,
  callsLeftIn,
  readCallRows,
  readStretchesFrom,
  replaceCallRows,
  replaceStretches,
  stretchesBefore,
} from '../store/calls/callStories.ts';
import { notify } from '../store/notices.ts';
import type { Tx } from '../store/store.ts';
import { recountCells } from './recountCells.ts';
import { createTouched, type Touched } from './touched.ts';

/** A call that began longer ago is not what an agent has just left. */
const reachMs = 12 * 60 * 60_000;

/**
 * Appends the events that are new, and makes what follows from them anew: of their calls, of their agents' states, and
 * the cells that are touched. Answers those that were new.
 */
export async function takeEvents(
  tx: Tx,
  events: readonly CallEvent[],
  now: number,
): Promise<CallEvent[]> {
  if (events.length === 0) return [];
  await lockCallEvents(tx);
  const fresh = await appendEvents(tx, events, now);
  if (fresh.length === 0) return [];
  const touched = createTouched();
  const affected = await deriveStates(tx, fresh, touched);
  await deriveCalls(tx, [...refsOf(fresh), ...affected], touched);
  await recountCells(tx, touched);
  // Calls that only an agent's state has changed are in no new event.
  for (const payload of payloadsOf(affected)) await notify(tx, callEventChannel, payload);
  return fresh;
}

/** A notification holds less than 8,000 bytes (PostgreSQL documentation, NOTIFY). */
const mostBytes = 7_000;

/** The references in as many notifications as they need, at least one. */
function payloadsOf(refs: readonly string[]): string[] {
  const packed: string[][] = [[]];
  for (const ref of refs) {
    const last = packed.at(-1) ?? [];
    if (Buffer.byteLength(JSON.stringify([...last, ref])) <= mostBytes) last.push(ref);
    else packed.push([ref]);
  }
  return packed.map((part) => JSON.stringify(part));
}

/** A desk's reference means this call: what was told under both is one. */
export async function takeAlias(tx: Tx, deskRef: string, callRef: string): Promise<void> {
  if (deskRef === callRef) return;
  await lockCallEvents(tx);
  if (!(await appendAlias(tx, deskRef, callRef))) return;
  const touched = createTouched();
  await deriveCalls(tx, [deskRef, callRef], touched);
  await recountCells(tx, touched);
  for (const payload of payloadsOf([deskRef, callRef])) await notify(tx, callEventChannel, payload);
}

function refsOf(events: readonly CallEvent[]): string[] {
  return [...new Set(events.flatMap((event) => ('callRef' in event ? [event.callRef] : [])))];
}

/** What follows from calls, from all their events; where a call is known under another reference, nothing here. */
async function deriveCalls(tx: Tx, told: readonly string[], touched: Touched): Promise<void> {
  if (told.length === 0) return;
  const known = await knownRefs(tx, told);
  const refs = [...new Set([...known, ...told])];
  touched.calls(await readCallRows(tx, refs));
  const events = await readEventsOfCalls(tx, known);
  const calls = refs.map((callRef): CallRowsOf => {
    const counted = countedEvents(events.get(callRef) ?? []);
    const { entries, handles, ringNoAnswers } = historyOf(counted);
    return { callRef, source: sourceOf(counted), entries, handles, ringNoAnswers };
  });
  const stretches = await stretchesAround(
    tx,
    calls.flatMap(({ handles }) => handles),
  );
  const ended = calls.map((call) => ({
    ...call,
    handles: call.handles.map((one) => released(one, stretches.get(one.agentId) ?? [])),
  }));
  await replaceCallRows(tx, ended);
  for (const call of ended) touched.calls(call);
}

/** States of the agents from when they left these calls on. */
async function stretchesAround(
  tx: Tx,
  handles: readonly Handle[],
): Promise<Map<string, AgentStretch[]>> {
  const since = new Map<string, number>();
  let until = 0;
  for (const { agentId, leftAt } of handles) {
    if (leftAt === null) continue;
    since.set(agentId, Math.min(leftAt, since.get(agentId) ?? leftAt));
    until = Math.max(until, leftAt + longestStretchMs);
  }
  if (since.size === 0) return new Map();
  const before = await stretchesBefore(tx, await stretchesBefore(tx, since));
  return Map.groupBy(await readStretchesFrom(tx, before, until), ({ agentId }) => agentId);
}

/** Answers the calls whose after-call work may end otherwise now. */
async function deriveStates(
  tx: Tx,
  fresh: readonly CallEvent[],
  touched: Touched,
): Promise<string[]> {
  const since = new Map<string, number>();
  for (const event of fresh) {
    if (event.name !== 'agent.state') continue;
    since.set(event.agentId, Math.min(event.at, since.get(event.agentId) ?? event.at));
  }
  if (since.size === 0) return [];
  const from = await stretchesBefore(tx, since);
  const former = await readStretchesFrom(tx, from);
  const { stretches } = historyOf(await readStates(tx, from));
  const { gone, made } = differences(former, stretches);
  await replaceStretches(tx, gone, made);
  touched.stretches([...gone, ...made]);
  const changed = spansOf([...gone, ...made]);
  const lower = new Map([...changed].map(([agentId, span]) => [agentId, span.from]));
  const before = lower.size > 0 ? await stretchesBefore(tx, lower) : lower;
  const spans = new Map(
    [...changed].map(([agentId, { from: first, to }]) => [
      agentId,
      { from: before.get(agentId) ?? first, to: to + longestSkewMs },
    ]),
  );
  return callsLeftIn(tx, spans, reachMs);
}

/** Clocks of desk and PBX, for the end of a call against the states around it. */
const longestSkewMs = 60_000;

/** What is told late of a day long ago changes little of it: only that is written. */
function differences(former: readonly AgentStretch[], next: readonly AgentStretch[]) {
  const keyOf = ({ agentId, state, reason, from, to }: AgentStretch) =>
    JSON.stringify([agentId, state, reason, from, to]);
  const [were, are] = [new Set(former.map(keyOf)), new Set(next.map(keyOf))];
  return {
    gone: former.filter((stretch) => !are.has(keyOf(stretch))),
    made: next.filter((stretch) => !were.has(keyOf(stretch))),
  };
}

/** From the first beginning to the last end of each agent's stretches; the end of one that goes on is never. */
function spansOf(stretches: readonly AgentStretch[]): Map<string, { from: number; to: number }> {
  const spans = new Map<string, { from: number; to: number }>();
  for (const { agentId, from, to } of stretches) {
    const span = spans.get(agentId) ?? { from, to: from };
    const end = to ?? Number.MAX_SAFE_INTEGER - longestSkewMs;
    spans.set(agentId, { from: Math.min(span.from, from), to: Math.max(span.to, end) });
  }
  return spans;
}
