import { formatNumber } from '#shared/domain/numbers/format.ts';
import { parseNumber } from '#shared/domain/numbers/parse.ts';
import type { HomeCountry, ParsedNumber } from '#shared/domain/numbers/types.ts';
import type { CallerIdentity } from '#shared/sync/board.ts';
import type { CacheReads } from '../cache/cache.ts';

export interface CallerSources {
  cache: Pick<CacheReads, 'customersWith'>;
  home(): HomeCountry;
}

export interface KnownCaller {
  /** The number as people read it; what is no number as it came. */
  display: string;
  /** Whose it is among the customers this user may see. */
  who: CallerIdentity | null;
}

/** Who calls from a number, or is called at it, as lists show it. */
export function knownCaller(number: string, { cache, home }: CallerSources): KnownCaller {
  const parsed = parseNumber(number, home());
  const { e164 } = parsed;
  return {
    display: e164 === undefined ? number : formatNumber(e164, home(), 'screen'),
    who: identityOf(customersWith(cache, parsed)),
  };
}

/** The one customer whose number it is; null where there is none, or several. */
export function oneCustomer({ who }: KnownCaller): { customerId: string; name: string } | null {
  return who && 'name' in who ? who : null;
}

/** Lists go on with numbers alone where the cache cannot be read; the cache tells of itself. */
function customersWith(cache: CallerSources['cache'], parsed: ParsedNumber) {
  try {
    return cache.customersWith(parsed);
  } catch {
    return [];
  }
}

function identityOf(
  customers: readonly { customerId: string; name: string }[],
): CallerIdentity | null {
  const [first] = customers;
  if (!first) return null;
  return customers.length === 1 ? first : { customers: customers.length };
}
