import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readable } from './wireText.ts';

function invite(from: string): string {
  return `INVITE sip:1@x SIP/2.0\r\nVia: SIP/2.0/WS x;branch=z9hG4bK1\r\nFrom: ${from}\r\nTo: <sip:1@x>\r\n\r\nbody`;
}

describe('readable', () => {
  test('leaves what can be read alone', () => {
    const message = invite('"王" <sip:1@x>;tag=a');
    expect(readable(message)).toBe(message);
  });

  test('takes control characters out of a name', () => {
    expect(readable(invite('"e\u0007vil" <sip:1@x>;tag=a'))).toBe(invite('"evil" <sip:1@x>;tag=a'));
  });

  test('an unreadable From loses its number and keeps its tag', () => {
    expect(readable(invite('<<sip:>;tag=a-1'))).toBe(invite('<sip:unreadable.invalid>;tag=a-1'));
  });

  test('whatever From says, the rest stays', () => {
    const line = fc
      .string({ unit: 'binary', maxLength: 200 })
      .map((text) => text.replace(/[\r\n]/gu, ''));
    fc.assert(
      fc.property(line, (from) => {
        const mended = readable(invite(from));
        expect(mended.endsWith('\r\nTo: <sip:1@x>\r\n\r\nbody')).toBe(true);
        expect(mended.startsWith('INVITE sip:1@x SIP/2.0\r\nVia:')).toBe(true);
      }),
    );
  });
});
