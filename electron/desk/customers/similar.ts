import type { SimilarWish } from '#shared/contract/methods/quality.ts';
import type { Likeness } from '#shared/domain/customers/duplicates.ts';
import { parseNumber } from '#shared/domain/numbers/parse.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import { foldText } from '#shared/domain/text/text.ts';

/** What is typed into the registration form in the forms in which customers are compared. */
export function likenessOf(wish: SimilarWish, home: HomeCountry): Likeness {
  const { name, kind, numberRaw, email, address, birthday, identity, firm } = wish;
  const number = parseNumber(numberRaw, home).matchKeys.exactKey;
  const folded = (text: string) => (foldText(text) === '' ? [] : [foldText(text)]);
  const given = (text: string) => (text.trim() === '' ? null : text.trim());
  return {
    ...{ name, kind, birthday: given(birthday), identity: given(identity), firm: given(firm) },
    phones: number === undefined ? [] : [number],
    emails: folded(email),
    addresses: folded(address),
  };
}
