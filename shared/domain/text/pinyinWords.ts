import { pinyin } from 'pinyin-pro';

const hanRun = /\p{Script=Han}+/gu;

/** A run of Chinese characters with the sound of each. */
export interface SpokenRun {
  /** Where it begins in the text, in UTF-16 units. */
  at: number;
  characters: string[];
  /** Pinyin without tones, one for each character; a surname at the head sounds as a surname. */
  syllables: string[];
}

/** How the Chinese characters of a name sound: 曾志伟 → zeng zhi wei. */
export function spokenRuns(name: string): SpokenRun[] {
  return [...name.matchAll(hanRun)].map((match) => {
    const characters = [...match[0]];
    const said = pinyin(match[0], { toneType: 'none', type: 'array', surname: 'head', v: true });
    const fits = said.length === characters.length;
    return {
      at: match.index,
      characters,
      syllables: characters.map((_, index) => (fits ? (said[index] ?? '') : '').toLowerCase()),
    };
  });
}

/** Full pinyin and initials of each run of a name: 张伟 → ['zhangwei', 'zw']; empty without Chinese characters. */
export function soundsOf(name: string): { full: string; initials: string }[] {
  return spokenRuns(name).map(({ syllables }) => ({
    full: syllables.join(''),
    initials: syllables.map((syllable) => syllable.charAt(0)).join(''),
  }));
}
