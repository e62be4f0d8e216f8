import { type NumberType, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { isChinaMobile } from './china.ts';
import type { ParsedNumber } from './types.ts';

/** What hangs on the line. `other`: neither, such as a service number. */
export type LineKind = 'mobile' | 'landline' | 'other';

const kinds: Partial<Record<NonNullable<NumberType>, LineKind | null>> = {
  MOBILE: 'mobile',
  FIXED_LINE: 'landline',
  // North America gives both the same blocks.
  FIXED_LINE_OR_MOBILE: null,
};

/** What a number says of its line by itself; null where it does not tell, or is not complete. */
export function lineKindOf({ kind, e164, country, national = '' }: ParsedNumber): LineKind | null {
  if (kind === 'short') return 'other';
  if (e164 === undefined) return null;
  if (country === 'CN') return isChinaMobile(national) ? 'mobile' : 'landline';
  const type = parsePhoneNumberFromString(e164)?.getType();
  if (type === undefined) return null;
  const known = kinds[type];
  return known === undefined ? 'other' : known;
}
