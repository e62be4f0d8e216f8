import { z } from 'zod';
import { type WrapUpDraft, wrapUpDraftSchema } from '#shared/contract/models.ts';
import { missingInWrapUp } from '#shared/domain/call.ts';
import { maxTextLength } from '#shared/domain/primitives.ts';
import { parseWhen, typedForm } from '../fields/when.ts';

/**
 * The wrap-up form's fields. The stored draft has this form: the desk reads the part that it knows
 * (`WrapUpDraft`) when the time runs out, and `followUpText` keeps what was typed of a date.
 */
export interface WrapUpFields extends WrapUpDraft {
  followUpText: string;
}

export const emptyWrapUp: WrapUpFields = {
  dispositionId: null,
  result: null,
  notes: '',
  followUpAt: null,
  followUpText: '',
};

const storedSchema = wrapUpDraftSchema
  .extend({ notes: z.string(), followUpText: z.string() })
  .partial();

/** Reads a stored draft; null where there is none or it cannot be read. */
export function readWrapUpDraft(stored: unknown): Partial<WrapUpFields> | null {
  const read = storedSchema.safeParse(stored);
  if (!read.success) return null;
  const known = Object.entries(read.data).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Partial<WrapUpFields>;
}

/** What a parked call already has, as fields of the form. */
export function fieldsOf(draft: WrapUpDraft | null): WrapUpFields {
  if (!draft) return emptyWrapUp;
  const followUpText = draft.followUpAt === null ? '' : typedForm(draft.followUpAt);
  return { ...draft, followUpText };
}

/** The typed date with the moment it means at `now`, ms UTC; null while it means none. */
export function followUp(
  text: string,
  now: number,
): Pick<WrapUpFields, 'followUpText' | 'followUpAt'> {
  const read = parseWhen(text, now);
  return { followUpText: text, followUpAt: read.ok ? read.at : null };
}

export type WrapUpField = 'dispositionId' | 'result' | 'followUpAt' | 'notes';

/**
 * What still has to be done before the wrap-up can be finished, in the order of the form. The date
 * is read again at `now`: one that was typed an hour ago may have passed.
 */
export function openFields(fields: WrapUpFields, now: number): WrapUpField[] {
  const { followUpAt } = followUp(fields.followUpText, now);
  const open: WrapUpField[] = missingInWrapUp({ ...fields, followUpAt });
  const unread = fields.followUpText.trim() !== '' && followUpAt === null;
  if (unread && !open.includes('followUpAt')) open.push('followUpAt');
  if (fields.notes.length > maxTextLength) open.push('notes');
  return open;
}

/** What is sent to the desk. */
export function draftOf(fields: WrapUpFields, now: number): WrapUpDraft {
  const { dispositionId, result, notes } = fields;
  const typedDate =
    fields.followUpText.trim() === '' ? null : followUp(fields.followUpText, now).followUpAt;
  return { dispositionId, result, notes: notes.normalize('NFC'), followUpAt: typedDate };
}
