import { describe, expect, it } from 'vitest';
import { Grant } from './grant.ts';

type Answer = Parameters<Grant['take']>[0];

function answer(headers: Record<string, string[]>): Answer {
  const message = {
    getHeaders: (name: string) => headers[name] ?? [],
    getHeader: (name: string) => headers[name]?.[0],
  };
  return { message } as unknown as Answer;
}

const bound = answer({ Contact: ['<sip:abc@x>;expires=120'] });

describe('what the registrar granted', () => {
  it('holds from the answer on until a refresh is due, and ends later', () => {
    const grant = new Grant();
    expect([grant.holds(0), grant.leftMs(0)]).toEqual([false, 0]);
    grant.take(bound, 'abc', 1_000, 0.5);
    expect(grant.untilRefreshMs(1_000)).toBe(60_000);
    expect([999, 1_000, 60_999, 61_000].map((now) => grant.holds(now))).toEqual([
      ...[false, true, true, false],
    ]);
    expect(grant.leftMs(61_000)).toBe(60_000);
  });

  it.each<[string, string[], boolean, boolean]>([
    ['lists this desk alone', ['<sip:abc@x>'], true, false],
    ['lists others too', ['<sip:abc@x>', '<sip:other@y>'], true, true],
    ['names it otherwise', ['<sip:rewritten@x>'], false, true],
    ['lists nobody', [], false, false],
  ])('%s', (_name, contacts, lists, shares) => {
    const grant = new Grant();
    grant.take(answer({ Contact: contacts }), 'abc', 0, 0);
    expect(grant).toMatchObject({ lists, shares });
  });

  it.each<[string | null, boolean, number]>([
    ['600', true, 600],
    ['300', false, 300],
    ['60', false, 300],
    ['86401', false, 300],
    ['soon', false, 300],
    [null, false, 300],
  ])('of Min-Expires %s takes what it can ask for', (least, raised, askedS) => {
    const grant = new Grant();
    expect(grant.raise(answer(least === null ? {} : { 'Min-Expires': [least] }))).toBe(raised);
    expect(grant.askedS).toBe(askedS);
  });
});
