import { noAgentCounts } from '#shared/domain/metrics/agentFigures.ts';
import { catalogue } from '#shared/domain/reports/catalogue.ts';
import type { ReportNote } from '#shared/sync/reports.ts';
import { sumAgentCells, sumAgentTime, sumQueueCells } from '../store/calls/callCells.ts';
import { hasDeskEntries } from '../store/reports/reportRows.ts';
import { agentSums, type CallSums, noCalls, queueSums } from './callFigures.ts';
import { edgesOf, type Frame, teamOf } from './frame.ts';
import { callProvision } from './provision.ts';
import { type Bucket, figures, type Table } from './tables.ts';

/** What entered the queues, by interval. Work on calls that no queue brought is in the report of agents. */
export async function queueReport(frame: Frame): Promise<Table> {
  const { db, queueIds, request } = frame;
  const edges = edgesOf(frame);
  const byQueue = request.groupBy === 'queue';
  const [cells, work, byDesks, provisional] = await Promise.all([
    sumQueueCells(db, { edges, queueIds, byQueue }),
    // By queue in any case: what has none is left out.
    sumAgentCells(db, { edges, queueIds, byAgent: false, byQueue: true }),
    hasDeskEntries(db, frame.range),
    callProvision(frame),
  ]);
  const group = (queueId: string | null) => (byQueue ? queueId : undefined);
  const buckets: Bucket<CallSums>[] = [
    ...cells.map(({ interval, queueId, counts, answeredHere }) => ({
      interval,
      group: group(queueId),
      sum: { ...noCalls, counts, answeredHere },
    })),
    ...work
      .filter(({ queueId }) => queueId !== null)
      .map(({ interval, queueId, counts }) => ({
        interval,
        group: group(queueId),
        sum: { ...noCalls, agents: counts },
      })),
  ];
  const { rows, totals, total } = figures(frame, catalogue.queues.columns, buckets, queueSums);
  const notes: ReportNote[] = ['longestIsNoSum'];
  if (total.counts.unseen > 0) notes.push('unseen');
  if (byDesks) notes.push('toldByDesks');
  return { rows, totals, provisional, notes };
}

/** Calls and time of agents, by interval; time belongs to no queue, so that it is not shown by queue. */
export async function agentReport(frame: Frame): Promise<Table> {
  const { request, queueIds } = frame;
  const { groupBy } = request;
  const byQueue = groupBy === 'queue';
  const withoutTime = byQueue || queueIds !== null;
  const sums = withoutTime ? { ...agentSums, cells: withoutTimeCells } : agentSums;
  const buckets = await agentBuckets(frame, !withoutTime);
  const { rows, totals } = figures(frame, catalogue.agents.columns, buckets, sums);
  const notes: ReportNote[] = ['noSchedule'];
  if (withoutTime) notes.push('timeNotByQueue');
  if (groupBy === 'team' || request.filters.teamIds.length > 0) notes.push('teamsOfToday');
  return { rows, totals, provisional: await callProvision(frame), notes };
}

/** Sums of agents by interval and by what the report is grouped by. */
export async function agentBuckets(frame: Frame, withTime: boolean): Promise<Bucket<CallSums>[]> {
  const { db, agentIds, queueIds, request, now } = frame;
  const edges = edgesOf(frame);
  const { groupBy } = request;
  const byAgent = groupBy === 'agent' || groupBy === 'team';
  const byQueue = groupBy === 'queue';
  const [calls, times]: [
    Awaited<ReturnType<typeof sumAgentCells>>,
    Awaited<ReturnType<typeof sumAgentTime>>,
  ] = await Promise.all([
    sumAgentCells(db, { edges, agentIds, queueIds, byAgent, byQueue }),
    withTime ? sumAgentTime(db, { edges, agentIds, byAgent, now }) : [],
  ]);
  const group = (agentId: string | null, queueId: string | null) => {
    if (groupBy === 'agent') return agentId;
    if (groupBy === 'team') return teamOf(frame, agentId);
    return byQueue ? queueId : undefined;
  };
  return [
    ...calls.map(({ interval, agentId, queueId, counts }) => ({
      interval,
      group: group(agentId, queueId),
      sum: { ...noCalls, agents: counts },
    })),
    ...times.map(({ interval, agentId, time }) => ({
      interval,
      group: group(agentId, null),
      sum: { ...noCalls, agents: noAgentCounts, time },
    })),
  ];
}

function withoutTimeCells(sum: CallSums) {
  const cells = agentSums.cells(sum);
  for (const column of catalogue.agents.columns) {
    if (column.drill === 'stretches') cells[column.id] = null;
  }
  return cells;
}
