import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  Metadata,
} from 'libphonenumber-js/max';
import type { HomeCountry } from './types.ts';

/** What the reader has to know of the home country's numbering plan. */
export interface HomePlan {
  country: CountryCode;
  /** Country calling code, digits. */
  callingCode: string;
  /** `0` in most countries, `1` in North America, empty where there is none. */
  trunkPrefix: string;
  /** Area code without trunk prefix, empty if not configured. */
  areaCode: string;
  /** Up to this many digits are an extension of the PBX, not a subscriber. */
  internalMax: number;
}

/** Countries where local numbers of six digits are rare enough to let extensions have six. */
const LONG_INTERNAL: ReadonlySet<CountryCode> = new Set<CountryCode>(['CN', 'HK', 'US', 'CA']);

/** True if a configured text is a country whose numbering plan is known; check it before building a `HomeCountry`. */
export function isHomeCountry(text: string): text is CountryCode {
  return isSupportedCountry(text);
}

/** Every country that can be a home, by its ISO 3166-1 code. */
export function homeCountries(): readonly CountryCode[] {
  return getCountries();
}

const plans = new Map<string, HomePlan>();

/** The plan of a home country; computed once per country and area code. */
export function homePlan(home: HomeCountry): HomePlan {
  const key = `${home.country} ${home.areaCode ?? ''}`;
  const known = plans.get(key);
  if (known) return known;
  const plan = readPlan(home);
  if (plans.size < 256) plans.set(key, plan);
  return plan;
}

function readPlan(home: HomeCountry): HomePlan {
  const trunkPrefix = readTrunkPrefix(home.country);
  const area = (home.areaCode ?? '').replace(/\D/g, '').slice(0, 6);
  return {
    country: home.country,
    callingCode: getCountryCallingCode(home.country),
    trunkPrefix,
    areaCode: trunkPrefix === '0' ? area.replace(/^0+/, '') : area,
    internalMax: LONG_INTERNAL.has(home.country) ? 6 : 5,
  };
}

/** The library knows the prefix and its declarations do not. */
function readTrunkPrefix(country: CountryCode): string {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  const plan: object = metadata.numberingPlan ?? {};
  if (!('nationalPrefix' in plan) || typeof plan.nationalPrefix !== 'function') return '';
  const prefix: unknown = plan.nationalPrefix();
  return typeof prefix === 'string' ? prefix : '';
}
