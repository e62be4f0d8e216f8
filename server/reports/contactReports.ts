import { type AnswerSheet, answerSheetSchema } from '#shared/domain/feedback/feedback.ts';
import {
  addTallies,
  noSheets,
  satisfactionOf,
  type Tally,
  withSheet,
} from '#shared/domain/feedback/satisfaction.ts';
import {
  addFirstContacts,
  type Case,
  type CaseContact,
  casesOf,
  type FirstContactFigures,
  figuresOf,
  firstContactRate,
  noCases,
  quietMs,
} from '#shared/domain/metrics/firstContact.ts';
import { catalogue } from '#shared/domain/reports/catalogue.ts';
import {
  type ContactRow,
  readContactsMade,
  readSheetsMade,
} from '../store/reports/reportRecords.ts';
import { edgesOf, type Frame, intervalIndex, teamOf } from './frame.ts';
import { provisionOf } from './provision.ts';
import { type Bucket, figures, type Sums, type Table } from './tables.ts';
import { isOne } from './ticketReports.ts';

export type Matter = Case<CaseContact & ContactRow>;

/** Cases first contacted in the range, by the agent of the first contact. */
export async function casesIn(frame: Frame, range = frame.range): Promise<Matter[]> {
  const { db, now, agentIds } = frame;
  const reach = { from: range.from - quietMs, to: range.to + quietMs + 1 };
  const contacts = (await readContactsMade(db, reach)).map((row) => ({
    ...row,
    categoryId: row.dispositionId,
    resolved: row.result === 'resolved',
  }));
  return casesOf(contacts, now).filter(
    ({ first }) => first.at >= range.from && first.at < range.to && isOne(agentIds, first.agentId),
  );
}

const caseSums: Sums<FirstContactFigures> = {
  nothing: noCases,
  add: addFirstContacts,
  isProvisional: ({ provisional }) => provisional > 0,
  cells: (sum) => ({
    cases: sum.cases,
    resolvedAtOnce: sum.atOnce,
    firstContactRate: firstContactRate(sum),
    provisionalCases: sum.provisional,
  }),
};

/**
 * First-contact resolution (shared/domain/metrics/firstContact.ts): a case counts where it began, and is
 * provisional for 7 days.
 */
export async function firstContactReport(frame: Frame): Promise<Table> {
  const edges = edgesOf(frame);
  const cases = await casesIn(frame);
  const buckets = cases.map((one) => ({
    interval: intervalIndex(edges, one.first.at),
    group: caseGroup(frame, one),
    sum: figuresOf(one),
  }));
  const { rows, totals } = figures(frame, catalogue.firstContact.columns, buckets, caseSums);
  const young = cases
    .filter(({ provisional }) => provisional)
    .map(({ first }) => first.at + quietMs);
  const last = young.reduce((latest, at) => Math.max(latest, at), 0);
  // Whoever comes first this evening is not certain before a week from then.
  const until = frame.range.to > frame.now ? frame.range.to + quietMs : last;
  return {
    rows,
    totals,
    provisional: provisionOf(
      frame,
      young.length > 0 || frame.range.to > frame.now ? [{ reason: 'firstContact', until }] : [],
    ),
    notes: frame.request.groupBy === 'team' ? ['teamsOfToday'] : [],
  };
}

/** The group of a case by what is asked for: id, null for nobody, undefined where there are no groups. */
export function caseGroup(frame: Frame, { first }: Matter): string | null | undefined {
  switch (frame.request.groupBy) {
    case 'disposition':
      return first.dispositionId;
    case 'agent':
      return first.agentId;
    case 'team':
      return teamOf(frame, first.agentId);
    default:
      return undefined;
  }
}

export interface Sheet extends AnswerSheet {
  id: string;
}

/** Answers that the filters let through, by when they were given. */
export async function sheetsOf(frame: Frame, range = frame.range): Promise<Sheet[]> {
  const { db, agentIds, queueIds, categoryIds } = frame;
  const rows = await readSheetsMade(db, range);
  return rows.flatMap(({ id, fields }) => {
    const read = answerSheetSchema.safeParse(fields);
    if (!read.success) return [];
    const { agentId, queueId, categoryId } = read.data;
    const fits =
      isOne(agentIds, agentId) && isOne(queueIds, queueId) && isOne(categoryIds, categoryId);
    return fits ? [{ ...read.data, id }] : [];
  });
}

const sheetSums: Sums<Tally> = {
  nothing: noSheets,
  add: addTallies,
  isProvisional: () => false,
  cells(tally) {
    const { sheets, scores, mean, topShare, satisfiedShare } = satisfactionOf(tally);
    return { sheets, scores, meanScore: mean, topShare, satisfiedShare };
  },
};

/** Satisfaction (shared/domain/feedback/satisfaction.ts), by when the answers were given. */
export async function satisfactionReport(frame: Frame): Promise<Table> {
  const edges = edgesOf(frame);
  const buckets: Bucket<Tally>[] = (await sheetsOf(frame)).map((sheet) => ({
    interval: intervalIndex(edges, sheet.at),
    group: sheetGroup(frame, sheet),
    sum: withSheet(noSheets, sheet),
  }));
  const { rows, totals } = figures(frame, catalogue.satisfaction.columns, buckets, sheetSums);
  return {
    rows,
    totals,
    provisional: provisionOf(frame, []),
    notes: frame.request.groupBy === 'team' ? ['teamsOfToday'] : [],
  };
}

/** The group of answers: id, null for none, undefined where there are no groups. */
export function sheetGroup(
  frame: Frame,
  { agentId, queueId, categoryId }: Sheet,
): string | null | undefined {
  switch (frame.request.groupBy) {
    case 'agent':
      return agentId;
    case 'team':
      return teamOf(frame, agentId);
    case 'queue':
      return queueId;
    case 'category':
      return categoryId;
    default:
      return undefined;
  }
}
