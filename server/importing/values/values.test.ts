import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import { neutralised, restored } from '#shared/domain/text/neutralise.ts';
import { isoDay, readDay, readMoment } from './dates.ts';
import { readMoney, writeMoney } from './money.ts';
import { type PhoneLabel, readEmails, readPhones } from './points.ts';

const year = 2026;

describe('days', () => {
  it.each([
    ['2024-03-01', 'mdy', '2024-03-01'],
    ['2024/3/1', 'dmy', '2024-03-01'],
    ['20240301', 'ymd', '2024-03-01'],
    ['2024年3月1日', 'ymd', '2024-03-01'],
    ['1.3.2024', 'dmy', '2024-03-01'],
    ['3/1/2024', 'mdy', '2024-03-01'],
    ['3/1/24', 'mdy', '2024-03-01'],
    ['01-03-75', 'dmy', '1975-03-01'],
    ['24-3-1', 'ymd', '2024-03-01'],
    ['31.02.2024', 'dmy', null],
    ['13/13/2024', 'mdy', null],
    ['1.3.2024', 'ymd', null],
    ['soon', 'ymd', null],
  ] as const)('%s as %s', (text, order, day) => {
    const read = readDay(text, order, year);
    expect(read && isoDay(read)).toBe(day);
  });
});

describe('moments', () => {
  it.each([
    ['2024-03-01 13:05', new Date(2024, 2, 1, 13, 5).getTime()],
    ['2024-03-01T13:05:06.789Z', Date.UTC(2024, 2, 1, 13, 5, 6)],
    ['2024-03-01 13:05 +08:00', Date.UTC(2024, 2, 1, 5, 5)],
    ['2024/3/1 下午1:05', new Date(2024, 2, 1, 13, 5).getTime()],
    ['2024-03-01 12:05 AM', new Date(2024, 2, 1, 0, 5).getTime()],
    ['2024-03-01', new Date(2024, 2, 1).getTime()],
    ['2024-03-01 25:00', null],
    ['1960-01-01', null],
  ])('%s', (text, at) => {
    expect(readMoment(text, 'ymd', year)).toBe(at);
  });
});

describe('amounts', () => {
  it.each([
    ['1,234.50', '.', 'CNY 123450'],
    ['1.234,50 €', ',', 'EUR 123450'],
    ['¥1299', '.', 'CNY 129900'],
    ['-5', '.', 'CNY -500'],
    ['(12.00)', '.', 'CNY -1200'],
    ['USD 3', '.', 'USD 300'],
    ['１２．５', '.', 'CNY 1250'],
    ['1,23', '.', null],
    ['1.005', '.', null],
    ['abc', '.', null],
    ['99999999999999999', '.', null],
  ] as const)('%s', (text, mark, amount) => {
    const money = readMoney(text, mark, 'CNY');
    expect(money && `${money.currency} ${money.minor}`).toBe(amount);
  });

  it('are read as they are written', () => {
    const currencies = fc.constantFrom('CNY', 'JPY', 'KWD');
    fc.assert(
      fc.property(fc.integer(), currencies, (minor, currency) => {
        expect(readMoney(writeMoney({ minor, currency }), '.', currency)).toEqual({
          minor,
          currency,
        });
      }),
    );
  });
});

describe('numbers and mails in one cell', () => {
  it.each([
    ['13800138000', ['+8613800138000']],
    ['138 0013 8000 / 010-62345678', ['+8613800138000', '+861062345678']],
    ['+86 138-0013-8000;95588', ['+8613800138000', 'short:95588']],
    ['010-62345678转801', ['+861062345678']],
    ['12', [null]],
    ['none of it', [null]],
  ])('%s', (text, normals) => {
    const read = readPhones(text, 'byNumber', { country: 'CN' });
    expect(read.map((point) => point?.normal ?? null)).toEqual(normals);
  });

  const beijing: HomeCountry = { country: 'CN', areaCode: '10' };
  const berlin: HomeCountry = { country: 'DE', areaCode: '30' };
  it.each<[string, HomeCountry, string, string]>([
    // What, where: what it is called in a column of any numbers, in one of mobile numbers.
    ['13800138000', beijing, 'mobile', 'mobile'],
    ['010-62345678', beijing, 'landline', 'landline'],
    ['+86 10 62345678', berlin, 'landline', 'landline'],
    ['95588', beijing, 'other', 'other'],
    ['0151 23456789', berlin, 'mobile', 'mobile'],
    ['030 23125120', berlin, 'landline', 'landline'],
    ['+44 7911 123456', beijing, 'mobile', 'mobile'],
    ['+49 800 1234567', beijing, 'other', 'other'],
    ['+1 212 456 7890', beijing, 'other', 'mobile'],
  ])('%s at %j is called %s, as a mobile number %s', (text, home, any, mobile) => {
    const called = (label: PhoneLabel) => readPhones(text, label, home).map((one) => one?.label);
    expect(called('byNumber')).toEqual([any]);
    expect(called('mobile')).toEqual([mobile]);
    expect(called('work')).toEqual(['work']);
  });

  it('mails', () => {
    const read = readEmails('Ann@Mail.example, <bo@mail.example>; mailto:cy@mail.example no');
    expect(read.map((point) => point?.normal ?? null)).toEqual([
      'ann@mail.example',
      'bo@mail.example',
      'cy@mail.example',
      null,
    ]);
  });
});

describe('what a spreadsheet would work out', () => {
  it('is neutral, and comes back as it was', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^['=+@\t\r＝-]{0,4}\w*$/), (text) => {
        expect(neutralised(text)).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
        expect(restored(neutralised(text))).toBe(text);
      }),
    );
  });
});
