import { DeskError } from '../../result.ts';
import { type Complaint, type ComplaintStage, complaintStages } from './complaint.ts';
import type { Level, TicketPriority } from './ticket.ts';

export const complaintTexts = ['remedySought', 'rootCause', 'correctiveAction'] as const;
export type ComplaintText = (typeof complaintTexts)[number];

/** What has to be written down before a stage is reached (ISO 10002:2018, 8.2 to 8.8). */
const needs: Partial<Record<ComplaintStage, readonly ComplaintText[]>> = {
  assessed: ['remedySought'],
  investigated: ['rootCause'],
  responded: ['correctiveAction'],
};

/** Where a complaint goes on whose ticket is opened again: what was found out did not satisfy. */
const stageOfReopened: ComplaintStage = 'investigated';

type Staged = Pick<Complaint, 'stage' | 'stagesAt'>;
export type StagedComplaint = Staged & Pick<Complaint, ComplaintText>;

const rankOf = (stage: ComplaintStage) => complaintStages.indexOf(stage);

/** Stages behind the one that was reached, in their order. */
export function stagesAhead({ stage }: Pick<Complaint, 'stage'>): ComplaintStage[] {
  return complaintStages.slice(rankOf(stage) + 1);
}

/** Fields that are still empty and needed before `to`, in the order of the stages; none for a stage reached already. */
export function missingForStage(complaint: StagedComplaint, to: ComplaintStage): ComplaintText[] {
  return stagesAhead(complaint)
    .filter((stage) => rankOf(stage) <= rankOf(to))
    .flatMap((stage) => needs[stage] ?? [])
    .filter((field) => complaint[field].trim() === '');
}

/**
 * The complaint at a later stage; stages that are passed over on the way are reached at the same time (ms UTC).
 * Throws `state-not-allowed` for a stage that is not ahead, `missing-field` (details: `field`).
 */
export function atStage(complaint: StagedComplaint, to: ComplaintStage, at: number): Staged {
  if (rankOf(to) <= rankOf(complaint.stage)) {
    throw new DeskError('state-not-allowed', `${to} is not ahead of ${complaint.stage}`);
  }
  const [missing] = missingForStage(complaint, to);
  if (missing) throw new DeskError('missing-field', `${missing} is needed`, { field: missing });
  const reached = stagesAhead(complaint).filter((stage) => rankOf(stage) <= rankOf(to));
  return {
    stage: to,
    stagesAt: { ...complaint.stagesAt, ...Object.fromEntries(reached.map((one) => [one, at])) },
  };
}

/** As far towards `to` as what was written down allows; null where that is no step at all. */
export function asFarAs(complaint: StagedComplaint, to: ComplaintStage, at: number): Staged | null {
  const next = stagesAhead(complaint)
    .filter((stage) => rankOf(stage) <= rankOf(to))
    .findLast((stage) => missingForStage(complaint, stage).length === 0);
  return next ? atStage(complaint, next, at) : null;
}

/** The complaint of a ticket that was opened again; null where it had not come further. */
export function reopened(complaint: Staged): Staged | null {
  if (rankOf(complaint.stage) <= rankOf(stageOfReopened)) return null;
  const kept = Object.entries(complaint.stagesAt).filter(
    ([stage]) => rankOf(stage as ComplaintStage) <= rankOf(stageOfReopened),
  );
  return { stage: stageOfReopened, stagesAt: Object.fromEntries(kept) };
}

/**
 * Why a change of a complaint is not allowed, for whoever takes it in; null: it is. Stages go forward, except back to
 * the investigation when the ticket is opened again; none is reached without what it needs.
 */
export function complaintRefusal(
  held: Record<string, unknown>,
  change: Record<string, unknown>,
): string | null {
  const after = { ...held, ...change } as unknown as Complaint;
  const before = held as unknown as Complaint;
  if (after.stage === before.stage) return null;
  if (rankOf(after.stage) < rankOf(before.stage)) {
    return after.stage === stageOfReopened ? null : 'a complaint goes forward only';
  }
  const [missing] = missingForStage({ ...after, stage: before.stage }, after.stage);
  return missing ? `${missing} is needed before ${after.stage}` : null;
}

const weight: Record<Level, number> = { low: 1, medium: 2, high: 3 };

/** Priority proposed for a complaint: severity × impact, each 1 to 3; from 6 urgent, from 3 major. */
export function complaintPriority(severity: Level, impact: Level): TicketPriority {
  const product = weight[severity] * weight[impact];
  if (product >= 6) return 'urgent';
  return product >= 3 ? 'major' : 'normal';
}
