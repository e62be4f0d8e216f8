import type { z } from 'zod';
import { newId } from '#shared/domain/ids.ts';
import { mayDo } from '#shared/domain/permissions.ts';
import { problemOf } from '#shared/domain/reports/request.ts';
import { type NewSavedReport, newSavedReportSchema } from '#shared/domain/reports/savedReport.ts';
import { nextDue } from '#shared/domain/reports/schedule.ts';
import { ok } from '#shared/result.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { SavedReport, savedListSchema, saveReportSchema } from '#shared/sync/reports.ts';
import { makeOnce, type Repeatable } from '../store/programs/madeRequests.ts';
import {
  findSaved,
  putSaved,
  readRuns,
  readSaved,
  removeSaved,
  type SavedRow,
} from '../store/reports/reportSaved.ts';
import type { Db, Tx } from '../store/store.ts';
import type { DeliveryOptions } from './deliver.ts';
import type { ReportFont } from './files/font.ts';
import { ReportRefusal } from './refusal.ts';
import type { Schedules } from './schedules.ts';

/** Saved reports: own ones, and those for everybody. */
export interface SavedReports {
  list(user: SignedInUser): Promise<z.infer<typeof savedListSchema>>;
  /** Throws `ReportRefusal`. */
  save(
    user: SignedInUser,
    wish: z.infer<typeof saveReportSchema>,
    repeatable?: Repeatable | null,
  ): Promise<SavedReport>;
  remove(user: SignedInUser, id: string): Promise<void>;
  deliver(user: SignedInUser, id: string): Promise<SavedReport>;
}

export function createSavedReports(
  db: Db,
  {
    now,
    delivery,
    font,
    schedules,
  }: {
    now: () => number;
    delivery: DeliveryOptions;
    font: ReportFont | null;
    schedules: Schedules;
  },
): SavedReports {
  async function viewOf(id: string): Promise<SavedReport> {
    const row = await findSaved(db, id);
    if (!row) throw new ReportRefusal('not-found', 'no such report');
    const [view] = await viewsOf(db, [row]);
    if (!view) throw new ReportRefusal('not-found', 'this version cannot read the report');
    return view;
  }

  function assertPossible({ delivery: to, schedule, request }: NewSavedReport): void {
    const problem = problemOf(request);
    if (problem) throw new ReportRefusal('invalid-input', problem);
    if (schedule && !to) throw new ReportRefusal('invalid-input', 'delivery-needed');
    if (to?.to === 'mail' && !delivery.mail) {
      throw new ReportRefusal('delivery-absent', 'SMTP_URL is not set');
    }
    if (to?.to === 'folder' && delivery.folder === null) {
      throw new ReportRefusal('delivery-absent', 'REPORTS_DIR is not set');
    }
  }

  return {
    async list(user) {
      const rows = await readSaved(db, user.id);
      return {
        reports: await viewsOf(db, rows),
        delivers: {
          mail: delivery.mail !== null,
          folder: delivery.folder !== null,
          pdf: font !== null,
        },
      };
    },
    async save(user, { id, version, report }, repeatable = null) {
      const manages = mayDo(user.role, 'reports.manage');
      if (!manages && (report.shared || report.schedule !== null)) {
        throw new ReportRefusal('forbidden', 'this role saves reports for itself only');
      }
      assertPossible(report);
      const put = async (tx: Tx) => {
        const savedId = id ?? newId();
        const former = id === null ? null : await findSaved(tx, id, { lock: true });
        if (id !== null) {
          if (!former || !maySee(user, former))
            throw new ReportRefusal('not-found', 'no such report');
          assertMayChange(user, former);
          if (former.version !== version) throw new ReportRefusal('conflict', 'changed meanwhile');
        }
        await putSaved(tx, {
          ...report,
          id: savedId,
          version: (former?.version ?? 0) + 1,
          byId: user.id,
          byName: user.name,
          changedAt: now(),
          nextAt: report.schedule && nextDue(report.schedule, now()),
        });
        await schedules.changed(tx);
        return ok(savedId);
      };
      const saved = await db
        .transaction()
        .execute((tx) => makeOnce(tx, repeatable, now(), () => put(tx)));
      if (!saved.ok) throw new ReportRefusal(saved.error.code, saved.error.message);
      return viewOf(saved.value);
    },
    async remove(user, id) {
      await db.transaction().execute(async (tx) => {
        const former = await findSaved(tx, id, { lock: true });
        if (!former || !maySee(user, former))
          throw new ReportRefusal('not-found', 'no such report');
        assertMayChange(user, former);
        await removeSaved(tx, id);
      });
    },
    async deliver(user, id) {
      const saved = await findSaved(db, id);
      if (!saved || !maySee(user, saved)) throw new ReportRefusal('not-found', 'no such report');
      assertMayChange(user, saved);
      if (!saved.delivery) throw new ReportRefusal('state-not-allowed', 'it is delivered nowhere');
      await db.transaction().execute((tx) => schedules.wish(tx, id));
      return viewOf(id);
    },
  };
}

const maySee = (user: SignedInUser, { shared, byId }: SavedRow) => shared || byId === user.id;

function assertMayChange(user: SignedInUser, { shared, byId }: SavedRow): void {
  if (!shared && byId === user.id) return;
  if (shared && mayDo(user.role, 'reports.manage')) return;
  throw new ReportRefusal('forbidden', 'this report is for everybody');
}

/** Reports that another version wrote in a way this one does not know are left out. */
async function viewsOf(db: Db, rows: readonly SavedRow[]): Promise<SavedReport[]> {
  const runs = Map.groupBy(
    await readRuns(
      db,
      rows.map(({ id }) => id),
    ),
    ({ savedId }) => savedId,
  );
  return rows.flatMap((row) => {
    const read = newSavedReportSchema.safeParse(row);
    if (!read.success) return [];
    const { id, version, byId, byName, changedAt, nextAt } = row;
    const ofReport = (runs.get(id) ?? []).map(({ savedId: _, ...run }) => run);
    return [{ ...read.data, id, version, byId, byName, changedAt, nextAt, runs: ofReport }];
  });
}
