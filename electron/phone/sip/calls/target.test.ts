import { describe, expect, test } from 'vitest';
import { preferredIdentity, targetUri } from './target.ts';

const domain = 'pbx.example';

describe('whom one can dial', () => {
  test.each([
    ['+8613800138000', 'sip:+8613800138000@pbx.example'],
    ['2042', 'sip:2042@pbx.example'],
    ['*97', 'sip:*97@pbx.example'],
    ['#31', 'sip:%2331@pbx.example'],
    ['service', 'sip:service@pbx.example'],
  ])('%s is %s', (target, expected) => {
    expect(targetUri(domain, target)?.toString()).toBe(expected);
  });

  test.each([
    '',
    ' 600',
    '6 00',
    '600;x=1',
    '600@evil.example',
    'sip:600@x',
    '1'.repeat(41),
    '<',
    'a\r\nb',
  ])('nobody is %j', (target) => {
    expect(targetUri(domain, target)).toBeUndefined();
  });
});

describe('a number to show', () => {
  test('goes into P-Preferred-Identity', () => {
    expect(preferredIdentity(domain, '+861065551234')).toBe(
      'P-Preferred-Identity: <sip:+861065551234@pbx.example>',
    );
  });

  test.each(['', 'service', '+86 10', '1>\r\nX: 1'])('is not %j', (callerId) => {
    expect(preferredIdentity(domain, callerId)).toBeUndefined();
  });
});
