import { z } from 'zod';
import { type WrapUpDraft, wrapUpDraftSchema } from '#shared/contract/models/calls.ts';
import { missingOf, type WrapUpDemand, type WrapUpGap } from '#shared/domain/calls/wrapUpRules.ts';
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
  tags: [],
  ticketIds: [],
  customerId: null,
};

const { shape } = wrapUpDraftSchema;
const storedSchema = z
  .object({
    ...shape,
    notes: z.string(),
    followUpText: z.string(),
    tags: z.array(z.string()),
    ticketIds: z.array(z.string()),
    customerId: z.string().nullable(),
  })
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

/** What the form does not ask for: from the call, and from the rules of its queue. */
export interface WrapUpGiven {
  customerId: string | null;
  ticketIds: readonly string[];
  demands: readonly WrapUpDemand[];
  /** A date that was saved before may have passed. */
  keptAt?: number | null;
}

const nothingGiven: WrapUpGiven = { customerId: null, ticketIds: [], demands: [] };

/** The moment of the follow-up: as typed, or as it was saved and not touched since. */
function momentOf(fields: WrapUpFields, now: number, keptAt: number | null): number | null {
  const text = fields.followUpText.trim();
  if (text === '') return null;
  if (keptAt !== null && text === typedForm(keptAt)) return keptAt;
  return followUp(text, now).followUpAt;
}

/**
 * What still has to be done before the wrap-up can be finished, in the order of the form. The date
 * is read again at `now`: one that was typed an hour ago may have passed.
 */
export function openFields(
  fields: WrapUpFields,
  now: number,
  given: WrapUpGiven = nothingGiven,
): WrapUpGap[] {
  const followUpAt = momentOf(fields, now, given.keptAt ?? null);
  const filled = {
    ...fields,
    followUpAt,
    customerId: given.customerId ?? fields.customerId,
    ticketIds: [...given.ticketIds, ...fields.ticketIds],
  };
  const open = new Set(missingOf(filled, given.demands));
  if (fields.followUpText.trim() !== '' && followUpAt === null) open.add('followUpAt');
  if (fields.notes.length > maxTextLength) open.add('notes');
  return order.filter((field) => open.has(field));
}

/** The order in which the fields stand in the form. */
const order: readonly WrapUpGap[] = [
  'dispositionId',
  'result',
  'followUpAt',
  'notes',
  'customer',
  'ticket',
  'tags',
];

/** What is sent to the desk. */
export function draftOf(
  fields: WrapUpFields,
  now: number,
  keptAt: number | null = null,
): WrapUpDraft {
  const { dispositionId, result, notes, tags, ticketIds, customerId } = fields;
  return {
    dispositionId,
    result,
    notes: notes.normalize('NFC'),
    followUpAt: momentOf(fields, now, keptAt),
    tags,
    ticketIds,
    customerId,
  };
}
