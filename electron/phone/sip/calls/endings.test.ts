import { describe, expect, test } from 'vitest';
import { cancelledEnd, refusedEnd } from './endings.ts';

describe('ends of calls', () => {
  test.each([
    [486, 'customer', 'number-busy'],
    [600, 'customer', 'number-busy'],
    [603, 'customer', 'number-unreachable'],
    [404, 'system', 'number-unknown'],
    [484, 'system', 'number-unknown'],
    [604, 'system', 'number-unknown'],
    [480, 'system', 'number-unreachable'],
    [408, 'system', 'number-unreachable'],
    [503, 'system', 'number-unreachable'],
    [488, 'system', 'media-failed'],
  ])('%i is told by %s as %s', (status, by, code) => {
    expect(refusedEnd(status)).toMatchObject({ by, how: 'failed', failure: { code } });
  });

  test.each([
    [undefined, 'cancelled'],
    ['SIP;cause=200;text="Call completed elsewhere"', 'elsewhere'],
    ['sip ; text="Call completed elsewhere" ; cause=200', 'elsewhere'],
    ['SIP;cause=487', 'cancelled'],
    ['Q.850;cause=26', 'cancelled'],
  ])('CANCEL with reason %s is %s', (reason, how) => {
    expect(cancelledEnd(reason).how).toBe(how);
  });
});
