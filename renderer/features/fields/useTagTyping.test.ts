import { expect, it } from 'vitest';
import { maxLineLength, maxTags } from '#shared/domain/primitives.ts';
import { withTags } from './useTagTyping.ts';

const many = Array.from({ length: maxTags }, (_, n) => `t${n}`);

it.each<[string, string[], string[], string[]]>([
  ['a new one', ['a'], ['b'], ['a', 'b']],
  ['one that is there', ['a'], ['a'], ['a']],
  ['blanks', ['a'], [' ', ' b  c '], ['a', 'b  c']],
  ['several at once', [], ['a', 'b', 'a'], ['a', 'b']],
  ['one too many', many, ['x'], many],
  ['one too long', [], ['x'.repeat(maxLineLength + 1)], ['x'.repeat(maxLineLength)]],
])('%s', (_name, tags, more, expected) => {
  expect(withTags(tags, more)).toEqual(expected);
});
