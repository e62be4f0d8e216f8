import type { CountryCode } from 'libphonenumber-js/max';

/**
 * Where the PBX stands: what a number without country code, or without area code, means.
 * `country` is ISO 3166-1 alpha-2 (`CN`, `DE`, `GB`, `US`, `HK` …).
 * `areaCode` is written with or without trunk zero (`10`, `010`, `0755`, `030`, `212`); without it
 * a local number stays `unknown` and can only match as "maybe".
 */
export interface HomeCountry {
  country: CountryCode;
  areaCode?: string;
}

/**
 * - `e164`: a complete number; `e164` is set.
 * - `short`: a service number dialled as it stands (95588, 12345, 110, 400-812-3456); `national` holds its digits.
 * - `internal`: an extension or feature code of the PBX (2041, *97); `national` holds it.
 * - `anonymous`: the network says that the caller withholds the number.
 * - `empty`: nothing visible was given.
 * - `unknown`: something was given that is no complete number; `national` holds its digits if it has any.
 */
export type NumberKind = 'e164' | 'short' | 'internal' | 'anonymous' | 'empty' | 'unknown';

/**
 * What is stored, indexed and looked up.
 * `exactKey`: the E.164 number with `+`, or `short:<digits>`, or `int:<extension>`.
 * Two numbers are the same exactly if both have an exact key and the keys are equal.
 * `suffixKey`: the last seven significant digits (for short numbers the service code itself).
 * Equal suffix keys only make candidates; `classifyMatch` decides.
 */
export interface MatchKeys {
  exactKey?: string;
  suffixKey?: string;
}

export interface ParsedNumber {
  /** As written, cut after `RAW_LIMIT` UTF-16 units and otherwise untouched. */
  raw: string;
  kind: NumberKind;
  /** E.164 with `+`, without extension. */
  e164?: string;
  /** Digits dialled after the main number is answered. */
  extension?: string;
  /** National significant number: digits without country code and trunk prefix. */
  national?: string;
  /** ISO 3166-1 alpha-2, absent for world-wide services such as +800. */
  country?: CountryCode;
  /** Set when a part of `e164` was not written but added: the home area code, or the country code's `+`. */
  assumed?: 'area' | 'country';
  /** With `assumed`: the digits as they were written. */
  written?: string;
  matchKeys: MatchKeys;
}
