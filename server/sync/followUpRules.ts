import { type AnswerSheet, answerSheetSchema } from '#shared/domain/feedback/feedback.ts';
import {
  checkedAnswers,
  meanHundredths,
  scoresOf,
} from '#shared/domain/feedback/questionnaires.ts';
import type { MissedCall } from '#shared/domain/task.ts';
import { complaintStages } from '#shared/domain/tickets/complaint.ts';
import { complaintRefusal } from '#shared/domain/tickets/complaintStages.ts';
import { DeskError } from '#shared/result.ts';
import type { ReceivedOperation } from '../store/operations.ts';
import type { StoredRecord } from '../store/records.ts';
import type { Refusal } from './rules.ts';

/** What desks decide of a missed call; the rest follows from the calls themselves. */
const decidedOfMissed: readonly (keyof MissedCall)[] = [
  'state',
  'ownerId',
  'ownerName',
  'handledAt',
  'outcome',
  'note',
];

/** Rules of complaints, missed calls and answers, for fields that are valid already. Null: none is broken. */
export function refusalOfFollowUp(
  { entity, fields }: ReceivedOperation,
  held: StoredRecord | null,
): Refusal | null {
  switch (entity) {
    case 'complaint':
      return held ? ofComplaint(held.fields, fields) : ofNewComplaint(fields);
    case 'missedCall':
      return ofMissedCall(held, fields);
    case 'answerSheet':
      return held ? null : ofAnswers(fields);
    default:
      return null;
  }
}

function ofComplaint(
  held: Record<string, unknown>,
  change: Record<string, unknown>,
): Refusal | null {
  const message = complaintRefusal(held, change);
  return message === null ? null : { reason: 'state-not-allowed', message: `stage: ${message}` };
}

function ofNewComplaint({ stage }: Record<string, unknown>): Refusal | null {
  const [first] = complaintStages;
  if (stage === first) return null;
  return { reason: 'state-not-allowed', message: `stage: a complaint begins as ${first}` };
}

function ofMissedCall(held: StoredRecord | null, fields: Record<string, unknown>): Refusal | null {
  if (!held) return { reason: 'forbidden', message: 'missed calls are made by the server' };
  const fixed = Object.keys(fields).find(
    (name) =>
      !decidedOfMissed.some((one) => one === name) &&
      JSON.stringify(fields[name]) !== JSON.stringify(held.fields[name]),
  );
  return fixed ? { reason: 'forbidden', message: `${fixed}: follows from the calls` } : null;
}

function ofAnswers(fields: Record<string, unknown>): Refusal | null {
  const sheet: AnswerSheet = answerSheetSchema.parse(fields);
  try {
    const answers = checkedAnswers(sheet.questions, sheet.answers);
    const mean = meanHundredths(scoresOf(sheet.questions, answers));
    if (mean === sheet.scoreHundredths) return null;
    return { reason: 'invalid-fields', message: 'scoreHundredths: is not the mean of the scores' };
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    return { reason: 'invalid-fields', message: `answers: ${error.message}` };
  }
}
