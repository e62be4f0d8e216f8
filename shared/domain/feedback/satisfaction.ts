import type { AnswerSheet } from './feedback.ts';
import { scoresOf } from './questionnaires.ts';

/** What is counted of an answer sheet. */
export type CountedSheet = Pick<
  AnswerSheet,
  'agentId' | 'agentName' | 'queueId' | 'categoryId' | 'answers' | 'questions' | 'outcome' | 'at'
>;

/** Customer satisfaction (CSAT): mean of the scores of 1 to 5, and the share of 4 and 5. Rates are 0 to 1. */
export interface Satisfaction {
  sheets: number;
  scores: number;
  mean: number | null;
  topShare: number | null;
  /** Share of customers who said to be satisfied. */
  satisfiedShare: number | null;
}

export interface Tally {
  sheets: number;
  satisfied: number;
  scores: number;
  sum: number;
  top: number;
}

export const noSheets: Tally = { sheets: 0, satisfied: 0, scores: 0, sum: 0, top: 0 };

export function addTallies(a: Tally, b: Tally): Tally {
  return {
    sheets: a.sheets + b.sheets,
    satisfied: a.satisfied + b.satisfied,
    scores: a.scores + b.scores,
    sum: a.sum + b.sum,
    top: a.top + b.top,
  };
}

/** Counts one more sheet; tallies of several groups add up to that of all. */
export function withSheet(tally: Tally, sheet: CountedSheet): Tally {
  const scores = scoresOf(sheet.questions, sheet.answers);
  return {
    sheets: tally.sheets + 1,
    satisfied: tally.satisfied + (sheet.outcome === 'satisfied' ? 1 : 0),
    scores: tally.scores + scores.length,
    sum: tally.sum + scores.reduce((sum, score) => sum + score, 0),
    top: tally.top + scores.filter((score) => score >= 4).length,
  };
}

export function satisfactionOf({ sheets, satisfied, scores, sum, top }: Tally): Satisfaction {
  return {
    sheets,
    scores,
    mean: scores === 0 ? null : sum / scores,
    topShare: scores === 0 ? null : top / scores,
    satisfiedShare: sheets === 0 ? null : satisfied / sheets,
  };
}

export const satisfactionGroups = ['agent', 'queue', 'category', 'day'] as const;
export type SatisfactionGroup = (typeof satisfactionGroups)[number];

export interface GroupedSatisfaction extends Satisfaction {
  /** Id of the agent, queue or category, or the day (`YYYY-MM-DD`); null: nobody, none. */
  key: string | null;
  /** Of agents, as the newest sheet has it. */
  name: string | null;
}

/** Satisfaction of all the sheets, and of each group of them: days in their order, others those with most sheets first. */
export function satisfactionBy(
  group: SatisfactionGroup,
  sheets: Iterable<CountedSheet>,
  dayOf: (at: number) => string,
): { all: Satisfaction; groups: GroupedSatisfaction[] } {
  let all = noSheets;
  const tallies = new Map<string | null, { tally: Tally; name: string | null; at: number }>();
  for (const sheet of sheets) {
    all = withSheet(all, sheet);
    const key = keyOf(group, sheet, dayOf);
    const held = tallies.get(key) ?? { tally: noSheets, name: null, at: -1 };
    const newer = sheet.at >= held.at;
    tallies.set(key, {
      tally: withSheet(held.tally, sheet),
      name: group === 'agent' && newer ? sheet.agentName : held.name,
      at: newer ? sheet.at : held.at,
    });
  }
  const groups = [...tallies].map(([key, { tally, name }]) => ({
    key,
    name,
    ...satisfactionOf(tally),
  }));
  const byKey = (a: GroupedSatisfaction, b: GroupedSatisfaction) =>
    String(a.key) < String(b.key) ? -1 : 1;
  groups.sort((a, b) => (group === 'day' ? byKey(a, b) : b.sheets - a.sheets || byKey(a, b)));
  return { all: satisfactionOf(all), groups };
}

function keyOf(
  group: SatisfactionGroup,
  sheet: CountedSheet,
  dayOf: (at: number) => string,
): string | null {
  switch (group) {
    case 'agent':
      return sheet.agentId;
    case 'queue':
      return sheet.queueId;
    case 'category':
      return sheet.categoryId;
    case 'day':
      return dayOf(sheet.at);
  }
}
