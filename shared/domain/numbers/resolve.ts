import {
  type CountryCode,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import { isChinaLandline, isChinaMobile, readChina } from './china.ts';
import type { HomePlan } from './homePlan.ts';
import { isServiceCode } from './serviceCodes.ts';

/** What a row of digits was found to be. */
export interface Resolved {
  kind: 'e164' | 'short';
  e164?: string;
  national: string;
  country?: CountryCode;
  assumed?: 'area' | 'country';
  /** A service number without the area code before it. */
  code?: string;
}

/** No number has more digits: E.164 §6 allows 15, an IDD prefix or carrier code stands before at most 8. */
const MAX_DIGITS = 24;

const NORTH_AMERICAN = /^1?[2-9]\d{2}[2-9]\d{6}$/;

/** How sure the numbering plan has to be. */
type Demand = 'valid' | 'possible';

function parse(text: string, country?: CountryCode): PhoneNumber | undefined {
  return parsePhoneNumberFromString(text, {
    extract: false,
    ...(country === undefined ? {} : { defaultCountry: country }),
  });
}

function asResolved(number: PhoneNumber): Resolved {
  const country = number.country ?? number.getPossibleCountries()[0];
  return {
    kind: 'e164',
    e164: number.number,
    national: number.nationalNumber,
    ...(country === undefined ? {} : { country }),
  };
}

function read(text: string, demand: Demand, country?: CountryCode): Resolved | undefined {
  const number = parse(text, country);
  const holds = demand === 'valid' ? number?.isValid() : number?.isPossible();
  return number && holds === true ? asResolved(number) : undefined;
}

function fromChina(dialled: string, afterCountryCode = false): Resolved | undefined {
  const china = readChina(dialled, afterCountryCode);
  if (!china) return undefined;
  const { national, code } = china;
  if (china.kind === 'subscriber') {
    return { kind: 'e164', e164: `+86${national}`, national, country: 'CN' };
  }
  return { kind: 'short', national, country: 'CN', ...(code === undefined ? {} : { code }) };
}

/** Digits that follow a `+` or an international prefix. */
function international(digits: string, plan: HomePlan, demand: Demand): Resolved | undefined {
  const bare = digits.replace(/^0+/, '');
  if (bare.startsWith('86')) {
    const china = fromChina(bare.slice(2), true);
    return china ?? read(`+${bare}`, 'valid');
  }
  const found = read(`+${bare}`, demand);
  if (plan.country !== 'CN' || !isChinaMobile(bare)) return found;
  // "+138…" is a mainland mobile with a plus put before it, unless North America has that area code, be it
  // the one for examples.
  if (found && (bare.startsWith('1555') || read(`+${bare}`, 'valid'))) return found;
  return { kind: 'e164', e164: `+86${bare}`, national: bare, country: 'CN', assumed: 'country' };
}

/** Digits after the home country's international prefix: 00 nearly everywhere, 011 in North America. */
function afterPrefix(digits: string, plan: HomePlan): Resolved | undefined {
  if (plan.trunkPrefix === '1' && digits.startsWith('011')) {
    return international(digits.slice(3), plan, 'possible');
  }
  if (!digits.startsWith('00')) return undefined;
  const strict = plan.country === 'HK' ? 'valid' : 'possible';
  return international(digits.slice(2), plan, strict) ?? read(digits, 'possible', plan.country);
}

function domestic(digits: string, plan: HomePlan): Resolved | undefined {
  if (plan.country === 'CN') return fromChina(digits);
  const { country, trunkPrefix } = plan;
  const withTrunk = trunkPrefix !== '' && digits.startsWith(trunkPrefix);
  if (trunkPrefix === '0' && !withTrunk && digits.length < 10) return undefined;
  const number = parse(digits, country);
  if (!number) return undefined;
  // 555-234-5678 is in no plan, yet has the shape of North American numbers.
  const shaped =
    trunkPrefix === '0' ? withTrunk : trunkPrefix === '1' && NORTH_AMERICAN.test(digits);
  const holds = number.isValid() || (shaped && number.isPossible());
  return holds ? asResolved(number) : undefined;
}

/** A number as dialled within the home area. */
function local(digits: string, plan: HomePlan): Resolved | undefined {
  if (plan.areaCode === '' || digits.startsWith('0') || digits.length > 8) return undefined;
  const national = plan.areaCode + digits;
  if (plan.country !== 'CN') {
    const found = read(`+${plan.callingCode}${national}`, 'valid');
    return found ? { ...found, assumed: 'area' } : undefined;
  }
  if (!isChinaLandline(plan.areaCode, digits)) return undefined;
  return { kind: 'e164', e164: `+86${national}`, national, country: 'CN', assumed: 'area' };
}

/** 86 and eleven digits are a Chinese mobile everywhere, even where the plan would let them pass. */
function chineseMobile(digits: string, plan: HomePlan): Resolved | undefined {
  if (!digits.startsWith('86') || !isChinaMobile(digits.slice(2))) return undefined;
  const mobile = fromChina(digits.slice(2));
  return mobile && (plan.country === 'CN' ? mobile : { ...mobile, assumed: 'country' });
}

/** Country code written without `+` or 00, as many SIP trunks deliver it. */
function withoutPlus(digits: string, plan: HomePlan): Resolved | undefined {
  if (digits.startsWith('0') && !/^086/.test(digits)) return undefined;
  const bare = digits.replace(/^0/, '');
  if (bare.startsWith('86') && bare.length >= 12) {
    const china = fromChina(bare.slice(2), true);
    if (china) return china;
  }
  if (bare.startsWith(plan.callingCode)) {
    const home = read(`+${bare}`, 'valid');
    if (home) return home;
  }
  if (bare.length < 11) return undefined;
  const foreign = read(`+${bare}`, 'valid');
  return foreign ? { ...foreign, assumed: 'country' } : undefined;
}

/**
 * Finds the complete number that a row of digits means at home; `undefined` if it is none.
 * `plus`: a plus sign stood before the digits.
 */
export function resolve(digits: string, plus: boolean, plan: HomePlan): Resolved | undefined {
  if (digits === '' || digits.length > MAX_DIGITS) return undefined;
  if (plus) return international(digits, plan, 'possible');
  if (isServiceCode(digits, plan.country)) {
    return { kind: 'short', national: digits, country: plan.country };
  }
  if (digits.length <= plan.internalMax) return undefined;
  return (
    afterPrefix(digits, plan) ??
    chineseMobile(digits, plan) ??
    local(digits, plan) ??
    domestic(digits, plan) ??
    withoutPlus(digits, plan)
  );
}
