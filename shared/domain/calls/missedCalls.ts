import { missedCallIdOf } from '../ids.ts';
import type { MissedCall } from '../task.ts';
import type { Call } from './call.ts';

/** One agent's part of a call, as far as it tells whether somebody was reached. */
export type CallFact = Pick<
  Call,
  | 'callRef'
  | 'direction'
  | 'queueId'
  | 'numberRaw'
  | 'numberKey'
  | 'customerId'
  | 'offeredAt'
  | 'answeredAt'
  | 'endedAt'
  | 'result'
>;

/** A caller's journey, put together from the parts of all desks. */
interface Journey {
  callRef: string;
  direction: 'in' | 'out';
  at: number;
  /** When somebody was talked to; null: nobody was. */
  reachedAt: number | null;
  /** Every desk that told of it has ended its part. */
  ended: boolean;
  fact: CallFact;
}

/** Calls of one caller without an answer, up to the time at which somebody was reached. */
interface Episode {
  journeys: Journey[];
  handled: { at: number; outcome: MissedCallOutcome } | null;
}

const missedCallOutcomes = ['calledBack', 'calledAgain', 'notNeeded'] as const;
export type MissedCallOutcome = (typeof missedCallOutcomes)[number];

export interface StoredMissedCall {
  id: string;
  fields: MissedCall;
}

/** What is to be written so that the records tell what is known of the caller's calls. */
export interface MissedCallWrite {
  id: string;
  isNew: boolean;
  fields: Partial<MissedCall>;
}

const mostRefs = 200;

/**
 * Names a caller whose calls are merged: the match key, else the number as it arrived. Null for withheld numbers,
 * whose calls may be of anybody; each stands alone then.
 */
export function callerOf({
  numberKey,
  numberRaw,
}: Pick<CallFact, 'numberKey' | 'numberRaw'>): string | null {
  return numberKey ?? (numberRaw.trim() === '' ? null : numberRaw);
}

/**
 * Brings the records of one caller in step with the calls that are known: one open record with all the calls since
 * somebody was last reached, closed by itself when the caller got through or was called back. In whichever order the
 * calls become known, the records come to tell the same. `facts` are all calls of the caller since the first that
 * stands in an open record. What somebody decided (`notNeeded`, called back offline) stays.
 */
export function reconcileMissed(
  caller: string,
  stored: readonly StoredMissedCall[],
  facts: readonly CallFact[],
): MissedCallWrite[] {
  const journeys = journeysOf(facts);
  const decided = new Set(
    stored
      .filter(({ fields }) => fields.outcome === 'notNeeded')
      .flatMap(({ fields }) => fields.callRefs),
  );
  const left = stored.filter(({ fields }) => fields.outcome !== 'notNeeded');
  const ids = new Set(stored.map(({ id }) => id));
  const writes: MissedCallWrite[] = [];
  const taken = new Set<string>();
  const counted = new Set<string>();
  for (const episode of episodesOf(journeys.filter(({ callRef }) => !decided.has(callRef)))) {
    for (const { callRef } of episode.journeys) counted.add(callRef);
    const refs = episode.journeys.map(({ callRef }) => callRef);
    const held = left.find(
      ({ id, fields }) => !taken.has(id) && fields.callRefs.some((ref) => refs.includes(ref)),
    );
    if (held) taken.add(held.id);
    writes.push(
      ...(held ? changeOf(held, episode) : [made(freeId(caller, refs[0] ?? '', ids), episode)]),
    );
  }
  for (const record of left) {
    const gone = taken.has(record.id) ? null : emptied(record, { journeys, counted });
    if (gone) writes.push(gone);
  }
  return writes;
}

/**
 * Another desk's word came: none of its calls was missed, or they are counted in another record, since a call began
 * earlier than was known.
 */
function emptied(
  { id, fields }: StoredMissedCall,
  { journeys, counted }: { journeys: readonly Journey[]; counted: ReadonlySet<string> },
): MissedCallWrite | null {
  const known = journeys.filter(({ callRef }) => fields.callRefs.includes(callRef));
  const isGone = fields.callRefs.length > 0 && known.length === fields.callRefs.length;
  const isItsOwn = ({ callRef, reachedAt }: Journey) => reachedAt === null && !counted.has(callRef);
  if (!isGone || known.some(isItsOwn)) return null;
  const handledAt = known.findLast(({ reachedAt }) => reachedAt !== null)?.reachedAt;
  return {
    id,
    isNew: false,
    fields: {
      ...{ state: 'handled', outcome: 'calledAgain', callRefs: [] },
      handledAt: handledAt ?? fields.lastAt,
    },
  };
}

function journeysOf(facts: readonly CallFact[]): Journey[] {
  const byRef = new Map<string, Journey>();
  for (const fact of facts) {
    const key = `${fact.direction} ${fact.callRef}`;
    const known = byRef.get(key);
    const part: Journey = {
      callRef: fact.callRef,
      direction: fact.direction,
      at: fact.offeredAt,
      reachedAt: reachedAt(fact),
      ended: fact.endedAt !== null,
      fact,
    };
    byRef.set(key, known ? together(known, part) : part);
  }
  return [...byRef.values()].toSorted((a, b) => a.at - b.at || (a.callRef < b.callRef ? -1 : 1));
}

function reachedAt({ answeredAt, result, offeredAt }: CallFact): number | null {
  if (answeredAt !== null) return answeredAt;
  // Another desk took it, whose word may not be here yet.
  return result === 'elsewhere' || result === 'answered' ? offeredAt : null;
}

function together(a: Journey, b: Journey): Journey {
  const reached = [a.reachedAt, b.reachedAt].filter((at) => at !== null);
  const first = a.at < b.at || (a.at === b.at && a.fact.queueId !== null) ? a : b;
  return {
    ...first,
    reachedAt: reached.length === 0 ? null : Math.min(...reached),
    ended: a.ended && b.ended,
  };
}

function isMissed({ direction, reachedAt, ended }: Journey): boolean {
  return direction === 'in' && reachedAt === null && ended;
}

function episodesOf(journeys: readonly Journey[]): Episode[] {
  const reaches = journeys
    .flatMap((journey) =>
      journey.reachedAt === null ? [] : [{ at: journey.reachedAt, outcome: outcomeOf(journey) }],
    )
    .toSorted((a, b) => a.at - b.at || (a.outcome < b.outcome ? -1 : 1));
  const episodes: Episode[] = [];
  for (const journey of journeys.filter(isMissed)) {
    const handled = reaches.find(({ at }) => at >= journey.at) ?? null;
    const last = episodes.at(-1);
    if (last && last.handled?.at === handled?.at) last.journeys.push(journey);
    else episodes.push({ journeys: [journey], handled });
  }
  return episodes;
}

function outcomeOf({ direction }: Journey): MissedCallOutcome {
  return direction === 'in' ? 'calledAgain' : 'calledBack';
}

function factsOf({ journeys }: Episode) {
  const newest = journeys.at(-1)?.fact;
  const known = <T>(read: (fact: CallFact) => T | null): T | null =>
    journeys
      .toReversed()
      .map(({ fact }) => read(fact))
      .find((value) => value !== null) ?? null;
  return {
    numberKey: newest?.numberKey ?? null,
    numberRaw: newest?.numberRaw ?? '',
    customerId: known(({ customerId }) => customerId),
    queueId: known(({ queueId }) => queueId),
    firstAt: journeys[0]?.at ?? 0,
    lastAt: journeys.at(-1)?.at ?? 0,
    callRefs: journeys.map(({ callRef }) => callRef).slice(-mostRefs),
  };
}

/** A record that began with this call may have gone over to earlier ones. */
function freeId(caller: string, callRef: string, ids: Set<string>): string {
  let id = missedCallIdOf(caller, callRef);
  while (ids.has(id)) id = missedCallIdOf(caller, id);
  ids.add(id);
  return id;
}

function made(id: string, episode: Episode): MissedCallWrite {
  const { handled } = episode;
  return {
    id,
    isNew: true,
    fields: {
      ...factsOf(episode),
      state: handled ? 'handled' : 'open',
      ownerId: null,
      ownerName: null,
      handledAt: handled?.at ?? null,
      outcome: handled?.outcome ?? null,
      note: '',
    },
  };
}

function changeOf({ id, fields }: StoredMissedCall, episode: Episode): MissedCallWrite[] {
  const { handled } = episode;
  const state = handled
    ? { state: 'handled' as const, handledAt: handled.at, outcome: handled.outcome }
    : {};
  const next = { ...factsOf(episode), ...state };
  const changed = Object.entries(next).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(fields[name as keyof MissedCall]),
  );
  return changed.length === 0 ? [] : [{ id, isNew: false, fields: Object.fromEntries(changed) }];
}
