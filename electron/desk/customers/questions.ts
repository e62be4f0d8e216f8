import type { InputOf } from '#shared/contract/contract.ts';
import type { DripQuestionView } from '#shared/contract/methods/customers.ts';
import { dripQuestions } from '#shared/domain/customers/drip.ts';
import { newId } from '#shared/domain/ids.ts';
import type { LocalChange } from '../../cache/cache.ts';
import { editChanges } from './edit.ts';
import { type CustomerParts, customerOf, formOf, misfit } from './parts.ts';

/** What to ask the customer in passing (滴灌式对话); the rules are in shared/domain/customers/drip.ts. */
export function questionsFor(parts: CustomerParts, customerId: string): DripQuestionView[] {
  const { cache, clock } = parts;
  const [id, { kind, profile }] = customerOf(parts, customerId);
  const { refusedMonths } = cache.part('customerForm');
  const answers = cache.customers.dripAnswers(cache.groupOf(id));
  const asked = { kind, profile, fields: formOf(parts), answers, refusedMonths };
  return dripQuestions({ ...asked, now: clock.now() }).map(({ fieldId, why }) => ({
    ...{ fieldId, why },
    held: Object.hasOwn(profile, fieldId) ? (profile[fieldId]?.value ?? null) : null,
  }));
}

/**
 * What became of a question, and the value where it was answered. An answer is kept even where the question is not
 * asked any more, since somebody else has asked it meanwhile.
 */
export function answerChanges(
  parts: CustomerParts,
  { customerId, fieldId, outcome, value, callId }: InputOf<'customers.answer'>,
): LocalChange[] {
  const { clock, user } = parts;
  const [id] = customerOf(parts, customerId);
  if (!formOf(parts).some((field) => field.id === fieldId)) {
    throw misfit(`profile.${fieldId}`, 'unknownField');
  }
  const values =
    outcome === 'answered'
      ? editChanges(parts, id, { profile: { [fieldId]: value ?? '' } }, 'drip')
      : [];
  if (outcome === 'answered' && values.length === 0) throw misfit(`profile.${fieldId}`, 'blank');
  const fields = { customerId: id, fieldId, outcome, at: clock.now(), byId: user.id, callId };
  return [{ entity: 'dripAnswer', id: newId(), fields }, ...values];
}
