import type { VisitOutcome } from '#shared/domain/feedback/feedback.ts';
import type { Answers } from '#shared/domain/feedback/questionnaires.ts';

/** What is typed of a visit until it is saved. */
export interface VisitDraft {
  answers: Answers;
  outcome: VisitOutcome | null;
  note: string;
  callId: string | null;
}

export const emptyVisit: VisitDraft = { answers: {}, outcome: null, note: '', callId: null };

/** A draft as it was stored, as far as it can be read. */
export function readVisit(stored: unknown): Partial<VisitDraft> | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const { answers, outcome, note, callId } = stored as Record<string, unknown>;
  const isAnswers = typeof answers === 'object' && answers !== null && !Array.isArray(answers);
  return {
    ...(isAnswers && { answers: onlyAnswers(answers) }),
    ...((outcome === 'satisfied' || outcome === 'unsatisfied') && { outcome }),
    ...(typeof note === 'string' && { note }),
    ...(typeof callId === 'string' && { callId }),
  };
}

function onlyAnswers(answers: object): Answers {
  const entries = Object.entries(answers).filter(([, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value),
  );
  return Object.fromEntries(entries) as Answers;
}
