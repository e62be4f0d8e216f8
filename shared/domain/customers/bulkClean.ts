import type { BulkAction } from '../../contract/methods/quality.ts';
import { parseNumber } from '../numbers/parse.ts';
import type { HomeCountry } from '../numbers/types.ts';
import type { ContactPoint, Customer } from './customer.ts';

/** One value that an action would change, as it stands and as it would be. */
export interface CleanChange {
  entity: 'customer' | 'contactPoint';
  id: string;
  /** What is written to that record. */
  fields: Partial<Customer> | Partial<ContactPoint>;
  /** As in a field's history: `name`, `tags`, `profile.<id>`, `contactPoint.<id>.normal`. */
  field: string;
  /** JSON, as in a field's history. */
  before: string;
  after: string;
}

export interface Cleaned {
  id: string;
  customer: Pick<Customer, 'name' | 'tags' | 'profile'>;
  points: readonly ({ id: string } & Pick<ContactPoint, 'kind' | 'raw' | 'normal' | 'extension'>)[];
}

const mostTags = 50;

/** What the action changes of one customer; empty where nothing is to be done. */
export function cleanChanges(
  act: BulkAction,
  cleaned: Cleaned,
  { home, today }: { home: HomeCountry; today: string },
): CleanChange[] {
  switch (act.action) {
    case 'tidyNames':
      return nameChange(cleaned);
    case 'normaliseNumbers':
      return cleaned.points.flatMap((point) => numberChange(point, home));
    case 'setField':
      return valueChange(cleaned, act.fieldId, act.value, act.onlyEmpty, today);
    case 'clearField':
      return valueChange(cleaned, act.fieldId, '', false, today);
    case 'addTag':
      return tagChange(cleaned, (tags) => (tags.includes(act.tag) ? tags : [...tags, act.tag]));
    case 'removeTag':
      return tagChange(cleaned, (tags) => tags.filter((tag) => tag !== act.tag));
  }
}

/** Full-width letters, digits and signs become plain ones; blanks at the ends and doubled ones go. */
export function tidyName(name: string): string {
  return name
    .replace(/[！-～]/gu, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) - 0xfee0))
    .replace(/\s+/gu, ' ')
    .trim();
}

function nameChange({ id, customer: { name } }: Cleaned): CleanChange[] {
  const tidy = tidyName(name);
  if (tidy === name || tidy === '') return [];
  return [customerChange(id, 'name', { name: tidy }, name, tidy)];
}

function numberChange(point: Cleaned['points'][number], home: HomeCountry): CleanChange[] {
  if (point.kind !== 'phone') return [];
  const parsed = parseNumber(point.raw, home);
  const normal = parsed.matchKeys.exactKey;
  if (normal === undefined || normal === point.normal) return [];
  return [
    {
      entity: 'contactPoint',
      id: point.id,
      fields: { normal },
      field: `contactPoint.${point.id}.normal`,
      before: JSON.stringify(point.normal),
      after: JSON.stringify(normal),
    },
  ];
}

function valueChange(
  { id, customer: { profile } }: Cleaned,
  fieldId: string,
  value: string,
  onlyEmpty: boolean,
  today: string,
): CleanChange[] {
  const held = Object.hasOwn(profile, fieldId) ? profile[fieldId] : undefined;
  const before = held?.value ?? '';
  if (before === value || (onlyEmpty && before !== '')) return [];
  const next = { value, verifiedOn: value === '' ? null : today, source: 'bulk' };
  // A change carries the key it changes alone: the others merge by themselves.
  const fields = { profile: Object.fromEntries([[fieldId, next]]) };
  return [customerChange(id, `profile.${fieldId}`, fields, before, value)];
}

function tagChange(
  { id, customer: { tags } }: Cleaned,
  change: (tags: string[]) => string[],
): CleanChange[] {
  const next = change(tags);
  if (next.length === tags.length || next.length > mostTags) return [];
  return [customerChange(id, 'tags', { tags: next }, tags, next)];
}

function customerChange(
  id: string,
  field: string,
  fields: Partial<Customer>,
  before: unknown,
  after: unknown,
): CleanChange {
  const [was, is] = [JSON.stringify(before), JSON.stringify(after)];
  return { entity: 'customer', id, fields, field, before: was, after: is };
}
