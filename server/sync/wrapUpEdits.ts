import { isDeepStrictEqual } from 'node:util';
import { wrapUpSchema } from '#shared/domain/calls/call.ts';
import { editableUntil, editedFields } from '#shared/domain/calls/wrapUpRules.ts';
import { usualWrapUpRules, type WrapUpRules } from '#shared/domain/settings/wrapUps.ts';
import type { ReceivedOperation } from '../store/operations.ts';
import type { StoredRecord } from '../store/records.ts';
import type { Refusal } from './rules.ts';

/** Does it depend on the centre's rule for wrap-ups? What is saved for the first time says when. */
export function mayEditWrapUp({ entity, baseVersion, fields }: ReceivedOperation): boolean {
  return entity === 'wrapUp' && (baseVersion !== null || !Object.hasOwn(fields, 'savedAt'));
}

export interface JudgedEdit {
  refusal: Refusal | null;
  /** The operation with the whole history of the wrap-up. */
  operation: ReceivedOperation;
}

/**
 * May a saved wrap-up still be changed? Its author is checked elsewhere; here it is the time, by the stamp of
 * the change: one that was made in time and comes late because the desk was away is taken. Its history only
 * grows, and it stays saved when it was, whatever a desk says. A wrap-up that is new here is taken whenever it comes.
 */
export function judgeWrapUp(
  operation: ReceivedOperation,
  held: StoredRecord | null,
  rules: WrapUpRules = usualWrapUpRules,
): JudgedEdit {
  if (!held) return { refusal: null, operation };
  const own = sinceSaved(operation, held);
  const isEdit = changesWords(operation.fields, held.fields);
  if (!isEdit && !Object.hasOwn(operation.fields, 'edits'))
    return { refusal: null, operation: own };
  const { savedAt } = held.fields;
  const late = typeof savedAt === 'number' && madeAt(operation) > editableUntil({ savedAt }, rules);
  if (isEdit && late) return { refusal: tooLate, operation };
  return { refusal: null, operation: withHistory(own, held) };
}

const tooLate: Refusal = {
  reason: 'state-not-allowed',
  message: 'the time in which this wrap-up may be changed is over',
};

function changesWords(fields: Record<string, unknown>, held: Record<string, unknown>): boolean {
  return editedFields.some(
    (name) => Object.hasOwn(fields, name) && !isDeepStrictEqual(fields[name], held[name]),
  );
}

/** When the desk made it, ms UTC: the beginning of its stamp. */
function madeAt({ clock }: ReceivedOperation): number {
  return Number.parseInt(clock.slice(0, 12), 16);
}

/** The time in which it may be changed begins once: whoever saves it anew does not begin it again. */
function sinceSaved(operation: ReceivedOperation, held: StoredRecord): ReceivedOperation {
  const { savedAt } = held.fields;
  if (typeof savedAt !== 'number' || !Object.hasOwn(operation.fields, 'savedAt')) return operation;
  return { ...operation, fields: { ...operation.fields, savedAt } };
}

function withHistory(operation: ReceivedOperation, held: StoredRecord): ReceivedOperation {
  const schema = wrapUpSchema.shape.edits;
  const before = schema.safeParse(held.fields.edits);
  const given = schema.safeParse(operation.fields.edits);
  if (!before.success || before.data.length === 0) return operation;
  const added = given.success
    ? given.data.filter((edit) => !before.data.some((one) => isDeepStrictEqual(one, edit)))
    : [];
  const edits = [...before.data, ...added].sort((a, b) => a.at - b.at).slice(-50);
  return { ...operation, fields: { ...operation.fields, edits } };
}
