/**
 * What the search index holds of a text. SQLite's own cutters do not fit: trigrams find nothing for a Chinese name of
 * two characters, words nothing for the end of a number. So texts are cut here, stored without positions, and
 * what the index answers is looked at again (`matching.ts`): pieces may stand in another order than asked.
 */
const pieces = /(\p{Script=Han}+)|([\p{L}\p{N}]+)/gu;
const hanCharacter = /\p{Script=Han}/u;
const digitsOnly = /^\d+$/;
export const digitsOfPiece = 4;

/** Pieces of a folded text: pairs of Chinese characters, four digits, three letters, and how each word begins. */
export function addGrams(text: string, into: Set<string>): void {
  for (const run of runsOf(text)) {
    const characters = [...run];
    if (hanCharacter.test(run)) addParts(characters, 2, into);
    else if (digitsOnly.test(run)) addParts(characters, digitsOfPiece, into);
    else addWord(characters, into);
  }
}

/** Pieces of a word that are asked for at most: each costs a list, and what is found is looked at again anyway. */
const mostAsked = 7;

/** Pieces that a text must have to contain this word; empty where the word is too short to ask for. */
export function wantedGrams(word: string): string[] {
  const wanted = new Set<string>();
  for (const run of runsOf(word)) {
    const characters = [...run];
    if (hanCharacter.test(run)) {
      if (characters.length > 1) addParts(characters, 2, wanted);
    } else if (digitsOnly.test(run)) {
      if (characters.length >= digitsOfPiece) addParts(characters, digitsOfPiece, wanted);
    } else if (characters.length === 2) wanted.add(run);
    else if (characters.length > 2) addParts(characters, 3, wanted);
  }
  return spread([...wanted]);
}

/** Some of many, from the beginning to the end: with the next letter most of them stay. */
function spread(grams: string[]): string[] {
  if (grams.length <= mostAsked) return grams;
  const step = (grams.length - 1) / (mostAsked - 1);
  return Array.from({ length: mostAsked }, (_, index) => grams[Math.round(index * step)] ?? '');
}

function runsOf(text: string): string[] {
  const runs: string[] = [];
  for (const [run] of text.matchAll(pieces)) {
    // A word such as `a王` is one match of letters: cut where the script changes.
    if (!hanCharacter.test(run) || /^\p{Script=Han}+$/u.test(run)) runs.push(run);
    else runs.push(...(run.match(/\p{Script=Han}+|[^\p{Script=Han}]+/gu) ?? []));
  }
  return runs;
}

/** Neighbours, so many at a time; a shorter run as a whole. */
function addParts(characters: string[], size: number, into: Set<string>): void {
  if (characters.length <= size) into.add(characters.join(''));
  for (let at = 0; at + size <= characters.length; at++) {
    into.add(characters.slice(at, at + size).join(''));
  }
}

function addWord(characters: string[], into: Set<string>): void {
  if (characters.length < 2) return;
  into.add(characters.slice(0, 2).join(''));
  if (characters.length > 2) addParts(characters, 3, into);
}

/** A query of FTS5 for rows that have all of these. */
export function matchOf(grams: readonly string[]): string {
  return grams.map((gram) => `"${gram}"`).join(' AND ');
}
