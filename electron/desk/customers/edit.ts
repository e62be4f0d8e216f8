import type { CustomerEdit } from '#shared/contract/methods/customers.ts';
import type { Customer, ProfileValue } from '#shared/domain/customers/customer.ts';
import { localDate } from '#shared/domain/localDate.ts';
import type { LocalChange } from '../../cache/cache.ts';
import { fieldChanged, type Source } from './fieldHistory.ts';
import { type CustomerParts, customerOf, formOf, misfit } from './parts.ts';
import { readName, readNote, readProfile, readTags } from './typedValues.ts';

/** The record's own fields as they are stored. */
function ownFields(edit: CustomerEdit): Partial<Customer> {
  const { kind, name, tags, pinnedNote, callHours, doNotCall } = edit;
  if (callHours && (callHours.from >= callHours.to || callHours.days.length === 0)) {
    throw misfit('callHours', 'noHours');
  }
  return {
    ...(kind !== undefined && { kind }),
    ...(name !== undefined && { name: readName(name) }),
    ...(tags !== undefined && { tags: readTags(tags) }),
    ...(pinnedNote !== undefined && { pinnedNote: readNote(pinnedNote) }),
    ...(callHours !== undefined && { callHours }),
    ...(doNotCall !== undefined && { doNotCall }),
  };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * The changes that an edit makes, with an entry of history for each field. A value that is given as it was counts
 * as found still right. Throws `invalid-input` with field and problem; then nothing is changed.
 */
export function editChanges(
  parts: CustomerParts,
  customerId: string,
  edit: CustomerEdit,
  source: Source,
): LocalChange[] {
  const [id, held] = customerOf(parts, customerId);
  const own = Object.entries(ownFields(edit)).filter(
    ([name, value]) => !same(value, held[name as keyof Customer]),
  );
  const currency = parts.configuration()?.currency ?? 'CNY';
  const values = readProfile(edit.profile ?? {}, formOf(parts), currency);
  const profile: Record<string, ProfileValue> = {};
  const history: LocalChange[] = own.map(([field, after]) =>
    fieldChanged(parts, id, { field, before: held[field as keyof Customer], after, source }),
  );
  for (const [fieldId, value] of values) {
    const before = Object.hasOwn(held.profile, fieldId) ? held.profile[fieldId] : undefined;
    if (value === '' && (before?.value ?? '') === '') continue;
    const verifiedOn = value === '' ? null : localDate(parts.clock.now());
    profile[fieldId] = { value, verifiedOn, source };
    const field = `profile.${fieldId}`;
    history.push(
      fieldChanged(parts, id, { field, before: before?.value ?? null, after: value, source }),
    );
  }
  const fields = {
    ...Object.fromEntries(own),
    ...(Object.keys(profile).length > 0 && { profile }),
  };
  if (Object.keys(fields).length === 0) return [];
  return [{ entity: 'customer', id, fields }, ...history];
}

/** A value of the form is found still right today. */
export function verifyChanges(
  parts: CustomerParts,
  customerId: string,
  fieldId: string,
  source: Source,
): LocalChange[] {
  const [id, { profile }] = customerOf(parts, customerId);
  const held = Object.hasOwn(profile, fieldId) ? profile[fieldId] : undefined;
  if (!held || held.value === '') throw misfit(`profile.${fieldId}`, 'blank');
  const { value } = held;
  const verified = { value, verifiedOn: localDate(parts.clock.now()), source: held.source };
  return [
    { entity: 'customer', id, fields: { profile: { [fieldId]: verified } } },
    fieldChanged(parts, id, { field: `profile.${fieldId}`, before: value, after: value, source }),
  ];
}
