import type { Configuration } from '#shared/domain/configuration.ts';

export interface CleanNumber {
  /** As it is dialled: E.164, a service number or an extension. */
  number: string;
  /** As it is read. */
  display: string;
}

/** Finds the number in what was typed or pasted, such as `电话：(021) 6123-4567`; null where there is none. */
export async function cleanNumber(
  text: string,
  home: Configuration['home'] | null,
): Promise<CleanNumber | null> {
  // The tables of numbers are large, and few bars ever need them.
  const [{ parseNumber }, { formatNumber }, { isHomeCountry }] = await Promise.all([
    import('#shared/domain/numbers/parse.ts'),
    import('#shared/domain/numbers/format.ts'),
    import('#shared/domain/numbers/homePlan.ts'),
  ]);
  const country = home && isHomeCountry(home.country) ? home.country : 'CN';
  const place = home?.areaCode ? { country, areaCode: home.areaCode } : { country };
  const key = parseNumber(text, place).matchKeys.exactKey;
  if (!key) return null;
  return {
    number: key.replace(/^(?:short|int):/u, ''),
    display: formatNumber(key, place, 'screen'),
  };
}
