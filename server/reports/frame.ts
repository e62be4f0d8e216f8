import type { Configuration } from '#shared/domain/configuration.ts';
import { type Interval, intervalsIn } from '#shared/domain/metrics/interval.ts';
import { type Days, daysOf, instantsOf } from '#shared/domain/reports/range.ts';
import { problemOf, type ReportRequest } from '#shared/domain/reports/request.ts';
import { type Zone, zoneOf } from '#shared/domain/serviceLevels/zonedTime.ts';
import type { SupervisionRules } from '#shared/domain/settings/supervision.ts';
import { teamNamesIn } from '#shared/domain/settings/teams.ts';
import type { Viewer } from '#shared/domain/visibility.ts';
import { sightOf } from '#shared/domain/visibility.ts';
import { configurationOf } from '../importing/readContext.ts';
import { readPart } from '../store/configuration.ts';
import { type ReportUser, readReportUsers } from '../store/reports/reportRecords.ts';
import type { Db } from '../store/store.ts';
import { wordIn } from './words.ts';

/** A request that cannot be answered; the message is a `RequestProblem`. */
export class ReportRequestError extends Error {
  override readonly name = 'ReportRequestError';
}

/** Who asks may not see that. */
export class ReportScopeError extends Error {
  override readonly name = 'ReportScopeError';
}

/** All that a report is worked out with. */
export interface Frame {
  db: Db;
  request: ReportRequest;
  now: number;
  zone: Zone;
  days: Days;
  range: Interval;
  /** In their order, without gaps, cut at the edges of the range. */
  intervals: readonly Interval[];
  users: ReadonlyMap<string, ReportUser>;
  configuration: Configuration;
  rules: SupervisionRules;
  /** Agents the figures are about; null: all of them. */
  agentIds: readonly string[] | null;
  queueIds: readonly string[] | null;
  categoryIds: readonly string[] | null;
  names: Names;
}

export interface Names {
  agent(id: string): string;
  queue(id: string): string;
  team(id: string): string;
  category(id: string): string;
  disposition(id: string): string;
  word(list: string, name: string): string;
}

/**
 * Makes a frame. Throws ReportRequestError for what makes no sense or a zone that is unknown, ReportScopeError for
 * what `viewer` may not see. `now` in ms UTC.
 */
export async function openFrame(
  db: Db,
  request: ReportRequest,
  { viewer, now }: { viewer: Viewer; now: number },
): Promise<Frame> {
  const problem = problemOf(request);
  if (problem) throw new ReportRequestError(problem);
  const zone = zoneOf(request.zone);
  if (!zone) throw new ReportRequestError('zone-unknown');
  const days = daysOf(request.range, zone, now);
  const range = instantsOf(days, zone);
  const [people, configuration, rules, teams] = await Promise.all([
    readReportUsers(db),
    configurationOf(db),
    readPart(db, 'supervision'),
    readPart(db, 'teams'),
  ]);
  const users = new Map(people.map((user) => [user.id, user]));
  const { filters } = request;
  const listed = (ids: readonly string[]) => (ids.length === 0 ? null : ids);
  return {
    ...{ db, request, now, zone, days, range, users, configuration },
    intervals: cut(range, request, zone),
    rules,
    agentIds: agentsOf(request, users, viewer),
    queueIds: listed(filters.queueIds),
    categoryIds: listed(filters.categoryIds),
    names: {
      ...namesOf(users, configuration, request),
      team: teamNamesIn(teams, request.language),
    },
  };
}

function cut(range: Interval, { interval }: ReportRequest, zone: Zone): Interval[] {
  if (interval === 'whole') return [range];
  return intervalsIn(range, interval, zone).map(({ from, to }) => ({
    from: Math.max(from, range.from),
    to: Math.min(to, range.to),
  }));
}

/** The n + 1 instants at which the intervals begin and the last one ends. */
export function edgesOf({ intervals, range }: Pick<Frame, 'intervals' | 'range'>): number[] {
  return [...intervals.map(({ from }) => from), range.to];
}

/** Which of the intervals `at` lies in; -1: none. */
export function intervalIndex(edges: readonly number[], at: number): number {
  let low = 0;
  let high = edges.length - 1;
  if (high < 1 || at < (edges[0] ?? 0) || at >= (edges[high] ?? 0)) return -1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return low;
}

/** Those named, those of the teams named, and nobody whose calls the reader does not see. */
function agentsOf(
  { filters }: ReportRequest,
  users: ReadonlyMap<string, ReportUser>,
  viewer: Viewer,
): string[] | null {
  const ofTeams = [...users.values()]
    .filter(({ teamId }) => teamId !== null && filters.teamIds.includes(teamId))
    .map(({ id }) => id);
  const named =
    filters.agentIds.length === 0 && filters.teamIds.length === 0
      ? null
      : [...new Set([...filters.agentIds, ...ofTeams])];
  const sight = sightOf(viewer, 'call');
  if (sight === 'all') return named;
  if (sight === 'none') return [];
  return sight.ids.filter((id) => named?.includes(id) ?? true);
}

function namesOf(
  users: ReadonlyMap<string, ReportUser>,
  { queues, ticketCategories, dispositions }: Configuration,
  { language }: ReportRequest,
): Omit<Names, 'team'> {
  const queueNames = new Map(queues.map(({ id, name }) => [id, name[language]]));
  const path = (one: { path: { en: string; 'zh-CN': string }[] }) =>
    one.path.map((part) => part[language]).join(' / ');
  const categoryNames = new Map(ticketCategories.map((one) => [one.id, path(one)]));
  const dispositionNames = new Map(dispositions.map((one) => [one.id, path(one)]));
  return {
    agent: (id) => users.get(id)?.name ?? id.slice(0, 8),
    queue: (id) => queueNames.get(id) ?? id,
    category: (id) => categoryNames.get(id) ?? id,
    disposition: (id) => dispositionNames.get(id) ?? id,
    word: (list, name) => wordIn(language, list, name),
  };
}

/** The team a user is in today. */
export function teamOf({ users }: Pick<Frame, 'users'>, agentId: string | null): string | null {
  return agentId === null ? null : (users.get(agentId)?.teamId ?? null);
}
