import type { MatchKeys, NumberKind } from './types.ts';

/**
 * Seven digits: local numbers of most Chinese cities, North America and Britain have seven, so an
 * eight-digit key would never find "2823456" under 0773-2823456. Among a million customers seven digits
 * leave about one accidental candidate in ten look-ups, and `classifyMatch` removes it.
 */
export const SUFFIX_DIGITS = 7;

interface Keyed {
  kind: NumberKind;
  e164?: string;
  national?: string;
  /** Service number without area code. */
  code?: string;
}

/** The keys a number is stored under and looked up by. */
export function matchKeysOf({ kind, e164, national = '', code }: Keyed): MatchKeys {
  if (kind === 'e164' && e164 !== undefined) return { exactKey: e164, ...suffixOf(national) };
  if (kind === 'short') return { exactKey: `short:${national}`, suffixKey: code ?? national };
  if (kind === 'internal') return { exactKey: `int:${national}` };
  return kind === 'unknown' ? suffixOf(national) : {};
}

function suffixOf(digits: string): MatchKeys {
  return digits.length < SUFFIX_DIGITS ? {} : { suffixKey: digits.slice(-SUFFIX_DIGITS) };
}
