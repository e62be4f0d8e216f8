import { isChinaMobile, splitChinaArea } from './china.ts';
import { AREAS_CN } from './places/areasCn.ts';
import { AREAS_DE } from './places/areasDe.ts';
import { AREAS_GB } from './places/areasGb.ts';
import { AREAS_CA, AREAS_US } from './places/areasUs.ts';
import { OPERATORS_CN } from './places/mobileCn.ts';
import { isChinaFreephone } from './serviceCodes.ts';
import type { ParsedNumber } from './types.ts';

export type RegionLanguage = 'zh-CN' | 'en';

/** A place or an operator in both languages. */
interface Name {
  'zh-CN': string;
  en: string;
}

type NamesByPrefix = ReadonlyMap<string, Name>;
type Rows = readonly (readonly [zh: string, en: string, codes: string])[];

const words = (name: string): string => name.replaceAll('_', ' ');

function cityNames(table: string): [code: string, zh: string, en: string][] {
  return table.split('|').map((entry) => {
    const [code = '', zh = '', en = ''] = entry.split(' ');
    return [code, zh.replaceAll('+', '、'), words(en).replaceAll('+', '/')];
  });
}

/** 广东深圳 / Shenzhen, Guangdong; a city that bears its province's name stands alone. */
function chinaPlaces(): NamesByPrefix {
  const names = new Map<string, Name>();
  for (const [provinceZh, provinceEn, table] of AREAS_CN) {
    for (const [code, zh, en] of cityNames(table)) {
      const alone = zh === provinceZh;
      names.set(code, {
        'zh-CN': alone ? zh : provinceZh + zh,
        en: alone ? en : `${en}, ${provinceEn}`,
      });
    }
  }
  return names;
}

function byCode(rows: Rows): NamesByPrefix {
  const names = new Map<string, Name>();
  for (const [zh, en, codes] of rows) {
    for (const code of codes.split(' ')) names.set(code, { 'zh-CN': zh, en });
  }
  return names;
}

function towns(table: string): NamesByPrefix {
  return new Map(cityNames(table).map(([code, zh, en]) => [code, { 'zh-CN': zh, en }]));
}

/** Builds a table when the first number needs it. */
function once(build: () => NamesByPrefix): () => NamesByPrefix {
  let built: NamesByPrefix | undefined;
  return () => {
    built ??= build();
    return built;
  };
}

const chinaAreas = once(chinaPlaces);
const chinaOperators = once(() => byCode(OPERATORS_CN));
const places: Readonly<Partial<Record<string, () => NamesByPrefix>>> = {
  DE: once(() => towns(AREAS_DE)),
  GB: once(() => towns(AREAS_GB)),
  US: once(() => byCode(AREAS_US)),
  CA: once(() => byCode(AREAS_CA)),
};

/** Short names used on Chinese screens, which Intl spells out at length. */
const COUNTRY_NAMES: Readonly<Partial<Record<string, Name>>> = {
  CN: { 'zh-CN': '中国', en: 'China' },
  HK: { 'zh-CN': '中国香港', en: 'Hong Kong' },
  MO: { 'zh-CN': '中国澳门', en: 'Macau' },
  TW: { 'zh-CN': '中国台湾', en: 'Taiwan' },
};

const displayNames = new Map<RegionLanguage, Intl.DisplayNames>();

function countryName(country: string, language: RegionLanguage): string | undefined {
  const own = COUNTRY_NAMES[country];
  if (own) return own[language];
  const names = displayNames.get(language) ?? new Intl.DisplayNames([language], { type: 'region' });
  displayNames.set(language, names);
  return names.of(country);
}

const LONGEST_PREFIX = 5;

function longestPrefix(names: NamesByPrefix, national: string): Name | undefined {
  for (let length = LONGEST_PREFIX; length > 0; length -= 1) {
    const name = names.get(national.slice(0, length));
    if (name) return name;
  }
  return undefined;
}

function chinaRegion(national: string, language: RegionLanguage): string | undefined {
  if (isChinaMobile(national)) {
    const operator = longestPrefix(chinaOperators(), national)?.[language];
    const zh = language === 'zh-CN';
    if (operator === undefined) return zh ? '中国手机' : 'Mobile, China';
    return zh ? `手机（${operator}）` : `Mobile (${operator})`;
  }
  const area = splitChinaArea(national)?.area;
  return area === undefined ? undefined : chinaAreas().get(area)?.[language];
}

/**
 * Where a number comes from (归属地), for display.
 * China: province and city by area code; for mobiles the operator the block was given to, which the
 * customer may have left since (numbers are portable) and which says nothing about the city. Germany and
 * Britain: town; United States and Canada: state or province; elsewhere, and for German and British
 * numbers without a known town, the country. Service numbers, extensions and unknown numbers: `undefined`.
 */
export function regionOf(parsed: ParsedNumber, language: RegionLanguage): string | undefined {
  const { kind, country, national = '' } = parsed;
  if (country === undefined) return undefined;
  if (kind === 'short')
    return isChinaFreephone(national) ? countryName(country, language) : undefined;
  if (kind !== 'e164') return undefined;
  const land = countryName(country, language);
  if (country === 'CN') return chinaRegion(national, language) ?? land;
  const table = places[country]?.();
  const place = table && longestPrefix(table, national)?.[language];
  if (place === undefined || land === undefined) return land;
  return language === 'zh-CN' ? land + place : `${place}, ${land}`;
}
