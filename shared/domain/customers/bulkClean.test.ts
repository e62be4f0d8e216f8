import { describe, expect, test } from 'vitest';
import type { BulkAction } from '../../contract/methods/quality.ts';
import { type Cleaned, cleanChanges, tidyName } from './bulkClean.ts';

const id = '01990000-0000-7000-8000-000000000010';
const at = { home: { country: 'CN' as const, areaCode: '021' }, today: '2026-11-01' };

function cleaned(customer: Partial<Cleaned['customer']>, raw: string | null = null): Cleaned {
  const point = { id: 'p1', kind: 'phone' as const, normal: null, extension: null };
  return {
    id,
    customer: { name: '张伟', tags: [], profile: {}, ...customer },
    points: raw === null ? [] : [{ ...point, raw }],
  };
}

test.each([
  ['  张 伟 ', '张 伟'],
  ['Ａｎｎａ　Ｋｅｌｌｅｒ', 'Anna Keller'],
  ['Anna   Keller', 'Anna Keller'],
  ['上海（中国）有限公司', '上海(中国)有限公司'],
  ['李👩‍👧 娜', '李👩‍👧 娜'],
  ['   ', ''],
])('%j is tidied to %j', (name, tidy) => expect(tidyName(name)).toBe(tidy));

describe('what an action changes', () => {
  const city = { city: { value: '上海', verifiedOn: null, source: 'desk' } };
  test.each<[string, BulkAction, Cleaned, string[]]>([
    ['a name', { action: 'tidyNames' }, cleaned({ name: ' 张伟' }), ['name: " 张伟" → "张伟"']],
    ['no tidy name', { action: 'tidyNames' }, cleaned({}), []],
    ['nothing to an empty name', { action: 'tidyNames' }, cleaned({ name: '  ' }), []],
    [
      'a number that can be read now',
      { action: 'normaliseNumbers' },
      cleaned({}, '０１３８ 0013 8000'),
      ['contactPoint.p1.normal: null → "+8613800138000"'],
    ],
    ['no number that cannot', { action: 'normaliseNumbers' }, cleaned({}, 'ask him'), []],
    [
      'an empty field',
      { action: 'setField', fieldId: 'city', value: '北京', onlyEmpty: true },
      cleaned({}),
      ['profile.city: "" → "北京"'],
    ],
    [
      'no field that is there, where only empty ones are wanted',
      { action: 'setField', fieldId: 'city', value: '北京', onlyEmpty: true },
      cleaned({ profile: city }),
      [],
    ],
    [
      'a field that is cleared',
      { action: 'clearField', fieldId: 'city' },
      cleaned({ profile: city }),
      ['profile.city: "上海" → ""'],
    ],
    ['a tag', { action: 'addTag', tag: 'vip' }, cleaned({}), ['tags: [] → ["vip"]']],
    ['a tag once', { action: 'addTag', tag: 'vip' }, cleaned({ tags: ['vip'] }), []],
    [
      'a tag taken away',
      { action: 'removeTag', tag: 'vip' },
      cleaned({ tags: ['a', 'vip'] }),
      ['tags: ["a","vip"] → ["a"]'],
    ],
    ['a field called anything', { action: 'clearField', fieldId: '__proto__' }, cleaned({}), []],
  ])('%s', (_, act, customer, expected) => {
    const changes = cleanChanges(act, customer, at);
    expect(changes.map(({ field, before, after }) => `${field}: ${before} → ${after}`)).toEqual(
      expected,
    );
  });
});
