import type { Configuration } from '#shared/domain/configuration.ts';
import { homeCountryOf, readNumber } from '../fields/numberTables.ts';

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
  const [{ matchKeys }, { formatNumber }, place] = await Promise.all([
    readNumber(text, home),
    import('#shared/domain/numbers/format.ts'),
    homeCountryOf(home),
  ]);
  const { exactKey } = matchKeys;
  if (!exactKey) return null;
  return {
    number: exactKey.replace(/^(?:short|int):/u, ''),
    display: formatNumber(exactKey, place, 'screen'),
  };
}
