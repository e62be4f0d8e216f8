import { formatNumber } from '#shared/domain/numbers/format.ts';
import { parseNumber } from '#shared/domain/numbers/parse.ts';
import type { HomeCountry, ParsedNumber } from '#shared/domain/numbers/types.ts';
import type { BoardCall, CallerIdentity } from '#shared/sync/board.ts';
import type { CacheReads } from '../cache/cache.ts';

export interface BoardCallersOptions {
  cache: Pick<CacheReads, 'customersWith'>;
  home(): HomeCountry;
}

/** Callers on the board: the number as people read it, and whose it is among the customers this user may see. */
export interface BoardCallers {
  named(call: BoardCall): BoardCall;
  /** Customers, or their numbers, have changed. */
  forget(): void;
}

type Known = Pick<BoardCall, 'caller' | 'who'>;

/** Numbers whose readings are kept: each is looked up once, not with every change of its call. */
const mostKept = 2_000;

export function createBoardCallers({ cache, home }: BoardCallersOptions): BoardCallers {
  const kept = new Map<string, Known>();

  /** The board goes on with numbers alone where the cache cannot be read; the cache tells of itself. */
  function customersWith(parsed: ParsedNumber) {
    try {
      return cache.customersWith(parsed);
    } catch {
      return [];
    }
  }

  function read(caller: string): Known {
    const parsed = parseNumber(caller, home());
    const { e164 } = parsed;
    const who = identityOf(customersWith(parsed));
    return {
      caller: e164 === undefined ? caller : formatNumber(e164, home(), 'screen'),
      ...(who && { who }),
    };
  }

  return {
    named({ who: _, ...call }) {
      if (call.caller === null) return call;
      const known = kept.get(call.caller) ?? read(call.caller);
      if (kept.size >= mostKept) kept.clear();
      kept.set(call.caller, known);
      return { ...call, ...known };
    },
    forget: () => kept.clear(),
  };
}

function identityOf(
  customers: readonly { customerId: string; name: string }[],
): CallerIdentity | null {
  const [first] = customers;
  if (!first) return null;
  return customers.length === 1 ? first : { customers: customers.length };
}
