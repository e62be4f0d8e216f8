import {
  addTallies,
  noSheets,
  satisfactionOf,
  type Tally,
  withSheet,
} from '#shared/domain/feedback/satisfaction.ts';
import { noTime, occupancyOf, signedInMs } from '#shared/domain/metrics/agentTime.ts';
import { handleTimeMs } from '#shared/domain/metrics/handling.ts';
import { share } from '#shared/domain/metrics/queueFigures.ts';
import { catalogue } from '#shared/domain/reports/catalogue.ts';
import { cellText } from '#shared/domain/reports/cellText.ts';
import {
  type DailyMeasure,
  type DailySubject,
  dailyMeasureNames,
  dailyMeasures,
  isReached,
  targetsOn,
} from '#shared/domain/reports/dailyTargets.ts';
import { dateOfDay } from '#shared/domain/serviceLevels/zonedTime.ts';
import type { DailyReport } from '#shared/sync/reports.ts';
import {
  type DailyEntry,
  readDailyEntries,
  readDailyTargets,
} from '../store/reports/reportDaily.ts';
import { addCalls, type CallSums, noCalls } from './callFigures.ts';
import { agentBuckets } from './callReports.ts';
import { sheetGroup, sheetsOf } from './contactReports.ts';
import { edgesOf, type Frame, intervalIndex, teamOf } from './frame.ts';
import { callProvision } from './provision.ts';
import { cellsIn, type Table } from './tables.ts';
import {
  complaintsOf,
  type TicketSums,
  ticketGroup,
  ticketSums,
  ticketSumsOf,
  ticketsOf,
} from './ticketReports.ts';

interface DaySums {
  calls: CallSums;
  tickets: TicketSums;
  complaints: number;
  sheets: Tally;
}

const noDay: DaySums = {
  calls: noCalls,
  tickets: ticketSums.nothing,
  complaints: 0,
  sheets: noSheets,
};

function addDays(a: DaySums, b: DaySums): DaySums {
  return {
    calls: addCalls(a.calls, b.calls),
    tickets: ticketSums.add(a.tickets, b.tickets),
    complaints: a.complaints + b.complaints,
    sheets: addTallies(a.sheets, b.sheets),
  };
}

/** What a day is measured by. */
function valuesOf({
  calls,
  tickets,
  complaints,
  sheets,
}: DaySums): Record<DailyMeasure, number | null> {
  const { agents } = calls;
  const time = calls.time ?? noTime;
  return {
    answered: agents.answered,
    handled: agents.handled,
    handleTime: handleTimeMs(agents),
    afterCallTime: share(agents.afterCallMs, agents.handled),
    ringNoAnswers: agents.ringNoAnswers,
    signedInTime: signedInMs(time),
    occupancy: occupancyOf(time),
    ticketsCreated: tickets.created,
    ticketsResolved: tickets.resolved,
    complaints,
    meanScore: satisfactionOf(sheets).mean,
  };
}

/**
 * 营业日报表 of the agents or the teams (as the request is grouped) of the frame, a report for each day and each of them
 * that had something to do, wrote something, or is on the list of those who work. The frame has days as intervals.
 */
export async function dailyReports(frame: Frame): Promise<DailyReport[]> {
  const { db, intervals, zone, days, now, request } = frame;
  const kind = request.groupBy === 'team' ? ('team' as const) : ('agent' as const);
  const [held, entries, targets] = await Promise.all([
    sumsByDay(frame),
    readDailyEntries(db, days),
    readDailyTargets(db),
  ]);
  const written = new Map(entries.map((entry) => [keyOf(entry.date, entry.subject), entry]));
  return intervals.flatMap((interval, index) => {
    const date = dateOfDay(zone.dayOf(interval.from));
    const ofDay = held[index] ?? new Map<string, DaySums>();
    const wrote = entries.filter((entry) => entry.date === date && entry.subject.kind === kind);
    const ids = new Set([...ofDay.keys(), ...wrote.map(({ subject }) => subject.id)]);
    for (const id of usualSubjects(frame, kind)) ids.add(id);
    const reports = [...ids]
      .filter((id) => isInFrame(frame, kind, id))
      .map((id): DailyReport => {
        const subject: DailySubject = { kind, id };
        const values = valuesOf(ofDay.get(id) ?? noDay);
        const goals = targetsOn(targets, subject, date);
        const entry = written.get(keyOf(date, subject));
        return {
          ...{ date, zone: request.zone, subject },
          name: kind === 'agent' ? frame.names.agent(id) : frame.names.team(id),
          figures: dailyMeasureNames.map((measure) => {
            const target = goals.get(measure) ?? null;
            const value = values[measure];
            return {
              ...{ measure, value, target },
              reached: target === null ? null : isReached(measure, value, target),
            };
          }),
          entry: entry ? entryView(entry) : null,
          earlier: entry?.earlier ?? 0,
          provisional: interval.to > now,
        };
      });
    return reports.toSorted((a, b) => a.name.localeCompare(b.name, request.language));
  });
}

function entryView({ id, problems, plan, byId, byName, at }: DailyEntry) {
  return { id, problems, plan, byId, byName, at };
}

const keyOf = (date: string, { kind, id }: DailySubject) => JSON.stringify([date, kind, id]);

/** Sums of each day by agent or team. */
async function sumsByDay(frame: Frame): Promise<Map<string, DaySums>[]> {
  const edges = edgesOf(frame);
  const held = frame.intervals.map(() => new Map<string, DaySums>());
  const add = (interval: number, id: string | null | undefined, sums: Partial<DaySums>) => {
    const day = held[interval];
    if (!day || id === null || id === undefined) return;
    day.set(id, addDays(day.get(id) ?? noDay, { ...noDay, ...sums }));
  };
  for (const { interval, group, sum } of await agentBuckets(frame, true)) {
    add(interval, group, { calls: sum });
  }
  for (const ticket of await ticketsOf(frame)) {
    const sums = { tickets: ticketSumsOf(ticket) };
    add(intervalIndex(edges, ticket.createdAt), ticketGroup(frame, ticket), sums);
  }
  const byTeam = frame.request.groupBy === 'team';
  for (const { createdAt, firstContactId } of await complaintsOf(frame)) {
    const id = byTeam ? teamOf(frame, firstContactId) : firstContactId;
    add(intervalIndex(edges, createdAt), id, { complaints: 1 });
  }
  for (const sheet of await sheetsOf(frame)) {
    const sums = { sheets: withSheet(noSheets, sheet) };
    add(intervalIndex(edges, sheet.at), sheetGroup(frame, sheet), sums);
  }
  return held;
}

/** Agents who work here, and their teams. */
function usualSubjects({ users }: Frame, kind: DailySubject['kind']): string[] {
  const agents = [...users.values()].filter(({ active, role }) => active && role === 'agent');
  if (kind === 'agent') return agents.map(({ id }) => id);
  return [...new Set(agents.flatMap(({ teamId }) => (teamId === null ? [] : [teamId])))];
}

function isInFrame(
  { agentIds, users, request }: Frame,
  kind: DailySubject['kind'],
  id: string,
): boolean {
  if (agentIds === null) return true;
  if (kind === 'agent') return agentIds.includes(id);
  if (request.filters.teamIds.includes(id)) return true;
  return agentIds.some((agentId) => users.get(agentId)?.teamId === id);
}

/** The same as a table, for files and for what is sent. */
export async function dailyTable(frame: Frame): Promise<Table> {
  const { columns } = catalogue.daily;
  const { zone, names, request } = frame;
  const reports = await dailyReports(frame);
  const dayOf = new Map(
    frame.intervals.map((interval) => [dateOfDay(zone.dayOf(interval.from)), interval]),
  );
  const rows = reports.map((report) => {
    const values = Object.fromEntries(report.figures.map(({ measure, value }) => [measure, value]));
    const measured = report.figures.filter(({ reached }) => reached !== null);
    const missed = measured.filter(({ reached }) => reached === false);
    return {
      interval: dayOf.get(report.date) ?? null,
      group: { id: report.subject.id, name: report.name },
      cells: cellsIn(columns, {
        ...values,
        date: report.date,
        subject: report.name,
        targetsReached:
          measured.length === 0 ? null : `${measured.length - missed.length} / ${measured.length}`,
        targetsMissed: missed
          .map(({ measure, value, target }) => {
            const text = (one: number | null) => cellText(dailyMeasures[measure].type, one, zone);
            return `${names.word('column', measure)} ${text(value)} (${text(target)})`;
          })
          .join('; '),
        problems: report.entry?.problems ?? null,
        plan: report.entry?.plan ?? null,
        writtenBy: report.entry?.byName ?? null,
      }),
      provisional: report.provisional,
      link: null,
    };
  });
  return {
    rows,
    totals: null,
    provisional: await callProvision(frame),
    notes: request.groupBy === 'team' ? ['teamsOfToday'] : [],
  };
}
