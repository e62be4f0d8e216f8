import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Likeness, listedScore, offeredScore, scoreOf } from './duplicates.ts';

function person(changes: Partial<Likeness> = {}): Likeness {
  return {
    name: '张伟',
    kind: 'person',
    birthday: null,
    identity: null,
    firm: null,
    phones: [],
    emails: [],
    addresses: [],
    ...changes,
  };
}

const home = { phones: ['+862062345678'] };

describe('reasons', () => {
  test.each<[string, Partial<Likeness>, Partial<Likeness>, string[]]>([
    ['the same name alone', {}, {}, ['sameName']],
    ['the same number and name', home, home, ['sameNumber', 'sameName']],
    ['another character with the same sound', {}, { name: '张威' }, ['soundsAlike']],
    ['full-width letters', { name: 'Ａｎｎａ Keller' }, { name: 'anna keller' }, ['sameName']],
    ['words in another order', { name: 'Anna Keller' }, { name: 'Keller, Anna' }, ['similarName']],
    ['a letter left out', { name: 'Anna Kellermann' }, { name: 'Anna Kelerman' }, ['similarName']],
    [
      'a firm with its legal form',
      { name: '上海大众汽车' },
      { name: '上海大众汽车有限公司' },
      ['similarName'],
    ],
    ['another given name', {}, { name: '张芳' }, []],
    ['the same e-mail', { emails: ['a@b.cn'] }, { name: 'Li', emails: ['a@b.cn'] }, ['sameEmail']],
    [
      'birthday and address',
      { birthday: '1990-01-02', addresses: ['x'] },
      { birthday: '1990-01-02', addresses: ['x'] },
      ['sameBirthday', 'sameName', 'sameAddress'],
    ],
    ['an identity card', { identity: '110X' }, { identity: '110x', name: 'Li' }, ['sameIdentity']],
    ['names of blanks', { name: '  ' }, { name: '—' }, []],
  ])('%s', (_, a, b, reasons) => expect(scoreOf(person(a), person(b)).reasons).toEqual(reasons));
});

describe('scores', () => {
  test.each<[string, Partial<Likeness>, Partial<Likeness>, 'listed' | 'offered' | 'neither']>([
    ['same name and birthday', { birthday: '1990-01-02' }, { birthday: '1990-01-02' }, 'listed'],
    ['same number and name', home, home, 'listed'],
    ['one number, two names: a household', home, { ...home, name: '李芳' }, 'offered'],
    ['the same name and nothing else', {}, {}, 'offered'],
    ['one name, two birthdays', { birthday: '1990-01-02' }, { birthday: '1991-01-02' }, 'neither'],
    ['nothing at all', {}, { name: '李芳' }, 'neither'],
    [
      'one number and name, two identity cards',
      { ...home, identity: '1' },
      { ...home, identity: '2' },
      'neither',
    ],
  ])('%s', (_, a, b, expected) => {
    const { score } = scoreOf(person(a), person(b));
    const found = score >= listedScore ? 'listed' : score >= offeredScore ? 'offered' : 'neither';
    expect(found).toBe(expected);
  });
});

const anyone = fc.record({
  name: fc.oneof(fc.string(), fc.constantFrom('张伟', '张威', 'Anna Keller')),
  kind: fc.constantFrom('person' as const, 'company' as const),
  birthday: fc.option(fc.constantFrom('1990-01-02', '1991-01-02')),
  identity: fc.option(fc.constantFrom('1', '2')),
  firm: fc.option(fc.string()),
  phones: fc.array(fc.constantFrom('+1', '+2', '+3')),
  emails: fc.array(fc.constantFrom('a', 'b')),
  addresses: fc.array(fc.constantFrom('c', 'd')),
});

test('the order of two does not matter, and the score is a share of 100', () => {
  fc.assert(
    fc.property(anyone, anyone, (a, b) => {
      const one = scoreOf(a, b);
      expect(one).toEqual(scoreOf(b, a));
      expect(one.score).toBeGreaterThanOrEqual(0);
      expect(one.score).toBeLessThanOrEqual(100);
    }),
  );
});
