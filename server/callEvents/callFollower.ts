import { callSchema, wrapUpSchema } from '#shared/domain/calls/call.ts';
import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import { agentIntervalSchema, presenceSchema } from '#shared/domain/user.ts';
import type { JobLog, Jobs } from '../jobs/jobs.ts';
import { createFeedFollower } from '../notify/feedFollower.ts';
import type { Follower } from '../notify/follower.ts';
import { readStampTimes } from '../store/calls/callEvents.ts';
import { readLastStretches } from '../store/calls/callStories.ts';
import type { MovedRecord } from '../store/feed/feedReaders.ts';
import { readRecords } from '../store/records.ts';
import type { Db, Tx } from '../store/store.ts';
import { eventsOfCall, eventsOfInterval, eventsOfPresence, eventsOfWrapUp } from './deskEvents.ts';
import { takeEvents } from './takeEvents.ts';
import { wishTargets } from './targetsJob.ts';

/** The board shows what an agent does within a second; the look takes no more than a third of the time. */
const pace = { restMs: 50, restPerWork: 2 };
/** No clock of a desk is further ahead; what claims to be is not believed, ms. */
const mostAheadMs = 24 * 60 * 60_000;

/** What desks tell of calls and agents with the records that they push. */
export function createCallFollower({
  db,
  jobs,
  now,
  log,
}: {
  db: Db;
  jobs: Jobs;
  now: () => number;
  log: JobLog;
}): Follower {
  async function follow(tx: Tx, moved: readonly MovedRecord[]): Promise<void> {
    const of = (entity: string) => moved.filter((record) => record.entity === entity);
    const limit = now() + mostAheadMs;
    const told = [
      ...(await ofCalls(tx, of('call'), of('wrapUp'))),
      ...of('agentInterval').flatMap(({ fields }) => {
        const read = agentIntervalSchema.safeParse(fields);
        return read.success ? eventsOfInterval(read.data) : [];
      }),
    ];
    await takeEvents(
      tx,
      told.filter(({ at }) => at < limit),
      now(),
    );
    const states = await ofPresences(tx, of('presence'));
    await takeEvents(
      tx,
      states.filter(({ at }) => at < limit),
      now(),
    );
    if (of('setting').some(({ fields }) => fields.key === 'supervision')) await wishTargets(tx);
  }

  /** What agents are doing already when this begins. */
  async function opened(tx: Tx): Promise<void> {
    await takeEvents(tx, await ofPresences(tx, await readPresences(tx)), now());
  }

  return createFeedFollower({
    ...{ db, jobs, log, pace, follow, opened },
    reader: 'callEvents',
    entities: ['call', 'wrapUp', 'agentInterval', 'presence', 'setting'],
    atOnce: 1_000,
    complaint: 'what desks tell of calls cannot be read',
  });
}

/** A wrap-up names its call by the record's id; either may have come first. */
async function ofCalls(
  tx: Tx,
  calls: readonly MovedRecord[],
  wrapUps: readonly MovedRecord[],
): Promise<CallEvent[]> {
  const ids = [...new Set([...calls, ...wrapUps].map(({ id }) => id))];
  if (ids.length === 0) return [];
  const [callRecords, wrapUpRecords] = [
    await readRecords(tx, 'call', ids),
    await readRecords(tx, 'wrapUp', ids),
  ];
  const refs = new Map<string, string>();
  const events: CallEvent[] = [];
  for (const { id, fields } of callRecords) {
    const call = callSchema.safeParse(fields);
    if (!call.success) continue;
    refs.set(id, call.data.callRef);
    events.push(...eventsOfCall(id, call.data));
  }
  for (const { id, fields } of wrapUpRecords) {
    const [wrapUp, callRef] = [wrapUpSchema.safeParse(fields), refs.get(id)];
    if (wrapUp.success && callRef !== undefined) {
      events.push(...eventsOfWrapUp(id, wrapUp.data, callRef));
    }
  }
  return events;
}

async function ofPresences(
  tx: Tx,
  presences: readonly { id: string; fields: Record<string, unknown> }[],
): Promise<CallEvent[]> {
  const known = presences.flatMap(({ id, fields }) => {
    const read = presenceSchema.safeParse(fields);
    return read.success && read.data.since > 0 ? [{ id, presence: read.data }] : [];
  });
  if (known.length === 0) return [];
  const ids = known.map(({ id }) => id);
  const last = await readLastStretches(
    tx,
    known.map(({ presence }) => presence.userId),
  );
  const toldAt = await readStampTimes(tx, 'presence', 'since', ids);
  return known.flatMap(({ id, presence }) =>
    eventsOfPresence(presence, toldAt.get(id) ?? presence.since, last.get(presence.userId) ?? null),
  );
}

async function readPresences(tx: Tx): Promise<{ id: string; fields: Record<string, unknown> }[]> {
  return tx
    .selectFrom('record')
    .select(['id', 'fields'])
    .where('entity', '=', 'presence')
    .execute();
}
