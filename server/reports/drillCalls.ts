import { type QueueEntry, waitMsOf } from '#shared/domain/metrics/queueEntry.ts';
import { countsOf, type QueueCounts } from '#shared/domain/metrics/queueFigures.ts';
import { targetsOf } from '#shared/domain/settings/supervision.ts';
import type { ReportLink } from '#shared/sync/reports.ts';
import {
  type CallParts,
  readCallParts,
  readCustomerNamesOf,
} from '../store/reports/reportRecords.ts';
import {
  type RowCursor,
  type RowFilter,
  readCallers,
  readEntries,
  readHandles,
  readRings,
  readStretches,
} from '../store/reports/reportRows.ts';
import type { Drill, DrillRow } from './drill.ts';
import type { Frame } from './frame.ts';
import { stretchCells } from './timeTable.ts';

/** Which entries a column is about: what it counts, or what it is a share or a mean of. */
const entryPicks: Record<string, (counts: QueueCounts) => boolean> = {
  answered: ({ answered }) => answered > 0,
  abandoned: ({ abandoned }) => abandoned > 0,
  shortAbandoned: ({ shortAbandoned }) => shortAbandoned > 0,
  callBacks: ({ callBacks }) => callBacks > 0,
  overflowed: ({ overflowed }) => overflowed > 0,
  unseen: ({ unseen }) => unseen > 0,
  waiting: ({ waiting }) => waiting > 0,
  answeredInTime: ({ answeredInTime }) => answeredInTime > 0,
  serviceLevel: ({ levelBase }) => levelBase > 0,
  answerSpeed: ({ answered }) => answered > 0,
  abandonRate: ({ offered, unseen }) => offered > unseen,
  abandonRateWithoutShort: ({ offered, unseen, shortAbandoned }) =>
    offered > unseen + shortAbandoned,
  transferred: ({ transferred }) => transferred > 0,
  transferRate: ({ answered }) => answered > 0,
  answeredHere: ({ answered }) => answered > 0,
};

/** What the database can leave out already. */
const endingOf: Record<string, string> = {
  answered: 'answered',
  answeredInTime: 'answered',
  answerSpeed: 'answered',
  transferred: 'answered',
  transferRate: 'answered',
  answeredHere: 'answered',
  abandoned: 'abandoned',
  shortAbandoned: 'abandoned',
  callBacks: 'callBack',
  overflowed: 'overflowed',
  unseen: 'unseen',
};

const scanSize = 1_000;

/** Entries into queues, page by page, those that the column counts by the very rule that counted them. */
export async function drillEntries(drill: Drill): Promise<DrillRow[]> {
  const { frame, column, range, limit } = drill;
  const { db, rules, now } = frame;
  const by = column === 'answeredHere' ? 'ended_at' : 'entered_at';
  const pick = entryPicks[column] ?? (() => true);
  const found: QueueEntry[] = [];
  let { after } = drill;
  for (;;) {
    const page = await readEntries(db, {
      ...range,
      ...rowFilter(drill),
      ...{ by, ending: endingOf[column] ?? null, after, limit: scanSize },
    });
    for (const entry of page) {
      if (pick(countsOf(entry, targetsOf(rules, entry.queueId), now))) found.push(entry);
    }
    const last = page.at(-1);
    if (found.length >= limit || page.length < scanSize || !last) break;
    after = cursorOf(last, by);
  }
  const entries = found.slice(0, limit);
  const known = await knownOf(frame, entries);
  return entries.map((entry) => ({
    cells: entryCells(frame, entry, known),
    link: known.linkOf(entry.callRef, entry.agentId),
    cursor: cursorOf(entry, by),
  }));
}

function cursorOf(entry: QueueEntry, by: 'entered_at' | 'ended_at'): RowCursor {
  return { at: by === 'entered_at' ? entry.enteredAt : (entry.endedAt ?? 0), id: entry.id };
}

function entryCells({ names, rules, now }: Frame, entry: QueueEntry, known: Known) {
  const { callRef, queueId, enteredAt, end, agentId, transferred } = entry;
  const counts = countsOf(entry, targetsOf(rules, queueId), now);
  const yesNo = (is: boolean) => names.word('word', is ? 'yes' : 'no');
  return {
    enteredAt,
    queue: names.queue(queueId),
    caller: known.numberOf(callRef),
    customer: known.customerOf(callRef, agentId),
    ending: names.word('ending', end ?? 'waiting'),
    wait: waitMsOf(entry, now),
    inTime: end === 'answered' ? yesNo(counts.answeredInTime > 0) : null,
    agent: agentId && names.agent(agentId),
    passedOn: end === 'answered' ? yesNo(transferred) : null,
  };
}

/** Agents' parts of calls behind a number of handled calls or of their times, by when after-call work ended. */
export async function drillHandles(drill: Drill): Promise<DrillRow[]> {
  const { frame, range, after, limit } = drill;
  const { names } = frame;
  const queued = frame.request.report === 'queues';
  const rows = await readHandles(frame.db, {
    ...range,
    ...rowFilter(drill),
    ...{ after, limit, queued },
  });
  const known = await knownOf(frame, rows);
  return rows.map((row) => ({
    cells: {
      beganAt: row.beganAt,
      doneAt: row.doneAt,
      agent: names.agent(row.agentId),
      queue: row.queueId && names.queue(row.queueId),
      direction: names.word('direction', row.direction),
      number: known.numberOf(row.callRef),
      customer: known.customerOf(row.callRef, row.agentId),
      talk: row.talkMs,
      hold: row.holdMs,
      afterCall: row.afterCallMs,
      dial: row.dialMs,
      endedBy: row.endedBy && names.word('ender', row.endedBy),
    },
    link: known.linkOf(row.callRef, row.agentId),
    cursor: { at: row.doneAt, id: row.id },
  }));
}

/** Offers behind a number of unanswered ones, by when the ringing ended. */
export async function drillRings(drill: Drill): Promise<DrillRow[]> {
  const { frame, range, after, limit } = drill;
  const { names } = frame;
  const queued = frame.request.report === 'queues';
  const rows = await readRings(frame.db, {
    ...range,
    ...rowFilter(drill),
    ...{ after, limit, queued },
  });
  const known = await knownOf(frame, rows);
  return rows.map(({ id, callRef, agentId, queueId, at }) => ({
    cells: {
      at,
      agent: names.agent(agentId),
      queue: queueId && names.queue(queueId),
      caller: known.numberOf(callRef),
      customer: known.customerOf(callRef, agentId),
    },
    link: known.linkOf(callRef, agentId),
    cursor: { at, id },
  }));
}

const statesOf: Record<string, readonly string[]> = {
  breakTime: ['break'],
  readyTime: ['ready'],
  ringingTime: ['ringing'],
  onCallTime: ['onCall'],
  wrapUpTime: ['wrapUp'],
};

/** Stretches of agents, cut at the edges of the interval as their sums are. */
export async function drillStretches(drill: Drill): Promise<DrillRow[]> {
  const { frame, column, range, after, limit } = drill;
  const states = statesOf[column] ?? null;
  const rows = await readStretches(frame.db, {
    ...range,
    ...rowFilter(drill),
    states,
    after,
    limit,
  });
  return rows.map((stretch) => {
    const from = Math.max(stretch.from, range.from);
    const to = Math.min(stretch.to ?? frame.now, range.to, frame.now);
    return {
      cells: stretchCells(frame, { ...stretch, from, to: Math.max(from, to) }),
      link: { kind: 'agent', agentId: stretch.agentId },
      cursor: { at: stretch.from, id: stretch.agentId },
    };
  });
}

/** What the filters and the group leave of queues and agents. */
function rowFilter({ frame, group }: Drill): Omit<RowFilter, 'from' | 'to'> {
  const { request, users } = frame;
  const filter: Omit<RowFilter, 'from' | 'to'> = {
    queueIds: frame.queueIds,
    agentIds: frame.agentIds,
  };
  if (group === undefined) return filter;
  const within = (all: readonly (string | null)[] | null, ids: (string | null)[]) =>
    all === null ? ids : ids.filter((id) => all.includes(id));
  switch (request.groupBy) {
    case 'queue':
      return { ...filter, queueIds: within(filter.queueIds, [group]) };
    case 'agent':
      return { ...filter, agentIds: within(filter.agentIds, [group]) };
    case 'team': {
      const all = [...users.values()];
      if (group === null) {
        // Without a team is also who has no account: an extension that nobody has.
        const inTeams = all.filter(({ teamId }) => teamId !== null).map(({ id }) => id);
        return { ...filter, exceptAgentIds: inTeams };
      }
      const ids = all.filter(({ teamId }) => teamId === group).map(({ id }) => id);
      return { ...filter, agentIds: within(filter.agentIds, ids) };
    }
    default:
      return filter;
  }
}

interface Known {
  numberOf(callRef: string): string | null;
  customerOf(callRef: string, agentId: string | null): string | null;
  linkOf(callRef: string, agentId: string | null): ReportLink;
}

/** What desks and the PBX know of these calls beside their times. */
async function knownOf({ db }: Frame, calls: readonly { callRef: string }[]): Promise<Known> {
  const refs = calls.map(({ callRef }) => callRef);
  const [parts, callers] = [await readCallParts(db, refs), await readCallers(db, refs)];
  const customerIds = [...parts.values()].flat().flatMap(({ customerId }) => customerId ?? []);
  const customers = await readCustomerNamesOf(db, customerIds);
  const partOf = (callRef: string, agentId: string | null): CallParts | null => {
    const all = parts.get(callRef) ?? [];
    return all.find((part) => part.agentId === agentId) ?? all[0] ?? null;
  };
  const customerId = (callRef: string, agentId: string | null) => {
    const own = partOf(callRef, agentId)?.customerId;
    const others = parts.get(callRef) ?? [];
    return own ?? others.find((part) => part.customerId !== null)?.customerId ?? null;
  };
  return {
    numberOf: (callRef) => callers.get(callRef) ?? partOf(callRef, null)?.numberRaw ?? null,
    customerOf: (callRef, agentId) => customers.get(customerId(callRef, agentId) ?? '') ?? null,
    linkOf: (callRef, agentId) => ({
      kind: 'call',
      callRef,
      agentId,
      callId: partOf(callRef, agentId)?.callId ?? null,
      customerId: customerId(callRef, agentId),
    }),
  };
}
