import type { CacheReads, CacheWrites } from '../cache/cache.ts';

/** The window keeps a half-typed ticket under the call, or under the customer when there is no call. */
const keyOf = (id: string) => `ticket:${id}`;

/**
 * A call that leaves the desk takes no typing with it: its half-typed ticket is found again on the
 * customer's card, unless another one is being written there.
 */
export function keepTicketDraft(
  cache: Pick<CacheReads, 'draft'> & Pick<CacheWrites, 'putDraft' | 'removeDraft'>,
  callId: string,
  customerId: string | null,
): void {
  if (customerId === null) return;
  const draft = cache.draft(keyOf(callId));
  if (draft === null || cache.draft(keyOf(customerId)) !== null) return;
  cache.putDraft(keyOf(customerId), draft);
  cache.removeDraft(keyOf(callId));
}

/**
 * Where a draft is to be kept: the last keystrokes of a form may come after its call has left, and
 * they belong beside what was typed before them.
 */
export function reachableDraftKey(
  key: string,
  cache: Pick<CacheReads, 'record'>,
  isAtDesk: (callId: string) => boolean,
): string {
  const [, id] = /^ticket:(.+)$/.exec(key) ?? [];
  if (!id || isAtDesk(id)) return key;
  const customerId = cache.record('call', id)?.customerId;
  return customerId ? keyOf(customerId) : key;
}
