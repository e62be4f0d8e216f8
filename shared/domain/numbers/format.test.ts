import { describe, expect, it } from 'vitest';
import { formatNumber } from './format.ts';
import type { HomeCountry } from './types.ts';

const cn: HomeCountry = { country: 'CN' };
const de: HomeCountry = { country: 'DE' };
const gb: HomeCountry = { country: 'GB' };
const us: HomeCountry = { country: 'US' };
const hk: HomeCountry = { country: 'HK' };

describe('formatNumber', () => {
  it.each([
    ['+8613800138000', cn, '138 0013 8000', '+86 138 0013 8000'],
    ['+8613800138000', de, '+86 138 0013 8000', '+86 138 0013 8000'],
    ['+861062345678', cn, '010 6234 5678', '+86 10 6234 5678'],
    ['+8675583765566', cn, '0755 8376 5566', '+86 755 8376 5566'],
    ['+867732823456', cn, '0773 282 3456', '+86 773 282 3456'],
    ['+861062345678', us, '+86 10 6234 5678', '+86 10 6234 5678'],
    ['short:95588', cn, '95588', '95588'],
    ['short:4008123456', cn, '400-812-3456', '400-812-3456'],
    ['int:2041', cn, '2041', '2041'],
    ['+12125550123', us, '(212) 555-0123', '+1 212 555 0123'],
    ['+12125550123', cn, '+1 212 555 0123', '+1 212 555 0123'],
    ['+442079460018', gb, '020 7946 0018', '+44 20 7946 0018'],
    ['+49301234567', de, '030 1234567', '+49 30 1234567'],
    ['+85261234567', hk, '6123 4567', '+852 6123 4567'],
    ['+85261234567', cn, '+852 6123 4567', '+852 6123 4567'],
    ['anything else', cn, 'anything else', 'anything else'],
  ] as const)('%s', (number, home, screen, full) => {
    expect(formatNumber(number, home, 'screen')).toBe(screen);
    expect(formatNumber(number, home, 'full')).toBe(full);
  });
});
