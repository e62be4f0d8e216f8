import { describe, expect, it } from 'vitest';
import { bindingsOf, grantedExpiresS } from './bindings.ts';

function answered(contacts: string[], expires?: string) {
  const message = {
    getHeaders: (name: string) => (name === 'Contact' ? contacts : []),
    getHeader: (name: string) => (name === 'Expires' ? expires : undefined),
  };
  return { message } as unknown as Parameters<typeof bindingsOf>[0];
}

describe('what the registrar holds', () => {
  it.each<[string, string[], string | undefined, number | null, number]>([
    ['nothing', [], undefined, null, 0],
    ['an empty contact', [''], undefined, null, 0],
    ['this desk', ['<sip:abc@x.invalid;transport=ws>;expires=120'], undefined, 120, 0],
    [
      'this desk at the host the PBX sees',
      ['<sip:abc@192.0.2.7:4711;transport=ws;x-ast-orig-host=x.invalid:0>;expires=299'],
      undefined,
      299,
      0,
    ],
    ['this desk, its time apart', ['<sip:abc@x.invalid>'], '60', 60, 0],
    ['another desk', ['"Desk" <sip:other@y.invalid>;expires=10'], undefined, null, 1],
    ['both', ['<sip:other@y>;expires=9', '<sip:abc@x>;q=1;expires=8'], undefined, 8, 1],
    ['this desk twice', ['<sip:abc@x>;expires=9', '<sip:abc@y>;expires=80'], undefined, 80, 0],
    ['this desk on its way out', ['<sip:abc@x>;expires=0'], undefined, null, 0],
  ])('%s', (_name, contacts, expires, ownS, others) => {
    expect(bindingsOf(answered(contacts, expires), 'abc', 300)).toEqual({ ownS, others });
  });

  it.each<[string[], string | undefined, number]>([
    [['<sip:abc@x>;expires=120'], undefined, 120],
    [['<sip:other@x>;expires=50', '<sip:abc@x>;expires=120'], undefined, 120],
    [['<sip:rewritten@x>;expires=70'], undefined, 70],
    [[], '90', 90],
    [[], undefined, 300],
    [['<sip:abc@x>;expires=7200'], undefined, 300],
    [[], 'soon', 300],
  ])('grants %j %s as %d s', (contacts, expires, seconds) => {
    expect(grantedExpiresS(answered(contacts, expires), 'abc', 300)).toBe(seconds);
  });
});
