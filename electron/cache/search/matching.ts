import type { FoundText } from '#shared/contract/methods/search.ts';
import { spokenRuns } from '#shared/domain/text/pinyinWords.ts';
import type { SearchTerms, SearchWord } from './searchTerms.ts';
import type { SearchText } from './searchTexts.ts';

/** From and to in UTF-16 units of the text that is shown. */
export type Mark = [from: number, to: number];

const shownLength = 80;
const shownBefore = 24;

/** How a name fits, best first; records that fit alike are put in order by whoever lists them. */
export const fits = {
  sameName: 0,
  beginsName: 1,
  sameSound: 2,
  beginsSound: 3,
  inName: 4,
  endOfNumber: 5,
  elsewhere: 6,
} as const;

/** Null where not every word is in one of the texts. */
export function fitOf(
  terms: SearchTerms,
  texts: readonly SearchText[],
): { fit: number; found: FoundText } | null {
  const [name] = texts;
  if (!name || !terms.words.every((word) => texts.some((text) => has(text, word)))) return null;
  const shown = texts.find((text) => terms.words.some((word) => has(text, word))) ?? name;
  return { fit: fitIn(shown, terms), found: foundIn(shown, terms) };
}

function fitIn(
  { field, folded, sounds }: SearchText,
  { folded: typed, words }: SearchTerms,
): number {
  const [digits] = words.map((word) => word.digits);
  if (field === 'phone' && digits) {
    return folded.endsWith(digits) ? fits.endOfNumber : fits.elsewhere;
  }
  if (field !== 'name') return folded.startsWith(typed) ? fits.endOfNumber : fits.elsewhere;
  if (folded === typed) return fits.sameName;
  if (folded.startsWith(typed)) return fits.beginsName;
  const bare = typed.replaceAll(' ', '');
  if (sounds.some(({ full, initials }) => full === bare || initials === bare)) {
    return fits.sameSound;
  }
  const begins = sounds.some(
    (sound) => sound.full.startsWith(bare) || sound.initials.startsWith(bare),
  );
  return begins ? fits.beginsSound : fits.inName;
}

function has({ field, folded, sounds }: SearchText, { text, digits }: SearchWord): boolean {
  if (field === 'phone') return digits !== null && folded.includes(digits);
  if (folded.includes(text)) return true;
  if (digits !== null && field === 'no' && folded.includes(digits)) return true;
  return sounds.some(({ full, initials }) => full.includes(text) || initials.includes(text));
}

/** The text as people read it, cut around the first hit, with what was hit. */
function foundIn(text: SearchText, { words }: SearchTerms): FoundText {
  const marks = words.flatMap((word) => marksOf(text, word)).sort((a, b) => a[0] - b[0]);
  const first = marks[0]?.[0] ?? 0;
  const from = text.raw.length <= shownLength ? 0 : Math.max(0, first - shownBefore);
  const before = from > 0 ? '…' : '';
  const after = from + shownLength < text.raw.length ? '…' : '';
  const shown = text.raw.slice(from, from + shownLength).replace(/\s/gu, ' ');
  return {
    field: text.field,
    text: before + shown + after,
    marks: joined(marks)
      .map(([start, end]): Mark => [start - from, Math.min(end - from, shownLength)])
      .filter(([start, end]) => start >= 0 && end > start)
      .map(([start, end]): Mark => [start + before.length, end + before.length]),
  };
}

function marksOf(text: SearchText, word: SearchWord): Mark[] {
  if (text.field === 'phone') return word.digits ? digitMarks(text.raw, word.digits) : [];
  const written =
    plainMark(text.raw, word.text) ?? (word.digits && plainMark(text.raw, word.digits));
  if (written) return [written];
  return text.field === 'name' ? soundMark(text.raw, word.text) : [];
}

/** Folding may make one character of several, or several of one: each is folded by itself and remembers its place. */
function plainMark(raw: string, wanted: string): Mark | null {
  const places: number[] = [];
  let folded = '';
  let at = 0;
  for (const character of raw) {
    const plain = character.normalize('NFKC').toLowerCase().replace(/\s/gu, ' ');
    folded += plain;
    for (let unit = 0; unit < plain.length; unit++) places.push(at);
    at += character.length;
  }
  const start = folded.indexOf(wanted);
  if (start < 0) return null;
  places.push(raw.length);
  const last = places[start + wanted.length - 1] ?? raw.length;
  const width = [...raw.slice(last)][0]?.length ?? 1;
  return [places[start] ?? 0, last + width];
}

/** Digits of a number as written, with anything between them. What is written otherwise (a trunk zero) has none. */
function digitMarks(raw: string, wanted: string): Mark[] {
  const places = [...raw.matchAll(/\d/g)].map((match) => match.index);
  const digits = places.map((place) => raw[place]).join('');
  const start = digits.indexOf(wanted);
  const from = places[start];
  const to = places[start + wanted.length - 1];
  return start < 0 || from === undefined || to === undefined ? [] : [[from, to + 1]];
}

function soundMark(raw: string, wanted: string): Mark[] {
  for (const { at, characters, syllables } of spokenRuns(raw)) {
    const range =
      charactersUnder(syllables, wanted) ??
      charactersUnder(
        syllables.map((syllable) => syllable.charAt(0)),
        wanted,
      );
    if (!range) continue;
    const units = (count: number) => characters.slice(0, count).join('').length;
    return [[at + units(range[0]), at + units(range[1])]];
  }
  return [];
}

/** Which characters the letters fall on. */
function charactersUnder(syllables: readonly string[], wanted: string): Mark | null {
  const start = syllables.join('').indexOf(wanted);
  if (start < 0) return null;
  let from = -1;
  let to = 0;
  let at = 0;
  for (const [index, syllable] of syllables.entries()) {
    const end = at + syllable.length;
    if (at <= start && start < end) from = index;
    if (at < start + wanted.length) to = index + 1;
    at = end;
  }
  return from < 0 ? null : [from, to];
}

function joined(marks: readonly Mark[]): Mark[] {
  const result: Mark[] = [];
  for (const [from, to] of marks) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}
