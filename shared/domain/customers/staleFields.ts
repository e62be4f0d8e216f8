import type { FormField } from '../settings/customerForm.ts';
import type { ProfileValue } from './customer.ts';
import { askedFor } from './drip.ts';

export interface StaleFields {
  missing: string[];
  stale: string[];
  /** What it is worth to know all of them. */
  worth: number;
}

/** Fields of the form that are worth something and empty, or confirmed too long ago. `today` is `YYYY-MM-DD`. */
export function staleFieldsOf(
  {
    kind,
    profile,
  }: { kind: 'person' | 'company'; profile: Readonly<Record<string, ProfileValue>> },
  fields: readonly FormField[],
  today: string,
): StaleFields {
  const found: StaleFields = { missing: [], stale: [], worth: 0 };
  for (const field of fields) {
    if (field.retired || field.worth === 0 || !field.kinds.includes(kind)) continue;
    const held = Object.hasOwn(profile, field.id) ? profile[field.id] : undefined;
    const why = askedFor(field, held, today);
    if (why === null) continue;
    found[why].push(field.id);
    found.worth += field.worth;
  }
  return found;
}
