import { AREA_CODES_CN, WITHDRAWN_CODES_CN } from './places/areasCn.ts';
import { isChinaFreephone, isNationwideCode, isServiceCode } from './serviceCodes.ts';

export interface ChinaNumber {
  kind: 'subscriber' | 'service';
  /** National significant number, or the service number's digits. */
  national: string;
  /** The service number without the area code that stood before it. */
  code?: string;
}

const MOBILE = /^1[3-9]\d{9}$/;
/** Carrier-selection prefixes that phone books and gateways leave before a number. */
const CARRIER_PREFIX = /^(?:179\d\d|12593|10193|11808)(?=0?1[3-9]\d{9}$|0[1-9]\d{8,10}$)/;
/** 010-12345 is written, 010-110 is not. */
const SHORTEST_AREA_CODE_SERVICE = 5;
const METROPOLIS = /^(10|2[0-9])(\d+)$/;
const PREFECTURE = /^([3-9]\d\d)(\d+)$/;

/** True for the eleven digits of a mainland mobile number, whatever block the operator opens next. */
export function isChinaMobile(digits: string): boolean {
  return MOBILE.test(digits);
}

/** Splits an area code known to exist from what follows it. */
export function splitChinaArea(digits: string): { area: string; local: string } | undefined {
  const match = METROPOLIS.exec(digits) ?? PREFECTURE.exec(digits);
  const area = match?.[1];
  const local = match?.[2];
  if (area === undefined || local === undefined || !AREA_CODES_CN.has(area)) return undefined;
  return { area, local };
}

/** Subscriber numbers start with 2 to 8 and have 8 digits behind two-digit codes, else 7 or 8. */
export function isChinaLandline(area: string, local: string): boolean {
  return (
    AREA_CODES_CN.has(area) && (area.length === 2 ? /^[2-8]\d{7}$/ : /^[2-8]\d{6,7}$/).test(local)
  );
}

/**
 * Reads digits as they are dialled or shown within mainland China: mobile with or without trunk zero,
 * landline with area code, 400/800, service numbers with or without an area code, IP prefixes.
 * `afterCountryCode`: +86 stood before, so that an area code needs no trunk zero.
 */
export function readChina(dialled: string, afterCountryCode = false): ChinaNumber | undefined {
  const digits = dialled.replace(CARRIER_PREFIX, '');
  const national = digits.replace(/^0+/, '');
  if (isChinaMobile(national)) return { kind: 'subscriber', national };
  if (isChinaFreephone(national)) return { kind: 'service', national };
  if (isServiceCode(digits, 'CN')) return { kind: 'service', national: digits };
  return readChinaLandline(national, afterCountryCode || digits !== national);
}

function readChinaLandline(national: string, hasPrefix: boolean): ChinaNumber | undefined {
  const split = splitChinaArea(national);
  if (!split) return undefined;
  const { area, local } = split;
  if (isChinaLandline(area, local)) {
    if (!hasPrefix && WITHDRAWN_CODES_CN.has(area)) return undefined;
    return { kind: 'subscriber', national };
  }
  if (!hasPrefix || local.length < SHORTEST_AREA_CODE_SERVICE || !isServiceCode(local, 'CN')) {
    return undefined;
  }
  if (isNationwideCode(local)) return { kind: 'service', national: local };
  return { kind: 'service', national: `0${national}`, code: local };
}
