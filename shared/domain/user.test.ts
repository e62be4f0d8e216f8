import { expect, it } from 'vitest';
import type { Role } from './permissions.ts';
import { lackForCalls } from './user.ts';

it.each<[Role, string | null, ReturnType<typeof lackForCalls>]>([
  ['agent', '2041', null],
  ['supervisor', '2061', null],
  ['administrator', '2090', null],
  ['administrator', null, 'extension'],
  ['agent', null, 'extension'],
  ['agent', '', 'extension'],
  ['quality', '2070', 'permission'],
  ['quality', null, 'permission'],
])('says what keeps a phone from ringing for the role %s at %s', (role, extension, lack) => {
  expect(lackForCalls({ role, extension })).toBe(lack);
});
