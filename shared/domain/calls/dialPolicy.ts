import { type CountryCode, Metadata, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { z } from 'zod';
import { clean } from '../numbers/clean.ts';
import { type HomePlan, homePlan } from '../numbers/homePlan.ts';
import { parseNumber } from '../numbers/parse.ts';
import type { HomeCountry, ParsedNumber } from '../numbers/types.ts';

const pattern = /^\+?[0-9*#]{1,20}$/;
const prefixesSchema = z.array(z.string().regex(pattern)).max(200);

/** Whether a text can be the beginning of numbers. */
export function isDialPattern(text: string): boolean {
  return pattern.test(text);
}

/** Which numbers agents may dial. Patterns are beginnings of the number as dialled at home or in E.164. */
export const dialPolicySchema = z.object({
  /** Dialled after the agent has confirmed: 110, 119, 120, 122, 112 … Whole numbers, no beginnings. */
  emergency: prefixesSchema,
  /** Numbers that cost extra, beside those of which the country's numbering plan says so. */
  premium: prefixesSchema,
  premiumIs: z.enum(['refused', 'asked', 'allowed']),
  international: z.enum(['refused', 'asked', 'allowed']),
  /** Never dialled, whatever else says. */
  barred: prefixesSchema,
});
export type DialPolicy = z.infer<typeof dialPolicySchema>;

export const usualDialPolicy: DialPolicy = {
  emergency: ['110', '112', '119', '120', '122'],
  premium: ['160', '168'],
  premiumIs: 'refused',
  international: 'asked',
  barred: [],
};

export type DialRuling =
  | { ruling: 'allowed' }
  | { ruling: 'asked'; reason: 'emergency' | 'premium' | 'international' }
  | { ruling: 'refused'; reason: 'premium' | 'international' | 'barred' };

/**
 * What the phone dials for a number as written: E.164, a service number or an extension as they stand, or
 * the digits where the number is in no plan. Null where nothing can be dialled.
 */
export function dialTarget(number: ParsedNumber): string | null {
  if (number.kind === 'anonymous' || number.kind === 'empty') return null;
  if (number.e164) return number.e164;
  if (number.kind !== 'unknown') return number.national ?? null;
  const { plus, digits } = writtenOf(number.raw);
  return digits === '' ? null : `${plus ? '+' : ''}${digits}`;
}

/**
 * Whether agents may dial a number, in whatever form it is written. An extension never counts as premium,
 * international or barred; a feature code (`*72`) is barred only by a pattern that has its sign.
 */
export function checkDial(number: string, policy: DialPolicy, home: HomeCountry): DialRuling {
  const plan = homePlan(home);
  const parsed = parseNumber(number, home);
  const forms = formsOf(parsed, plan);
  const begins = (patterns: string[]) =>
    patterns.some((pattern) => forms.all.some((form) => form.startsWith(pattern)));

  const internal = parsed.kind === 'internal';
  const barred = internal ? policy.barred.filter((pattern) => /[*#]/.test(pattern)) : policy.barred;
  if (begins(barred)) return { ruling: 'refused', reason: 'barred' };
  if ([...forms.all, ...forms.whole].some((form) => policy.emergency.includes(form))) {
    return { ruling: 'asked', reason: 'emergency' };
  }
  if (internal) return { ruling: 'allowed' };

  const hits: ['premium' | 'international', DialPolicy['international']][] = [
    ['premium', isPremium(parsed) || begins(policy.premium) ? policy.premiumIs : 'allowed'],
    ['international', forms.abroad ? policy.international : 'allowed'],
  ];
  for (const ruling of ['refused', 'asked'] as const) {
    const hit = hits.find(([, found]) => found === ruling);
    if (hit) return { ruling, reason: hit[0] };
  }
  return { ruling: 'allowed' };
}

function isPremium({ e164 }: ParsedNumber): boolean {
  return e164 !== undefined && parsePhoneNumberFromString(e164)?.getType() === 'PREMIUM_RATE';
}

/** Digits and signs of a number as a person or a link wrote it. */
function writtenOf(raw: string): { plus: boolean; digits: string } {
  const { text } = clean(raw);
  return { plus: text.startsWith('+'), digits: text.replace(/[^\d*#]/g, '') };
}

interface Forms {
  /** Every way in which the number can be dialled at home, and in E.164. */
  all: string[];
  /** Ways that lead to a service number only as a whole: behind a country or area code. */
  whole: string[];
  /** In another country, or in none. */
  abroad: boolean;
}

function formsOf(parsed: ParsedNumber, plan: HomePlan): Forms {
  const { plus, digits } = writtenOf(parsed.raw);
  const own = parsed.national ?? '';
  if (parsed.e164) return completeForms(parsed.e164, digits, parsed, plan);
  if (parsed.kind === 'internal') {
    return { all: [own], whole: withoutArea(own, plan), abroad: false };
  }
  const short = parsed.kind === 'short' ? [own] : [];
  const international = plus ? digits : afterIdd(digits, plan);
  if (international === null) {
    return { all: [digits, ...short, ...withoutArea(digits, plan)], whole: [], abroad: false };
  }
  const all = [`+${international}`, ...short];
  if (!international.startsWith(plan.callingCode)) {
    return { all, whole: [], abroad: parsed.kind !== 'short' };
  }
  const national = international.slice(plan.callingCode.length);
  return { all: [...all, ...nationalForms(national, plan)], whole: [national], abroad: false };
}

function completeForms(
  e164: string,
  written: string,
  { country, national = '' }: ParsedNumber,
  plan: HomePlan,
): Forms {
  const abroad = country !== plan.country;
  // North America dials its neighbours as it dials itself.
  if (!e164.startsWith(`+${plan.callingCode}`)) return { all: [e164], whole: [], abroad };
  const all = [e164, ...nationalForms(national, plan), ...(abroad ? [] : [written])];
  return { all, whole: [national], abroad };
}

/** As dialled at home: with the trunk prefix, without it where the plan knows that, and without the own area. */
function nationalForms(national: string, plan: HomePlan): string[] {
  const bare = plan.country === 'CN' ? /^1(?!0)/.test(national) : plan.trunkPrefix !== '0';
  const dialled = `${plan.trunkPrefix}${national}`;
  return [...(bare ? [national] : []), dialled, ...withoutArea(dialled, plan)];
}

/** Chinese area codes with their trunk zero; no subscriber's number behind one begins with 1. */
const chineseService = /^0(?:10|2\d|[3-9]\d\d)(1\d*)$/;

function withoutArea(dialled: string, plan: HomePlan): string[] {
  const service = plan.country === 'CN' ? chineseService.exec(dialled)?.[1] : undefined;
  if (service) return [service];
  const area = `${plan.trunkPrefix}${plan.areaCode}`;
  if (plan.areaCode === '' || !dialled.startsWith(area)) return [];
  return [dialled.slice(area.length)];
}

/** What follows the home country's international prefix; null where there is none. */
function afterIdd(digits: string, plan: HomePlan): string | null {
  const prefix = iddOf(plan.country).exec(digits)?.[0];
  return prefix === undefined ? null : digits.slice(prefix.length);
}

const idds = new Map<CountryCode, RegExp>();

function iddOf(country: CountryCode): RegExp {
  const known = idds.get(country);
  if (known) return known;
  const read = new RegExp(`^(?:${readIdd(country)})`);
  idds.set(country, read);
  return read;
}

/** The library knows the prefix and its declarations do not. */
function readIdd(country: CountryCode): string {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  const plan: object = metadata.numberingPlan ?? {};
  if (!('IDDPrefix' in plan) || typeof plan.IDDPrefix !== 'function') return '00';
  const prefix: unknown = plan.IDDPrefix();
  return typeof prefix === 'string' && prefix !== '' ? prefix : '00';
}
