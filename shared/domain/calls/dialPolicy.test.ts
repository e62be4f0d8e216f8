import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNumber } from '../numbers/parse.ts';
import type { HomeCountry } from '../numbers/types.ts';
import {
  checkDial,
  type DialPolicy,
  type DialRuling,
  dialPolicySchema,
  dialTarget,
  usualDialPolicy,
} from './dialPolicy.ts';

const strict: Pick<DialPolicy, 'premiumIs' | 'international'> = {
  premiumIs: 'refused',
  international: 'asked',
};

interface Home {
  home: HomeCountry;
  policy: DialPolicy;
}

const homes = {
  CN: {
    home: { country: 'CN', areaCode: '021' },
    policy: { ...usualDialPolicy, barred: ['+882', '02161230000', '*72'] },
  },
  US: {
    home: { country: 'US', areaCode: '212' },
    policy: { ...strict, emergency: ['911', '112'], premium: ['976'], barred: ['1809'] },
  },
  GB: {
    home: { country: 'GB', areaCode: '020' },
    policy: { ...strict, emergency: ['999', '112'], premium: ['09', '118'], barred: ['0871'] },
  },
  DE: {
    home: { country: 'DE', areaCode: '030' },
    policy: { ...strict, emergency: ['110', '112'], premium: ['0900', '0137'], barred: ['0180'] },
  },
} satisfies Record<string, Home>;

const allowed = 'allowed';
const emergency = 'asked emergency';
const abroad = 'asked international';
const premium = 'refused premium';
const barred = 'refused barred';

const table: Record<keyof typeof homes, [string, string][]> = {
  CN: [
    ['110', emergency],
    ['1 1 0', emergency],
    ['１１０', emergency],
    ['tel:110', emergency],
    ['+86110', emergency],
    ['0086 110', emergency],
    ['021110', emergency],
    ['010-120', emergency],
    ['0755 119', emergency],
    ['112', emergency],
    ['11012345', allowed],
    ['1101', allowed],
    ['12345', allowed],
    ['2041', allowed],
    ['600', allowed],
    ['1681', allowed],
    ['160160', allowed],
    ['138 0013 8000', allowed],
    ['+86 138 0013 8000', allowed],
    ['0086 13800138000', allowed],
    ['8613800138000', allowed],
    ['013800138000', allowed],
    ['16612345678', allowed],
    ['16212345678', allowed],
    ['021-62345678', allowed],
    ['62345678', allowed],
    ['010-62345678转801', allowed],
    ['400-812-3456', allowed],
    ['95588', allowed],
    ['010-95588', allowed],
    ['16812345', premium],
    ['168 12345678', premium],
    ['02116812345', premium],
    ['0755-16812345', premium],
    ['+8616812345', premium],
    ['0086 168 12345', premium],
    ['16012345', premium],
    ['021 6123 0000', barred],
    ['61230000', barred],
    ['+862161230000', barred],
    ['0086 21 61230000', barred],
    ['+882 16 12345678', barred],
    ['00882 1612345678', barred],
    ['*72', barred],
    ['*721', barred],
    ['*97', allowed],
    ['+852 2123 4567', abroad],
    ['00852 21234567', abroad],
    ['0049 30 23125000', abroad],
    ['+1 212 555 0100', abroad],
    ['17951 00 49 30 23125000', abroad],
    ['+800 1234 5678', abroad],
    ['0099 1234567890', abroad],
    ['+44 909 879 0000', premium],
  ],
  US: [
    ['911', emergency],
    ['9-1-1', emergency],
    ['112', emergency],
    ['9112345', allowed],
    ['2041', allowed],
    ['212 555 0123', allowed],
    ['(212) 555-0123', allowed],
    ['1 212 555 0123', allowed],
    ['+12125550123', allowed],
    ['1-900-555-1234', premium],
    ['900 555 1234', premium],
    ['+1 900 555 1234', premium],
    ['976-1234', premium],
    ['1 809 555 1234', barred],
    ['(809) 555-1234', barred],
    ['1 416 555 0123', abroad],
    ['011 44 20 7946 0000', abroad],
    ['+44 20 7946 0000', abroad],
    ['011 86 138 0013 8000', abroad],
  ],
  GB: [
    ['999', emergency],
    ['112', emergency],
    ['+44 999', emergency],
    ['99912345', allowed],
    ['2041', allowed],
    ['1181', allowed],
    ['020 7946 0000', allowed],
    ['7946 0000', allowed],
    ['+44 20 7946 0000', allowed],
    ['07400 123456', allowed],
    ['118118', premium],
    ['0909 879 0000', premium],
    ['+44 909 879 0000', premium],
    ['0044 909 879 0000', premium],
    ['0871 234 5678', barred],
    ['+448712345678', barred],
    ['0049 30 23125000', abroad],
    ['0086 13800138000', abroad],
    ['8613800138000', abroad],
  ],
  DE: [
    ['110', emergency],
    ['112', emergency],
    ['+49110', emergency],
    ['030110', emergency],
    ['1101', allowed],
    ['2041', allowed],
    ['030 23125000', allowed],
    ['+49 30 23125000', allowed],
    ['0049 30 23125000', allowed],
    ['0160 1234567', allowed],
    ['0900 1 234567', premium],
    ['+49 900 1234567', premium],
    ['0049 900 1234567', premium],
    ['0137 777 1234', premium],
    ['0180 5 123456', barred],
    ['+49 180 5123456', barred],
    ['0041 44 668 1800', abroad],
    ['0086 21 62345678', abroad],
  ],
};

function words(ruling: DialRuling): string {
  return ruling.ruling === 'allowed' ? 'allowed' : `${ruling.ruling} ${ruling.reason}`;
}

describe.each(Object.keys(homes) as (keyof typeof homes)[])('dialling in %s', (country) => {
  const { home, policy }: Home = homes[country];

  it.each(table[country])('%s: %s', (number, ruling) => {
    expect(words(checkDial(number, policy, home))).toBe(ruling);
  });
});

describe('the policy', () => {
  const { home } = homes.CN;

  it('may refuse what is abroad, and allow what costs extra', () => {
    const policy = { ...usualDialPolicy, international: 'refused', premiumIs: 'allowed' } as const;
    expect(words(checkDial('+49 30 23125000', policy, home))).toBe('refused international');
    expect(words(checkDial('16812345', policy, home))).toBe('allowed');
  });

  it('asks for what is both only where neither is refused', () => {
    const asked = { ...usualDialPolicy, premiumIs: 'asked' } as const;
    expect(words(checkDial('+44 909 879 0000', asked, home))).toBe('asked premium');
    const refused = { ...asked, international: 'refused' } as const;
    expect(words(checkDial('+44 909 879 0000', refused, home))).toBe('refused international');
  });

  it('bars whatever else says', () => {
    const policy = { ...usualDialPolicy, barred: ['11'] };
    expect(words(checkDial('110', policy, home))).toBe('refused barred');
  });

  it('is as usual in its own schema', () => {
    expect(dialPolicySchema.parse(usualDialPolicy)).toEqual(usualDialPolicy);
  });
});

describe('laws of dialling', () => {
  const digits = (minLength: number, maxLength: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength });

  it('the form in which a number is written changes no ruling', () => {
    const separator = fc.constantFrom(' ', '-', '');
    fc.assert(
      fc.property(digits(7, 15), separator, (number, between) => {
        const { home, policy } = homes.CN;
        const spread = `${number.slice(0, 3)}${between}${number.slice(3)}`;
        const plain = parseNumber(number, home);
        fc.pre(plain.matchKeys.exactKey === parseNumber(spread, home).matchKeys.exactKey);
        expect(checkDial(spread, policy, home)).toEqual(checkDial(number, policy, home));
      }),
      { numRuns: 200 },
    );
  });

  it('what is dialled is ruled as what was written', () => {
    fc.assert(
      fc.property(fc.constantFrom('', '+', '00'), digits(1, 15), (prefix, number) => {
        for (const { home, policy } of Object.values(homes) as Home[]) {
          const target = dialTarget(parseNumber(`${prefix}${number}`, home));
          if (target === null) continue;
          const written = checkDial(`${prefix}${number}`, policy, home);
          if (checkDial(target, policy, home).ruling === 'refused') {
            expect(written.ruling, `${prefix}${number} → ${target}`).toBe('refused');
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('an extension is never premium, barred or abroad', () => {
    const policy = { ...usualDialPolicy, emergency: [], barred: ['2'], premium: ['3', '4'] };
    fc.assert(
      fc.property(digits(2, 4), (extension) => {
        const { home } = homes.CN;
        fc.pre(parseNumber(extension, home).kind === 'internal');
        expect(checkDial(extension, policy, home)).toEqual({ ruling: 'allowed' });
      }),
    );
  });
});

describe('what the phone dials', () => {
  const { home } = homes.CN;
  it.each([
    ['138 0013 8000', '+8613800138000'],
    ['0086-138-0013-8000', '+8613800138000'],
    ['62345678', '+862162345678'],
    ['95588', '95588'],
    ['2041', '2041'],
    ['*97', '*97'],
    ['0099 123 456 7890', '00991234567890'],
    ['+99 123 456 78', '+9912345678'],
    ['', null],
    ['anonymous', null],
    ['hello', null],
  ])('for %s: %s', (written, target) => {
    expect(dialTarget(parseNumber(written, home))).toBe(target);
  });
});
