import { type BreakReason, breakReasons } from '../agents/agentState.ts';
import { isPlainNumber } from '../calls/dialable.ts';
import type { Configuration, PhoneConfiguration } from '../configuration.ts';
import { isHomeCountry } from '../numbers/homePlan.ts';
import { parseNumber } from '../numbers/parse.ts';
import type { HomeCountry } from '../numbers/types.ts';
import { type Finding, findingsOfName } from './findings.ts';

/** How long a break may be limited to, ms. */
export const leastBreakMs = 60_000;
export const mostBreakMs = 480 * 60_000;

/** Breaks that agents and supervisors choose; the one after a missed offer comes by itself. */
export const chosenBreaks: readonly BreakReason[] = breakReasons.filter((one) => one !== 'missed');

type Listed = PhoneConfiguration['directory'][number];

const currencies = new Set(Intl.supportedValuesOf('currency'));

/** Currencies that amounts can be in, by their ISO 4217 code. */
export function knownCurrencies(): readonly string[] {
  return [...currencies];
}

/** What the centre is called, where it stands and what it counts in. */
export function findingsOfCentre({ organisation, home, currency }: Configuration): Finding[] {
  const found = findingsOfName(organisation, 'organisation');
  if (!isHomeCountry(home.country)) found.push({ path: 'home.country', flaw: 'unknown' });
  if (home.areaCode !== null && !/^\d{1,6}$/u.test(home.areaCode)) {
    found.push({ path: 'home.areaCode', flaw: 'form' });
  }
  if (!currencies.has(currency)) found.push({ path: 'currency', flaw: 'unknown' });
  return found;
}

export function findingsOfBreaks(configuration: Configuration): Finding[] {
  const { breakLimitsMs } = configuration.phone;
  const found: Finding[] = breakReasons.flatMap((reason): Finding[] => {
    const limitMs = breakLimitsMs[reason];
    if (limitMs === undefined || (limitMs >= leastBreakMs && limitMs <= mostBreakMs)) return [];
    return [{ path: `phone.breakLimitsMs.${reason}`, flaw: 'range' }];
  });
  const isOffered = chosenBreaks.some((reason) => configuration.breakReasons.includes(reason));
  return isOffered ? found : [...found, { path: 'breakReasons', flaw: 'missing' }];
}

/** Numbers of the phones, and whom they may reach. */
export function findingsOfNumbers({ phone, home }: Configuration): Finding[] {
  const { callerIds, directory, echoNumber } = phone;
  const isEcho = echoNumber === null || isPlainNumber(echoNumber);
  return [
    ...findingsOfList(callerIds, 'phone.callerIds', home),
    ...findingsOfList(directory, 'phone.directory', home),
    ...(isEcho ? [] : [{ path: 'phone.echoNumber', flaw: 'form' as const }]),
    ...findingsOfPolicy(phone.dialling),
  ];
}

function findingsOfList(
  list: readonly Listed[],
  path: string,
  home: Configuration['home'],
): Finding[] {
  const keys = list.map(({ number }) => keyOf(number, home));
  return list.flatMap(({ number, name }, at): Finding[] => {
    const line = `${path}.${at}`;
    const found = findingsOfName(name, `${line}.name`, number);
    const wrong = (flaw: Finding['flaw']) =>
      found.push({ path: `${line}.number`, flaw, of: number });
    if (number === '') wrong('missing');
    else if (!isPlainNumber(number)) wrong('form');
    else if (keys.filter((key) => key === keys[at]).length > 1) wrong('twice');
    return found;
  });
}

/** The same for one number, however it is written. */
function keyOf(number: string, { country, areaCode }: Configuration['home']): string {
  if (!isHomeCountry(country)) return number;
  const home: HomeCountry = areaCode === null ? { country } : { country, areaCode };
  return parseNumber(number, home).matchKeys.exactKey ?? number;
}

/** What is barred is never dialled, whatever else says: no beginning of an emergency number may be. */
function findingsOfPolicy({ barred, emergency }: PhoneConfiguration['dialling']): Finding[] {
  const stops = barred.some((pattern) => emergency.some((number) => number.startsWith(pattern)));
  return stops ? [{ path: 'phone.dialling.barred', flaw: 'emergency' }] : [];
}
