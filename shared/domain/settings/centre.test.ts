import { expect, test } from 'vitest';
import { defaultConfiguration } from '../../sample/configuration.ts';
import type { Configuration, PhoneConfiguration } from '../configuration.ts';
import { knownCurrencies } from './centre.ts';
import { settingProblem } from './parts.ts';

const usual = defaultConfiguration;
const phone = (changes: Partial<PhoneConfiguration>) => ({ phone: { ...usual.phone, ...changes } });
const line = (number: string, en = 'Store', zh = '仓库') => ({ number, name: { en, 'zh-CN': zh } });
const dialling = (changes: Partial<PhoneConfiguration['dialling']>) =>
  phone({ dialling: { ...usual.phone.dialling, ...changes } });

test.each<[string, Partial<Configuration>, string | null]>([
  ['as a new installation has it', {}, null],
  ['no English name', { organisation: { en: ' ', 'zh-CN': '澄屿' } }, 'organisation.en missing'],
  ['a country that is none', { home: { country: 'XX', areaCode: null } }, 'home.country unknown'],
  ['no area', { home: { country: 'HK', areaCode: null } }, null],
  ['an area without its zero', { home: { country: 'CN', areaCode: '21' } }, null],
  ['an area in words', { home: { country: 'CN', areaCode: 'SH' } }, 'home.areaCode form'],
  ['a currency that is none', { currency: 'XYZ' }, 'currency unknown'],
  ['a currency in small letters', { currency: 'cny' }, 'currency unknown'],
  ['no break to choose', { breakReasons: ['missed'] }, 'breakReasons missing'],
  ['one break to choose', { breakReasons: ['lunch'] }, null],
  ['a break of a minute', phone({ breakLimitsMs: { rest: 60_000 } }), null],
  [
    'a break of seconds',
    phone({ breakLimitsMs: { rest: 59_000 } }),
    'phone.breakLimitsMs.rest range',
  ],
  [
    'a break of nine hours',
    phone({ breakLimitsMs: { lunch: 540 * 60_000 } }),
    'phone.breakLimitsMs.lunch range',
  ],
  ['no echo', phone({ echoNumber: null }), null],
  ['an echo in words', phone({ echoNumber: 'echo' }), 'phone.echoNumber form'],
  ['an empty echo', phone({ echoNumber: '' }), 'phone.echoNumber form'],
  [
    'numbers in every form that is dialled',
    phone({ directory: [line('+862160035700'), line('8001'), line('*97')] }),
    null,
  ],
  ['a line without number', phone({ directory: [line('')] }), 'phone.directory.0.number missing'],
  [
    'a number with blanks',
    phone({ callerIds: [line('021 6003')] }),
    'phone.callerIds.0.number form',
  ],
  [
    'one number in two forms',
    phone({ directory: [line('02160035700'), line('+862160035700')] }),
    'phone.directory.0.number twice',
  ],
  [
    'a number without name',
    phone({ callerIds: [line('95588', '')] }),
    'phone.callerIds.0.name.en missing',
  ],
  ['nothing barred, nothing premium', dialling({ barred: [], premium: [], emergency: [] }), null],
  ['a beginning with letters', dialling({ premium: ['16x'] }), 'phone.dialling.premium.0'],
  [
    'an emergency number barred',
    dialling({ barred: ['900', '11'] }),
    'phone.dialling.barred emergency',
  ],
])('%s', (_what, changes, expected) => {
  const problem = settingProblem('configuration', { ...usual, ...changes });
  expect(problem && `${problem.path} ${problem.message}`).toEqual(
    expected === null ? null : expect.stringContaining(expected),
  );
});

test('what an older version let stand is not held against a change elsewhere', () => {
  const odd = { ...usual, ...phone({ directory: [line('021 6003')] }) };
  expect(settingProblem('configuration', { ...odd, currency: 'EUR' }, odd)).toBeNull();
  const worse = { ...odd, ...phone({ directory: [line('8001'), line('021 6003'), line('x')] }) };
  expect(settingProblem('configuration', worse, odd)?.path).toBe('phone.directory.2.number');
});

test('currencies are those of ISO 4217', () => {
  expect(knownCurrencies()).toEqual(expect.arrayContaining(['CNY', 'EUR', 'HKD', 'USD']));
});
