import type { CallEvents } from '../callEvents/callEvents.ts';
import { createFollower, type Follower } from '../notify/follower.ts';
import { exactKeyOf, readHome } from '../settings/homeCountry.ts';
import {
  type AbandonedCall,
  customersByKey,
  knownAbandoned,
  lockAbandonedPlace,
  moveAbandonedPlace,
  replaceAbandoned,
} from '../store/calls/abandonedCalls.ts';
import { type CallsEvent, readEventsAfter, readEventsOfCalls } from '../store/calls/callEvents.ts';
import type { CallerKey } from '../store/calls/missedCalls.ts';
import type { Tx } from '../store/store.ts';
import type { FollowUpOptions } from './followUp.ts';
import { reachMs, settleCallers } from './missedCalls.ts';

export interface AbandonedOptions extends Omit<FollowUpOptions, 'jobs'> {
  callEvents: Pick<CallEvents, 'heard'>;
}

/** Whoever works through the list of missed calls need not see one within the second. */
const pace = { restMs: 250, restPerWork: 4 };
const eventsAtOnce = 2_000;

/**
 * Callers who gave up in a queue before it rang at any desk: no desk tells of them, so they come from the events of the
 * PBX into the list of calls that nobody answered, merged per caller with those that desks tell of. The place in the
 * events and what comes of them are one transaction.
 */
export function createAbandonedFollower(options: AbandonedOptions): Follower {
  const { db, callEvents, log } = options;
  let unheard = () => {};
  const follower = createFollower({
    ...{ pace, log, complaint: 'abandoned calls cannot be looked for' },
    async begin() {
      unheard = callEvents.heard(() => follower.heard());
    },
    async work(goesOn) {
      while (goesOn()) {
        const more = await db.transaction().execute((tx) => followEvents(tx, options));
        if (!more) return;
      }
    },
  });
  return {
    ...follower,
    async stop() {
      unheard();
      await follower.stop();
    },
  };
}

/** Answers whether there is more behind. */
async function followEvents(tx: Tx, options: AbandonedOptions): Promise<boolean> {
  const from = await lockAbandonedPlace(tx);
  const { events, last } = await readEventsAfter(tx, from, eventsAtOnce);
  if (events.length === 0) return false;
  const fresh = events.filter((event) => event.name !== 'agent.state' && event.source === 'pbx');
  const left = refsOf(fresh.filter((event) => event.name === 'queue.left'));
  // An answer may be told later than that the caller gave up elsewhere.
  const known = await knownAbandoned(tx, refsOf(fresh));
  const refs = [...new Set([...left, ...known])];
  if (refs.length > 0) {
    const told = await readEventsOfCalls(tx, refs);
    const calls = await named(
      tx,
      [...told].flatMap(([callRef, own]) => abandonedOf(callRef, own)),
    );
    const changed = await replaceAbandoned(tx, refs, calls);
    const since = options.now() - reachMs;
    await settleCallers(tx, options, callersOf(changed.filter((call) => call.enteredAt >= since)));
  }
  await moveAbandonedPlace(tx, last);
  return events.length === eventsAtOnce;
}

function callersOf(calls: readonly AbandonedCall[]): CallerKey[] {
  const keys = new Map<string, CallerKey>();
  for (const { caller, numberRaw } of calls) {
    keys.set(caller, { caller, withheld: numberRaw.trim() === '' });
  }
  return [...keys.values()];
}

function refsOf(events: readonly object[]): string[] {
  return events.flatMap((event) => ('callRef' in event ? [String(event.callRef)] : []));
}

/** The end of a call in which the caller gave up and nobody had answered. */
function abandonedOf(callRef: string, events: readonly CallsEvent[]): AbandonedCall[] {
  const inOrder = events.filter(({ source }) => source === 'pbx').toSorted((a, b) => a.at - b.at);
  if (inOrder.some(({ name }) => name === 'agent.answered' || name === 'agent.dialled')) return [];
  const entered = inOrder.find((event) => event.name === 'queue.entered');
  const gaveUp = inOrder.findLast((event) => event.name === 'queue.left');
  if (!entered || gaveUp?.how !== 'abandoned') return [];
  const numberRaw = entered.caller ?? '';
  return [
    {
      ...{ callRef, caller: callRef, numberRaw, numberKey: null, customerId: null },
      ...{ queueId: gaveUp.queueId, enteredAt: entered.at, endedAt: gaveUp.at },
    },
  ];
}

/** With the key under which desks keep the number, and the customer whose alone it is. */
async function named(tx: Tx, calls: readonly AbandonedCall[]): Promise<AbandonedCall[]> {
  const home = await readHome(tx);
  const keys = new Map<string, string | null>();
  for (const { numberRaw } of calls) {
    if (numberRaw.trim() === '' || keys.has(numberRaw)) continue;
    keys.set(numberRaw, exactKeyOf(numberRaw, home));
  }
  const found = [...keys.values()].filter((key) => key !== null);
  const customers = await customersByKey(tx, found);
  return calls.map((call) => {
    const numberKey = keys.get(call.numberRaw) ?? null;
    const caller = call.numberRaw.trim() === '' ? call.callRef : (numberKey ?? call.numberRaw);
    return { ...call, numberKey, caller, customerId: customers.get(numberKey ?? '') ?? null };
  });
}
