import type { CountryCode } from 'libphonenumber-js/max';

/**
 * China: emergency and hotlines (110, 12345, 12306), operators (10086), banks and insurers (95588,
 * 955xxx), provincial services (96xxx), directory (114, 116114, 118114), post (11185) and message
 * senders (1065…, 1069…). The numbering plan: MIIT "电信网编号计划", 2017.
 */
const CHINA =
  /^(?:11[0-24-9]|12[0-9]|999|12\d{3}|1[01]\d{3}|1000[0-9]|11[68]\d{3}|95\d{3,4}|9501\d{3,4}|96\d{3,4}|106\d{5}|106\d{6}|106\d{8,17})$/;
const CHINA_FREEPHONE = /^(?:400|800)[0-9]\d{6}$/;
/** Codes that mean the same everywhere in the country, also when an area code stands before them. */
const CHINA_NATIONWIDE = /^(?:95\d{3,4}|100\d\d)$/;

const BY_COUNTRY: Readonly<Partial<Record<CountryCode, RegExp>>> = {
  DE: /^(?:11[025]|116\d{3}|118\d{2,3}|19222)$/,
  GB: /^(?:999|112|101|105|111|119|123|116\d{3}|118\d{3}|159)$/,
  HK: /^(?:999|99[2-6]|112|1[0-8]\d{1,3})$/,
  US: /^(?:[2-9]11|988|112)$/,
  CA: /^(?:[2-9]11|988|112)$/,
};
const ELSEWHERE = /^(?:112|911|999|116\d{3})$/;

/** True if `digits`, dialled as they stand in `country`, are a service number and no subscriber. */
export function isServiceCode(digits: string, country: CountryCode): boolean {
  if (country === 'CN') return CHINA.test(digits) || CHINA_FREEPHONE.test(digits);
  return (BY_COUNTRY[country] ?? ELSEWHERE).test(digits);
}

/** True for 95588 or 10086, which stay the same number behind any area code (010-95588). */
export function isNationwideCode(digits: string): boolean {
  return CHINA_NATIONWIDE.test(digits);
}

/** True for ten-digit 400 and 800 numbers of China. */
export function isChinaFreephone(digits: string): boolean {
  return CHINA_FREEPHONE.test(digits);
}
