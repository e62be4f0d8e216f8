import { initialsOf } from '#shared/domain/text/pinyin.ts';
import type { Bilingual, Language } from '#shared/domain/text/text.ts';
import { foldText } from '#shared/domain/text/text.ts';

/** A leaf of an administrator's tree: disposition or ticket category. */
export interface PathItem {
  id: string;
  path: Bilingual[];
}

export interface PathHit {
  item: PathItem;
  /** How often it was used lately, by id; 0 where nothing is known. */
  used: number;
}

const separator = ' › ';

export function pathText(item: PathItem, language: Language): string {
  return item.path.map((level) => level[language]).join(separator);
}

export function leafText(item: PathItem, language: Language): string {
  return item.path.at(-1)?.[language] ?? '';
}

/** 0: the word does not occur; otherwise the better the hit the higher. */
function wordScore(word: string, path: string, leaf: string): number {
  if (leaf.startsWith(word)) return 4;
  if (leaf.includes(` ${word}`) || path.startsWith(word) || path.includes(`› ${word}`)) return 3;
  if (path.includes(` ${word}`)) return 2;
  return path.includes(word) ? 1 : 0;
}

/** First letters of the Chinese levels, by their sound; worked out once for each leaf of a tree. */
const initials = new WeakMap<PathItem, { path: string; leaf: string }>();

function initialsIn(item: PathItem): { path: string; leaf: string } {
  const known = initials.get(item);
  if (known) return known;
  const levels = item.path.map((level) => initialsOf(level['zh-CN']));
  const found = { path: levels.join(' '), leaf: levels.at(-1) ?? '' };
  initials.set(item, found);
  return found;
}

/** `wrs` finds 无热水; one letter fits too much to say anything. */
function initialsScore(word: string, item: PathItem): number {
  if (!/^[a-z]{2,}$/.test(word)) return 0;
  const { path, leaf } = initialsIn(item);
  if (leaf.startsWith(word)) return 2;
  return path.split(' ').some((level) => level.startsWith(word)) ? 1 : 0;
}

function scoreIn(words: string[], item: PathItem, language: Language): number {
  const path = foldText(pathText(item, language));
  const leaf = foldText(leafText(item, language));
  let sum = 0;
  for (const word of words) {
    const sound = language === 'zh-CN' ? initialsScore(word, item) : 0;
    const score = Math.max(wordScore(word, path, leaf), sound);
    if (score === 0) return 0;
    sum += score;
  }
  return sum;
}

/**
 * Leaves whose path holds every typed word, in any order and in either language; best hits first,
 * then the most used, then the administrator's order. Nothing typed: all, the most used first.
 */
export function searchPaths(
  items: readonly PathItem[],
  typed: string,
  used: ReadonlyMap<string, number>,
): PathHit[] {
  const words = foldText(typed)
    .split(/[\s›>/]+/u)
    .filter((word) => word !== '');
  const scored = items.flatMap((item, order) => {
    const score = Math.max(scoreIn(words, item, 'en'), scoreIn(words, item, 'zh-CN'));
    if (words.length > 0 && score === 0) return [];
    return [{ item, used: used.get(item.id) ?? 0, score, order }];
  });
  scored.sort((a, b) => b.score - a.score || b.used - a.used || a.order - b.order);
  return scored.map(({ item, used: count }) => ({ item, used: count }));
}

export interface TextPart {
  text: string;
  marked: boolean;
}

/** Splits a label into marked and plain parts, for showing which letters were found. */
export function markWords(label: string, typed: string): TextPart[] {
  const folded = label.normalize('NFKC').toLowerCase();
  // Folding that changes the length would shift the marks: show the label plain then.
  if (folded.length !== label.length) return [{ text: label, marked: false }];
  const marked = new Array<boolean>(label.length).fill(false);
  for (const word of foldText(typed).split(' ')) {
    if (word === '') continue;
    for (let from = folded.indexOf(word); from >= 0; from = folded.indexOf(word, from + 1)) {
      marked.fill(true, from, from + word.length);
    }
  }
  const parts: TextPart[] = [];
  for (let index = 0; index < label.length; index += 1) {
    const last = parts.at(-1);
    const isMarked = marked[index] ?? false;
    if (last && last.marked === isMarked) last.text += label[index] ?? '';
    else parts.push({ text: label[index] ?? '', marked: isMarked });
  }
  return parts;
}
