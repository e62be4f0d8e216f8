import type { Found } from '#shared/contract/methods/search.ts';
import type { SearchHit } from '#shared/contract/models/records.ts';
import type { Language } from '#shared/domain/text/text.ts';
import { customerId, idOf, words } from './sampleWords.ts';

export function sampleHits(language: Language): SearchHit[] {
  return [
    {
      customerId,
      name: words[language].name,
      valueClass: 'A',
      kind: 'person',
      hint: words[language].number,
    },
    {
      customerId: idOf(80),
      name: 'Havelwerk Pumpen GmbH',
      valueClass: 'B',
      kind: 'company',
      hint: 'Spandau',
    },
  ];
}

/** What the search field finds. */
export function sampleFound(language: Language): Found {
  const [person, firm] = sampleHits(language);
  const named = (hit: SearchHit | undefined, marks: [number, number][]) =>
    hit ? [{ ...hit, found: { field: 'name' as const, text: hit.name, marks } }] : [];
  return {
    customers: [...named(person, [[0, 2]]), ...named(firm, [])],
    tickets: [],
    notes: [],
    articles: [],
    incomplete: false,
  };
}
