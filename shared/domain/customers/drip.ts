import { localDate, monthsAway } from '../localDate.ts';
import type { FormField } from '../settings/customerForm.ts';
import type { DripAnswer, ProfileValue } from './customer.ts';

/** Questions asked of one customer in a day, by whomever. */
export const dripLimit = 2;

export interface DripQuestion {
  fieldId: string;
  /** `stale`: there is a value, last confirmed too long ago. */
  why: 'missing' | 'stale';
}

export interface DripOptions {
  kind: 'person' | 'company';
  profile: Readonly<Record<string, ProfileValue>>;
  fields: readonly FormField[];
  /** What became of questions before, of any agent. */
  answers: readonly DripAnswer[];
  /** A refused question is not asked again for so many months. */
  refusedMonths: number;
  /** ms UTC; days are those of this machine. */
  now: number;
}

/** Why a value is worth asking for; null: it is there and fresh. */
export function askedFor(
  field: Pick<FormField, 'staleAfterMonths'>,
  held: ProfileValue | undefined,
  today: string,
): DripQuestion['why'] | null {
  if (!held || held.value.trim() === '') return 'missing';
  if (field.staleAfterMonths === null) return null;
  if (held.verifiedOn === null) return 'stale';
  return monthsAway(held.verifiedOn, field.staleAfterMonths) <= today ? 'stale' : null;
}

/**
 * What to ask this customer beside the matter of the call (滴灌式对话): at most two questions in a day, none of them
 * twice, by whichever agent. What is worth most goes first, and at equal worth what is missing before what is
 * stale, then the order of the form. A refused question rests for months, one put off until another day.
 */
export function dripQuestions(options: DripOptions): DripQuestion[] {
  const { kind, profile, fields, answers, refusedMonths, now } = options;
  const today = localDate(now);
  const settledToday = new Set(
    answers.filter(({ at }) => localDate(at) === today).map(({ fieldId }) => fieldId),
  );
  const resting = new Set(
    answers
      .filter(({ outcome }) => outcome === 'refused')
      .filter(({ at }) => monthsAway(localDate(at), refusedMonths) > today)
      .map(({ fieldId }) => fieldId),
  );
  const left = Math.max(0, dripLimit - settledToday.size);
  return fields
    .flatMap((field, order) => {
      if (field.retired || field.question === null || field.worth === 0) return [];
      if (!field.kinds.includes(kind)) return [];
      if (settledToday.has(field.id) || resting.has(field.id)) return [];
      const why = askedFor(field, ownValue(profile, field.id), today);
      return why === null ? [] : [{ fieldId: field.id, why, worth: field.worth, order }];
    })
    .sort(
      (a, b) =>
        b.worth - a.worth ||
        Number(b.why === 'missing') - Number(a.why === 'missing') ||
        a.order - b.order,
    )
    .slice(0, left)
    .map(({ fieldId, why }) => ({ fieldId, why }));
}

function ownValue(
  profile: Readonly<Record<string, ProfileValue>>,
  id: string,
): ProfileValue | undefined {
  return Object.hasOwn(profile, id) ? profile[id] : undefined;
}
