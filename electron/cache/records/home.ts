import { getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/min';
import type { Configuration } from '#shared/domain/configuration.ts';
import { formatNumber } from '#shared/domain/numbers/format.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';

/** Where the centre stands, as configured; China until the configuration has arrived. */
export function homeOf(configuration: Configuration | null): HomeCountry {
  const country = configuration?.home.country ?? '';
  if (!isSupportedCountry(country)) return { country: 'CN' };
  const areaCode = configuration?.home.areaCode;
  return areaCode ? { country, areaCode } : { country };
}

/** What may stand before the digits of a number that somebody begins to type: nothing of it, or the country's code. */
export function numberPrefixes({ country }: HomeCountry): string[] {
  return ['+', `+${getCountryCallingCode(country)}`];
}

const maxRemembered = 5000;

/** `formatNumber` at home, remembering what was formatted: lists show the same numbers again and again. */
export function createDisplay(home: () => HomeCountry): {
  display(normal: string): string;
  forget(): void;
} {
  const remembered = new Map<string, string>();
  return {
    display(normal) {
      const known = remembered.get(normal);
      if (known !== undefined) return known;
      const text = formatNumber(normal, home(), 'screen');
      if (remembered.size >= maxRemembered) remembered.clear();
      remembered.set(normal, text);
      return text;
    },
    forget: () => remembered.clear(),
  };
}
