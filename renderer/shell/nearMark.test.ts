import { describe, expect, it } from 'vitest';
import { nearMark } from './nearMark.ts';

/** The mark is written in brackets, here and in what is expected. */
function readMark(written: string): { text: string; marks: [number, number][] } {
  const from = written.indexOf('[');
  const to = written.indexOf(']') - 1;
  return { text: written.replace(/[[\]]/gu, ''), marks: from < 0 ? [] : [[from, to]] };
}

function shown(written: string): string {
  const { text, marks } = nearMark(readMark(written));
  const [mark] = marks;
  if (!mark) return text;
  return `${text.slice(0, mark[0])}[${text.slice(...mark)}]${text.slice(mark[1])}`;
}

describe('what was found', () => {
  it.each([
    ['with a mark at the beginning', '[Boiler] leaks again, customer is angry about the wait'],
    ['with a mark that is seen', 'The customer says the [boiler] leaks again and is angry'],
    ['with nothing marked', 'Nothing of this long subject is marked, for it was found by its id'],
    ['with a mark as long as the line', '[Kundenservice-Rueckrufbitte-Montagmorgen-0900]'],
    ['with a mark that is seen in Chinese', '客户反映新装的[热水器]漏水，要求尽快上门'],
  ])('stays as it is %s', (_, written) => {
    expect(shown(written)).toBe(written);
  });

  it.each([
    [
      'a word before the mark',
      '…e customer was here before, and says the old [boiler] leaks again',
      '…the old [boiler] leaks again',
    ],
    [
      'twelve columns of Chinese',
      '客户来电反映上个月新装的燃气壁挂炉和[热水器]漏水',
      '…燃气壁挂炉和[热水器]漏水',
    ],
    [
      'the mark in one long word',
      `https://example.org/${'a'.repeat(30)}[boiler]x`,
      `…${'a'.repeat(12)}[boiler]x`,
    ],
    ['whole characters', `${'x'.repeat(40)}${'👍'.repeat(14)}[ok]`, `…${'👍'.repeat(12)}[ok]`],
  ])('begins with %s', (_, written, expected) => {
    expect(shown(written)).toBe(expected);
  });

  it('moves every mark along', () => {
    const text = `${'long story, '.repeat(5)}boiler and heater`;
    const { text: cut, marks } = nearMark({
      text,
      marks: [
        [60, 66],
        [71, 77],
      ],
    });
    expect(marks.map(([from, to]) => cut.slice(from, to))).toEqual(['boiler', 'heater']);
    expect(cut.startsWith('…story, boiler')).toBe(true);
  });
});
