import { isHomeCountry } from '#shared/domain/numbers/homePlan.ts';
import { parseNumber } from '#shared/domain/numbers/parse.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import { readConfiguration } from '../store/configuration.ts';
import type { Db, Tx } from '../store/store.ts';

/** The country, and the area, that a number means which is written without. */
export async function readHome(db: Db | Tx): Promise<HomeCountry> {
  const home = (await readConfiguration(db))?.home;
  if (!home || !isHomeCountry(home.country)) return { country: 'CN' };
  const { country, areaCode } = home;
  return areaCode ? { country, areaCode } : { country };
}

/** The exact key of a number as it is dialled at home (numbers/keys.ts); null where it is none. */
export function exactKeyOf(raw: string, home: HomeCountry): string | null {
  return parseNumber(raw, home).matchKeys.exactKey ?? null;
}
