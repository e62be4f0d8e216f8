import type { Database } from 'better-sqlite3';
import type { Found, FoundCustomer } from '#shared/contract/methods/search.ts';
import type { SearchHit } from '#shared/contract/models/records.ts';
import { type CustomerHit, createCustomerSearch } from './customerSearch.ts';
import { createRecordSearch } from './recordSearch.ts';
import { searchTerms } from './searchTerms.ts';
import type { SearchText } from './searchTexts.ts';

/** `prefixes`: what may stand before a typed number, such as `+` and `+86`. */
export interface SearchInput {
  text: string;
  limit: number;
  prefixes: string[];
}

const nothing = { customers: [], tickets: [], notes: [], articles: [], incomplete: false };

/** Answers of the search field, from the indexes as they are. */
export function createSearchQueries(db: Database) {
  const customers = createCustomerSearch(db);
  const records = createRecordSearch(db);

  return {
    customers({ text, limit, prefixes }: SearchInput): SearchHit[] {
      const terms = searchTerms(text);
      if (!terms) return [];
      return customers.hits(terms, limit, prefixes).map((hit) => {
        const { id: customerId, name, kind, valueClass } = hit.row;
        return { customerId, name, kind, valueClass, hint: hintOf(hit) };
      });
    },
    everything({ text, limit, prefixes }: SearchInput, incomplete: boolean): Found {
      const terms = searchTerms(text);
      if (!terms) return nothing;
      return {
        customers: customers.hits(terms, limit, prefixes).map(foundCustomer),
        tickets: records.tickets(terms, limit),
        notes: records.wrapUps(terms, limit),
        articles: records.articles(terms, limit),
        incomplete,
      };
    },
  };
}

function foundCustomer(hit: CustomerHit): FoundCustomer {
  const { id: customerId, name, kind, valueClass } = hit.row;
  return { customerId, name, kind, valueClass, found: hit.found, hint: hintOf(hit) };
}

const reachable: readonly SearchText['field'][] = ['phone', 'email', 'address'];

/** What was hit where that is a number or an address, else the first number. */
function hintOf({ found, texts: read }: CustomerHit): string | null {
  const texts = read();
  if (reachable.includes(found.field)) {
    const hit = texts.find(({ field, raw }) => field === found.field && raw.startsWith(found.text));
    if (hit) return hit.raw;
  }
  return (
    texts.find(({ field }) => field === 'phone')?.raw ??
    texts.find(({ field }) => reachable.includes(field))?.raw ??
    null
  );
}
