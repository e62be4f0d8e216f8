import type { Configuration } from '#shared/domain/configuration.ts';
import type { HomeCountry, ParsedNumber } from '#shared/domain/numbers/types.ts';

type Home = Configuration['home'];

/** Where the centre stands. The tables of numbers are large, and few windows ever need them: they come when asked. */
export async function homeCountryOf(home: Home | null): Promise<HomeCountry> {
  const { isHomeCountry } = await import('#shared/domain/numbers/homePlan.ts');
  const country = home && isHomeCountry(home.country) ? home.country : 'CN';
  return home?.areaCode ? { country, areaCode: home.areaCode } : { country };
}

/** What was typed or pasted, read as a number of the centre's country. */
export async function readNumber(text: string, home: Home | null): Promise<ParsedNumber> {
  const [{ parseNumber }, place] = await Promise.all([
    import('#shared/domain/numbers/parse.ts'),
    homeCountryOf(home),
  ]);
  return parseNumber(text, place);
}
