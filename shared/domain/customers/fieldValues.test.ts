import { describe, expect, it, test } from 'vitest';
import { type FormField, usualCustomerForm } from '../settings/customerForm.ts';
import { choiceIds, readFieldValue } from './fieldValues.ts';

function field(type: FormField['type']): FormField {
  const choices = [
    { id: 'a', label: { en: 'Alpha', 'zh-CN': '甲' } },
    { id: 'b', label: { en: 'Beta', 'zh-CN': '乙' } },
  ];
  return {
    ...{
      id: 'x',
      label: { en: 'X', 'zh-CN': 'X' },
      type,
      kinds: ['person'],
      group: 'other',
      choices,
    },
    ...{ required: false, question: null, worth: 0, staleAfterMonths: null, retired: false },
  };
}

test.each<[FormField['type'], string, string]>([
  ['text', ' Berlin ', 'Berlin'],
  ['text', '   ', ''],
  ['text', 'a\u0000b\nc', 'ab c'],
  ['text', '<b onclick=alert(1)>x</b>', '<b onclick=alert(1)>x</b>'],
  ['longText', 'a\r\nb', 'a\nb'],
  ['date', '1990-2-8', '1990-02-08'],
  ['date', '1990年12月31日', '1990-12-31'],
  ['date', '２０００／２／２９', '2000-02-29'],
  ['date', '19900208', '1990-02-08'],
  ['number', '1,234.5', '1234.5'],
  ['number', '００７', '7'],
  ['number', '1.2万', '12000'],
  ['number', '-3', '-3'],
  ['money', '1200', '1200.00 CNY'],
  ['money', '¥1,200.5', '1200.50 CNY'],
  ['money', '3.5万元', '35000.00 CNY'],
  ['money', '900 eur', '900.00 EUR'],
  ['yesNo', '是', 'yes'],
  ['yesNo', 'N', 'no'],
  ['choice', 'beta', 'b'],
  ['choice', '甲', 'a'],
  ['choices', '乙、Alpha，a', 'b,a'],
])('%s: %j is kept as %j', (type, typed, value) =>
  expect(readFieldValue(field(type), typed, 'CNY')).toEqual({ ok: true, value }),
);

test.each<[FormField['type'], string, string]>([
  ['date', '2023-02-29', 'noSuchDate'],
  ['date', '1990-13-01', 'noSuchDate'],
  ['date', '0000-01-01', 'noSuchDate'],
  ['date', 'spring', 'notADate'],
  ['date', '31.12.1990', 'notADate'],
  ['number', 'two', 'notANumber'],
  ['number', '1,23', 'notANumber'],
  ['number', '1e400', 'notANumber'],
  ['money', '-5', 'notAnAmount'],
  ['money', '1.234', 'notAnAmount'],
  ['yesNo', 'perhaps', 'notYesNo'],
  ['choice', 'gamma', 'unknownChoice'],
  ['choices', 'a, gamma', 'unknownChoice'],
  ['text', 'x'.repeat(501), 'tooLong'],
  ['longText', 'x'.repeat(100_001), 'tooLong'],
])('%s: %j is told as %s', (type, typed, problem) =>
  expect(readFieldValue(field(type), typed, 'CNY')).toEqual({ ok: false, problem }),
);

describe('the usual form', () => {
  it('names every field and choice once, in both languages', () => {
    const { fields } = usualCustomerForm;
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
    for (const { label, choices, question, worth } of fields) {
      for (const words of [label, ...choices.map((one) => one.label)]) {
        expect(words.en).not.toBe('');
        expect(words['zh-CN']).not.toBe('');
      }
      expect(new Set(choices.map(({ id }) => id)).size).toBe(choices.length);
      expect(question === null).toBe(worth === 0);
    }
  });

  it('reads back what it stores', () => {
    for (const one of usualCustomerForm.fields) {
      for (const { id } of one.choices) {
        expect(readFieldValue(one, id, 'CNY')).toEqual({ ok: true, value: id });
      }
    }
    expect(choiceIds('a,b')).toEqual(['a', 'b']);
  });
});
