import type { FoundText } from '#shared/contract/methods/search.ts';

/** Columns of a hit that are surely seen: a Latin letter takes one, a Chinese character two. */
const seenColumns = 36;
/** Of what stands before the mark, where the beginning is left out. */
const leadColumns = 12;

const wide =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uff60]/u;

function columnsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (wide.test(character) ? 2 : 1), 0);
}

/** Where to begin, so that at most `leadColumns` stand before `at`: with a word where one begins there. */
function beginBefore(text: string, at: number): number {
  let begin = at;
  let columns = 0;
  let word = at;
  for (const character of [...text.slice(0, at)].reverse()) {
    columns += columnsOf(character);
    if (columns > leadColumns) break;
    begin -= character.length;
    if (character === ' ') word = begin + 1;
  }
  return word < at ? word : begin;
}

/** The text from near its first mark on, where the mark would else be cut off by the end of the line. */
export function nearMark({ text, marks }: Pick<FoundText, 'text' | 'marks'>): {
  text: string;
  marks: FoundText['marks'];
} {
  const [first] = marks;
  if (!first || columnsOf(text.slice(0, first[1])) <= seenColumns) return { text, marks };
  const begin = beginBefore(text, first[0]);
  if (begin === 0) return { text, marks };
  const moved = 1 - begin;
  return {
    text: `…${text.slice(begin)}`,
    marks: marks.map(([from, to]): [number, number] => [from + moved, to + moved]),
  };
}
