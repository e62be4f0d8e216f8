import { newId } from '#shared/domain/ids.ts';
import { type Bilingual, foldText, languages, normalizeText } from '#shared/domain/text/text.ts';

/** A leaf of a tree: reason and detail, category and sub-category. */
export interface Leaf {
  id: string;
  path: Bilingual[];
  retired?: boolean | undefined;
}

/** A path as it is typed: levels behind slashes, once for each language. */
export type PathText = Bilingual;

const maxLevels = 5;

export type PathProblem = 'empty' | 'emptyLevel' | 'levels' | 'tooDeep' | 'double';

export function textOf({ path }: Leaf): PathText {
  return {
    en: path.map((level) => level.en).join(' / '),
    'zh-CN': path.map((level) => level['zh-CN']).join(' / '),
  };
}

function levelsOf(text: string): string[] {
  return normalizeText(text)
    .split(/[/／]/u)
    .map((level) => level.trim());
}

/** The levels that two texts come to, or what is wrong with them. */
export function pathFrom(text: PathText): Bilingual[] | PathProblem {
  const en = levelsOf(text.en);
  const zh = levelsOf(text['zh-CN']);
  if ([...en, ...zh].every((level) => level === '')) return 'empty';
  if ([...en, ...zh].includes('')) return 'emptyLevel';
  if (en.length !== zh.length) return 'levels';
  if (en.length > maxLevels) return 'tooDeep';
  return en.map((level, index) => ({ en: level, 'zh-CN': zh[index] ?? '' }));
}

/** Two leaves that are called the same cannot be told apart by whoever picks one. */
export function isDouble(leaf: Leaf, leaves: readonly Leaf[]): boolean {
  const own = keysOf(leaf);
  return leaves.some(
    (other) =>
      other.id !== leaf.id && !other.retired && keysOf(other).some((key) => own.includes(key)),
  );
}

function keysOf(leaf: Leaf): string[] {
  const text = textOf(leaf);
  return languages.map((language) => `${language} ${foldText(text[language])}`);
}

export function newLeaf(path: Bilingual[]): Leaf {
  return { id: newId(), path };
}

/** Leaves that have what was typed somewhere in their names. */
export function leavesWith(leaves: readonly Leaf[], typed: string): Leaf[] {
  const wanted = foldText(typed);
  if (wanted === '') return [...leaves];
  return leaves.filter((leaf) => keysOf(leaf).some((key) => key.includes(wanted)));
}
