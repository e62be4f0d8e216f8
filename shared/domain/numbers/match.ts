import { SUFFIX_DIGITS } from './keys.ts';
import type { ParsedNumber } from './types.ts';

export type NumberMatch = 'exact' | 'maybe' | 'none';

/**
 * How a number looked up relates to a number stored.
 * `exact`: the same number; a missing extension on either side does not count.
 * `maybe`: the same main number with another extension; or equal ends of at least seven digits where one
 * side is incomplete (no area code, unknown prefix) or was completed by assumption; or equal national
 * numbers under different country codes; or a service number with and without its area code.
 * `none`: everything else, in particular two complete numbers that merely end alike.
 */
export function classifyMatch(query: ParsedNumber, stored: ParsedNumber): NumberMatch {
  const exactKey = query.matchKeys.exactKey;
  if (exactKey !== undefined && exactKey === stored.matchKeys.exactKey) {
    return extensionsDiffer(query, stored) ? 'maybe' : 'exact';
  }
  const suffixKey = query.matchKeys.suffixKey;
  if (suffixKey === undefined || suffixKey !== stored.matchKeys.suffixKey) return 'none';
  if (query.kind === 'short' || stored.kind === 'short') {
    return query.kind === stored.kind && isScoped(query) !== isScoped(stored) ? 'maybe' : 'none';
  }
  if (query.national === stored.national) return 'maybe';
  if (!isUncertain(query) && !isUncertain(stored)) return 'none';
  return endAlike(significant(query), significant(stored)) ? 'maybe' : 'none';
}

function extensionsDiffer(a: ParsedNumber, b: ParsedNumber): boolean {
  return a.extension !== undefined && b.extension !== undefined && a.extension !== b.extension;
}

/** 010-12345 rather than 12345. Two different cities' hotlines are different numbers. */
function isScoped(number: ParsedNumber): boolean {
  return number.national !== number.matchKeys.suffixKey;
}

function isUncertain(number: ParsedNumber): boolean {
  return number.kind === 'unknown' || number.assumed !== undefined;
}

function significant(number: ParsedNumber): string {
  const digits = number.assumed === undefined ? number.national : number.written;
  return (digits ?? '').replace(/^0+/, '');
}

function endAlike(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= SUFFIX_DIGITS && long.endsWith(short);
}
