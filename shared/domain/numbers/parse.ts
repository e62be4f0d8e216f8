import { isChinaLandline } from './china.ts';
import { clean, cutRaw } from './clean.ts';
import { type HomePlan, homePlan } from './homePlan.ts';
import { matchKeysOf } from './keys.ts';
import { type Resolved, resolve } from './resolve.ts';
import type { HomeCountry, NumberKind, ParsedNumber } from './types.ts';
import { spellVanity } from './vanity.ts';

const PLAIN = /^\+?(?!0+$)\d{1,24}$/;
/** From the first to the last sign of a number, with nothing but separators between them. */
const CORE = /^[^\d+*#(]*([+(*#]*\s*\d(?:[\d\s().\-/·•:_']*[\d)])?)[^\d]*$/;
const LIST = /[/、,;|\n\\]+|\s+(?:or|und|and|oder|或|和)\s+|[\u4e00-\u9fff]+/i;
const CHINA_DASHED =
  /^\(?0?(10|2\d|[3-9]\d\d)\)?[-\s]*(\d{3,4}[-\s]?\d{4})\s*(?:-+|\()\s*(\d{1,6})\)?$/;
const FEATURE_CODE = /^[*#][\d*#]{1,8}$/;

/**
 * Reads what a network, a URI or a person wrote as a telephone number.
 * Reads the first `RAW_LIMIT` UTF-16 units; never throws. Of several numbers in one field the first
 * complete one counts. Forms understood: shared/domain/numbers/forms.table.ts.
 */
export function parseNumber(raw: string, home: HomeCountry): ParsedNumber {
  const kept = cutRaw(raw);
  const plan = homePlan(home);
  if (PLAIN.test(kept)) {
    const resolved = resolveText(kept, plan);
    if (resolved) return complete(kept, resolved, undefined, kept);
  }
  const { text, extension, hidden } = clean(kept);
  if (hidden) return bare(kept, 'anonymous');
  if (text === '') return bare(kept, visible(kept) ? 'unknown' : 'empty');
  if (FEATURE_CODE.test(text)) return withDigits(kept, 'internal', text);
  return readText(kept, text, extension, plan);
}

function readText(
  raw: string,
  text: string,
  extension: string | undefined,
  plan: HomePlan,
): ParsedNumber {
  const dashed = readDashedExtension(text, plan);
  if (dashed) return complete(raw, dashed.resolved, extension ?? dashed.extension, text);
  const core = CORE.exec(text)?.[1];
  const vanity = spellVanity(text, plan);
  const whole = (vanity && resolveText(vanity, plan)) || (core && resolveText(core, plan));
  if (whole) return complete(raw, whole, extension, core ?? text);
  const listed = firstOfList(text, plan);
  if (listed) return complete(raw, listed, undefined, text);
  const digits = digitsOf(core ?? text);
  if (digits === '') return bare(raw, 'unknown');
  const isInternal = core !== undefined && !core.includes('+') && digits.length <= plan.internalMax;
  return withDigits(raw, isInternal ? 'internal' : 'unknown', digits, extension);
}

const digitsOf = (text: string): string => text.replace(/\D/g, '');
const visible = (text: string): boolean => /[^\s\p{Cf}\p{Cc}\p{Z}]/u.test(text);

function resolveText(core: string, plan: HomePlan): Resolved | undefined {
  const plus = core.includes('+');
  return resolve(digitsOf(withoutTrunkHint(core)), plus, plan);
}

/** "+49 (0)30": the zero is for callers within the country. Italy dials it from abroad too. */
function withoutTrunkHint(core: string): string {
  if (!core.includes('(0)') || /^(?:\+|00)\s*39/.test(core)) return core;
  return /^(?:\+|00)/.test(core) ? core.replace('(0)', '') : core;
}

/** 010-62345678-801 and 0755-83765566(801), usual in China. */
function readDashedExtension(
  text: string,
  plan: HomePlan,
): { resolved: Resolved; extension: string } | undefined {
  const national = text.replace(/^(?:\+|00)\s*86[\s-]*/, '');
  if (national === text && plan.country !== 'CN') return undefined;
  const [, area = '', written = '', extension = ''] = CHINA_DASHED.exec(national) ?? [];
  const local = digitsOf(written);
  if (!isChinaLandline(area, local)) return undefined;
  const resolved = resolve(`86${area}${local}`, true, plan);
  return resolved ? { resolved, extension } : undefined;
}

/** "13800138000/010-62345678": the first part that is complete by itself. */
function firstOfList(text: string, plan: HomePlan): Resolved | undefined {
  for (const part of text.split(LIST, 8)) {
    const core = CORE.exec(part.trim())?.[1];
    if (core === undefined || digitsOf(core).length < SHORTEST_LISTED) continue;
    const resolved = resolveText(core, plan);
    if (resolved?.kind === 'e164') return resolved;
  }
  return undefined;
}

/** Shorter parts of a list are room numbers, prefixes and the like. */
const SHORTEST_LISTED = 7;

function bare(raw: string, kind: NumberKind): ParsedNumber {
  return { raw, kind, matchKeys: {} };
}

function withDigits(
  raw: string,
  kind: 'internal' | 'unknown',
  digits: string,
  extension?: string,
): ParsedNumber {
  const national = kind === 'unknown' ? digits.replace(/^0+(?=\d)/, '') : digits;
  return {
    raw,
    kind,
    national,
    ...(extension === undefined ? {} : { extension }),
    matchKeys: matchKeysOf({ kind, national }),
  };
}

function complete(
  raw: string,
  { code, ...resolved }: Resolved,
  extension: string | undefined,
  written: string,
): ParsedNumber {
  return {
    raw,
    ...resolved,
    ...(extension === undefined ? {} : { extension }),
    ...(resolved.assumed === undefined ? {} : { written: digitsOf(written) }),
    matchKeys: matchKeysOf({ ...resolved, ...(code === undefined ? {} : { code }) }),
  };
}
