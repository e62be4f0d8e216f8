import { describe, expect, test } from 'vitest';
import { redactSip } from './sipLog.ts';

describe('redactSip', () => {
  test.each([
    ['Authorization: Digest username="2041", response="5d41402abc4b2a76b9719d911017c592"', '2041'],
    ['Authorization: Digest username="2041", response="abc"', 'abc'],
    ['HA1 = 5d41402abc4b2a76b9719d911017c592', '5d41402a'],
    ['INVITE sip:+8613800138000@pbx SIP/2.0', '13800138000'],
    ['password: "top-secret"', 'top-secret'],
  ])('%s does not show %s', (line, secret) => {
    expect(redactSip(line)).not.toContain(secret);
  });

  test('caps a line', () => {
    expect(redactSip('x'.repeat(10_000)).length).toBeLessThanOrEqual(300);
  });
});
