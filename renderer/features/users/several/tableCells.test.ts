import { expect, test } from 'vitest';
import { cellsOf, textOfFile } from './tableCells.ts';

test.each([
  [
    'pasted from a spreadsheet',
    'a\tb, c\td\r\n1\t2\t3',
    [
      ['a', 'b, c', 'd'],
      ['1', '2', '3'],
    ],
  ],
  ['with commas', 'a,"b, ""c"""\n', [['a', 'b, "c"']]],
  ['with semicolons', 'a;b,c;d', [['a', 'b,c', 'd']]],
  ['with a mark at its beginning', '\ufeffa,b', [['a', 'b']]],
  ['of rows that are not equally long', 'a,b\n1', [['a', 'b'], ['1']]],
  ['whose quote does not close', 'a,"b\nc', null],
  ['with nothing in it', '', []],
])('a table %s', (_what, text, cells) => {
  expect(cellsOf(text)).toEqual(cells);
});

test('a file is read as UTF-8, or as GB 18030', () => {
  expect(textOfFile(new TextEncoder().encode('徐静').buffer)).toBe('徐静');
  expect(textOfFile(new Uint8Array([0xd0, 0xec, 0xbe, 0xb2]).buffer)).toBe('徐静');
});
