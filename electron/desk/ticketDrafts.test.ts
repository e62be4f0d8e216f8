import { describe, expect, it } from 'vitest';
import { keepTicketDraft, reachableDraftKey } from './ticketDrafts.ts';

function drafts(kept: Record<string, string>) {
  const all = new Map(Object.entries(kept));
  return {
    all,
    draft: (key: string) => all.get(key) ?? null,
    putDraft: (key: string, json: string) => void all.set(key, json),
    removeDraft: (key: string) => void all.delete(key),
  };
}

const calls = { record: (_: string, id: string) => (id === 'c1' ? { customerId: 'k1' } : null) };
type Records = Parameters<typeof reachableDraftKey>[1];

describe('a half-typed ticket of a call that leaves', () => {
  it('is found on the card of the customer', () => {
    const cache = drafts({ 'ticket:c1': 'typed' });
    keepTicketDraft(cache, 'c1', 'k1');
    expect(Object.fromEntries(cache.all)).toEqual({ 'ticket:k1': 'typed' });
  });

  it('does not push aside another one that is being written there', () => {
    const kept = { 'ticket:c1': 'typed', 'ticket:k1': 'other' };
    const cache = drafts(kept);
    keepTicketDraft(cache, 'c1', 'k1');
    expect(Object.fromEntries(cache.all)).toEqual(kept);
  });

  it('stays where it is without a customer', () => {
    const cache = drafts({ 'ticket:c1': 'typed' });
    keepTicketDraft(cache, 'c1', null);
    expect(cache.draft('ticket:c1')).toBe('typed');
  });

  const cases: [string, boolean, string][] = [
    ['ticket:c1', true, 'ticket:c1'],
    ['ticket:c1', false, 'ticket:k1'],
    ['ticket:unknown', false, 'ticket:unknown'],
    ['wrapUp:c1', false, 'wrapUp:c1'],
  ];
  it.each(cases)('%s with the call at the desk %s is kept as %s', (key, atDesk, expected) => {
    expect(reachableDraftKey(key, calls as Records, () => atDesk)).toBe(expected);
  });
});
