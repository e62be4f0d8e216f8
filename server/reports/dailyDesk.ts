import type { z } from 'zod';
import { newId } from '#shared/domain/ids.ts';
import { mayDo } from '#shared/domain/permissions.ts';
import type { DailySubject, DailyTarget } from '#shared/domain/reports/dailyTargets.ts';
import { noFilters, type ReportRequest } from '#shared/domain/reports/request.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type {
  DailyReport,
  dailyListSchema,
  dailyReadSchema,
  dailyTargetsSchema,
  dailyWriteSchema,
} from '#shared/sync/reports.ts';
import { readViewer } from '../store/feed/scope.ts';
import { addDailyEntry, addDailyTarget, readDailyTargets } from '../store/reports/reportDaily.ts';
import type { Db } from '../store/store.ts';
import { dailyReports } from './daily.ts';
import { openFrame } from './frame.ts';
import { ReportRefusal } from './refusal.ts';

/** 营业日报表: figures and targets of the day, and what people write to it. */
export interface DailyDesk {
  /** Throws `ReportRefusal`. */
  read(
    user: SignedInUser,
    wish: z.infer<typeof dailyReadSchema>,
  ): Promise<z.infer<typeof dailyListSchema>>;
  write(user: SignedInUser, wish: z.infer<typeof dailyWriteSchema>): Promise<DailyReport>;
  setTarget(user: SignedInUser, target: DailyTarget): Promise<z.infer<typeof dailyTargetsSchema>>;
}

export function createDailyDesk(db: Db, now: () => number): DailyDesk {
  async function reportsOf(
    user: SignedInUser,
    { date, zone }: { date: string; zone: string },
    groupBy: 'agent' | 'team',
    subject: DailySubject | null,
  ): Promise<DailyReport[]> {
    const request: ReportRequest = {
      report: 'daily',
      range: { kind: 'days', from: date, to: date },
      ...{ zone, interval: 'day', groupBy, language: 'zh-CN' },
      filters: {
        ...noFilters,
        agentIds: subject?.kind === 'agent' ? [subject.id] : [],
        teamIds: subject?.kind === 'team' ? [subject.id] : [],
      },
    };
    const viewer = await readViewer(db, user);
    const frame = await openFrame(db, request, { viewer, now: now() });
    const reports = await dailyReports(frame);
    return subject === null ? reports : reports.filter((one) => one.subject.id === subject.id);
  }

  async function one(
    user: SignedInUser,
    day: { date: string; zone: string },
    subject: DailySubject,
  ): Promise<DailyReport> {
    const [report] = await reportsOf(user, day, subject.kind, subject);
    if (!report) throw new ReportRefusal('not-found', 'nobody to report on');
    return report;
  }

  return {
    async read(user, { date, zone, subject }) {
      const day = { date, zone };
      const readsAll = mayDo(user.role, 'reports.read');
      if (subject !== null) {
        if (!readsAll && !isSelf(user, subject)) throw notYours();
        return { reports: [await one(user, day, subject)], generatedAt: now() };
      }
      if (readsAll) {
        const teams = await reportsOf(user, day, 'team', null);
        const agents = await reportsOf(user, day, 'agent', null);
        return { reports: [...teams, ...agents], generatedAt: now() };
      }
      const own = await one(user, day, { kind: 'agent', id: user.id });
      return { reports: [own], generatedAt: now() };
    },
    async write(user, { date, zone, subject, problems, plan, basedOn }) {
      if (!isSelf(user, subject) && !mayDo(user.role, 'reports.manage')) throw notYours();
      // Before anything is kept: there has to be somebody it is about.
      await one(user, { date, zone }, subject);
      const stored = await addDailyEntry(db, {
        ...{ id: newId(), date, subject, problems, plan, basedOn },
        ...{ byId: user.id, byName: user.name, at: now() },
      });
      if (!stored) throw new ReportRefusal('conflict', 'somebody has written meanwhile');
      return one(user, { date, zone }, subject);
    },
    async setTarget(user, target) {
      const by = { byId: user.id, byName: user.name, at: now() };
      await addDailyTarget(db, { ...target, id: newId(), ...by });
      return { targets: await readDailyTargets(db) };
    },
  };
}

const isSelf = (user: SignedInUser, { kind, id }: DailySubject) =>
  kind === 'agent' && id === user.id;

const notYours = () => new ReportRefusal('forbidden', 'this role reads its own daily report only');
