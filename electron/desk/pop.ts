import type { NumberView, Pop } from '#shared/contract/models/calls.ts';
import type { Candidate, Card } from '#shared/contract/models/records.ts';
import { formatNumber } from '#shared/domain/numbers/format.ts';
import { parseNumber } from '#shared/domain/numbers/parse.ts';
import { regionOf } from '#shared/domain/numbers/region.ts';
import type { HomeCountry, ParsedNumber } from '#shared/domain/numbers/types.ts';
import { maxLineLength } from '#shared/domain/primitives.ts';
import type { CacheReads } from '../cache/cache.ts';

/** Longest caller id that is kept; the rest is noise that no telephone network sends. */

export function readNumber(
  raw: string,
  home: HomeCountry,
): { parsed: ParsedNumber; view: NumberView } {
  const parsed = parseNumber(raw, home);
  const en = regionOf(parsed, 'en');
  const zh = regionOf(parsed, 'zh-CN');
  const withheld = parsed.kind === 'anonymous' || parsed.kind === 'empty';
  return {
    parsed,
    view: {
      raw: withheld ? '' : parsed.raw.slice(0, maxLineLength),
      display: withheld ? '' : displayOf(parsed, home),
      key: parsed.matchKeys.exactKey ?? null,
      withheld,
      region: en && zh ? { en, 'zh-CN': zh } : null,
    },
  };
}

function displayOf(parsed: ParsedNumber, home: HomeCountry): string {
  const main = formatNumber(parsed.matchKeys.exactKey ?? parsed.raw.trim(), home, 'screen');
  const text = parsed.extension === undefined ? main : `${main} ext. ${parsed.extension}`;
  return text.slice(0, maxLineLength);
}

/**
 * Number → pop (C4). One exact customer opens; several, or only such as may be meant, are for the
 * agent to choose from; nothing is bound by itself then.
 */
export function buildPop(cache: CacheReads, callId: string, parsed: ParsedNumber): Pop {
  return cache.together(() => {
    const owner = cache.soleOwner(parsed);
    const card = owner === null ? null : cache.card(owner);
    if (card) return { callId, match: 'one', candidates: [candidateOn(card, parsed)], card };
    return popOfCandidates(cache, callId, parsed);
  });
}

function popOfCandidates(cache: CacheReads, callId: string, parsed: ParsedNumber): Pop {
  const candidates = cache.candidates(parsed);
  const exact = candidates.filter((candidate) => candidate.certainty === 'exact');
  const only = exact.length === 1 ? exact[0] : undefined;
  const card = only ? cache.card(only.customerId) : null;
  if (only && card) return { callId, match: 'one', candidates: exact, card };
  const choices: Candidate[] = exact.length > 0 ? exact : candidates;
  return {
    callId,
    match: choices.length > 0 ? 'several' : 'none',
    candidates: choices,
    card: null,
  };
}

/** The customer of a card as a list of candidates shows them: nothing is read twice. */
function candidateOn(card: Card, { matchKeys }: ParsedNumber): Candidate {
  const { id, name, kind, valueClass } = card.customer;
  const inUse = card.contactPoints.filter(({ retired }) => !retired);
  const dialled = inUse.find(
    (point) => point.kind === 'phone' && point.normal === matchKeys.exactKey,
  );
  return {
    customerId: id,
    name,
    kind,
    valueClass,
    certainty: 'exact',
    lastContactAt: card.timeline[0]?.at ?? null,
    openTickets: card.openTickets.length,
    place: inUse.find((point) => point.kind === 'address')?.raw ?? null,
    verifiedOn: dialled?.verifiedOn ?? null,
  };
}
