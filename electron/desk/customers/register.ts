import type { NewCustomer } from '#shared/contract/methods/customers.ts';
import type { ProfileValue } from '#shared/domain/customers/customer.ts';
import { localDate } from '#shared/domain/localDate.ts';
import type { LocalChange } from '../../cache/cache.ts';
import { sourceOf } from './fieldHistory.ts';
import { type CustomerParts, formOf, misfit } from './parts.ts';
import { newPoint } from './points.ts';
import { readName, readNote, readProfile } from './typedValues.ts';

/**
 * The records of a new customer. Throws `invalid-input` with field and problem: `name`, `points.<index>`,
 * `profile.<id>`, where a required one may be missing (`required`).
 */
export function registration(parts: CustomerParts, id: string, input: NewCustomer): LocalChange[] {
  const now = parts.clock.now();
  const today = localDate(now);
  const source = sourceOf(input.callId);
  const form = formOf(parts);
  const values = readProfile(input.profile, form, parts.configuration()?.currency ?? 'CNY');
  const missing = form.find(
    ({ id: fieldId, required, retired, kinds }) =>
      required && !retired && kinds.includes(input.kind) && !values.get(fieldId),
  );
  const name = readName(input.name);
  if (missing) throw misfit(`profile.${missing.id}`, 'required');
  const given = [...values].filter(([, value]) => value !== '');
  const profile = Object.fromEntries(
    given.map(([fieldId, value]): [string, ProfileValue] => [
      fieldId,
      { value, verifiedOn: today, source },
    ]),
  );
  return [
    {
      entity: 'customer',
      id,
      fields: {
        ...{ no: null, kind: input.kind, name, valueClass: 'B', since: today, tags: [], profile },
        ...{ pinnedNote: readNote(input.pinnedNote), createdAt: now, createdBy: parts.user.id },
      },
    },
    ...onePreferred(input.points).map((point, at) => newPoint(parts, id, point, `points.${at}`)),
  ];
}

/** The first one marked of each kind; among numbers the first one where none is marked. */
function onePreferred(points: NewCustomer['points']): NewCustomer['points'] {
  const first = new Map<string, number>();
  points.forEach(({ kind, preferred }, at) => {
    if (preferred && !first.has(kind)) first.set(kind, at);
  });
  const phone = points.findIndex(({ kind }) => kind === 'phone');
  if (!first.has('phone') && phone >= 0) first.set('phone', phone);
  return points.map((point, at) => ({ ...point, preferred: first.get(point.kind) === at }));
}
