import { initialsOf } from '../text/pinyin.ts';

/** A division of GB/T 2260 with those below it: name and parts. */
export interface DivisionNode {
  name: string;
  children?: readonly DivisionNode[];
}

/** One province, city or district with what it lies in: `['浙江省', '杭州市', '西湖区']`. */
export interface Division {
  path: readonly string[];
}

interface Entry extends Division {
  full: string;
  /** Without the words for province, city, district: 浙江杭州西湖. */
  short: string;
  /** First letters of the sounds, from each level on: `zjhzxh`, `hzxh`, `xh`. */
  initials: readonly string[];
}

export interface DivisionIndex {
  /** The best first. Characters with or without 省, 市, 区, or the first letters of their pinyin. */
  search(typed: string, limit: number): Division[];
  /** The division an address begins with, as exact as it is written; null where it names none. */
  startOf(address: string): Division | null;
}

const kindOfDivision =
  /(?:特别行政区|(?:维吾尔|壮族|回族)?自治区|(?:[\u4e00-\u9fff]{1,3}族)*自治[州县旗]|[省市区县州盟旗])$/u;

/** What sounds otherwise in the name of a place than it usually does. */
const placeSounds: Readonly<Record<string, string>> = {
  ...{ 重: 'c', 厦: 'x', 长: 'c', 乐: 'l', 朝: 'c', 单: 's', 解: 'x', 蚌: 'b', 六: 'l', 会: 'h' },
  ...{
    西: 'x',
    都: 'd',
    大: 'd',
    藏: 'z',
    番: 'p',
    莘: 's',
    浚: 'x',
    铅: 'y',
    歙: 's',
    郧: 'y',
    荥: 'x',
  },
};
const sounds = new Map<string, string>(Object.entries(placeSounds));

function soundOf(character: string): string {
  const known = sounds.get(character);
  if (known !== undefined) return known;
  // Behind another one: at the beginning of a name some characters sound like surnames.
  const sound = initialsOf(`中${character}`).slice(1);
  sounds.set(character, sound);
  return sound;
}

function shortName(name: string): string {
  const short = name.replace(kindOfDivision, '');
  return [...short].length < 2 ? name : short;
}

function entryOf(path: readonly string[]): Entry {
  const names = path.map(shortName);
  const letters = names.map((name) => [...name].map(soundOf).join(''));
  return {
    path,
    full: path.join(''),
    short: names.join(''),
    initials: letters.map((_, level) => letters.slice(level).join('')),
  };
}

function entriesOf(nodes: readonly DivisionNode[], above: readonly string[]): Entry[] {
  return nodes.flatMap((node) => {
    const path = [...above, node.name];
    return [entryOf(path), ...entriesOf(node.children ?? [], path)];
  });
}

/** 0: not found; the better the higher. */
function scoreOf(word: string, { path, full, short, initials }: Entry): number {
  const own = path.at(-1) ?? '';
  if (/^[a-z]+$/u.test(word)) {
    if (initials.at(-1) === word) return 5;
    if (initials.at(-1)?.startsWith(word)) return 3;
    return initials.some((letters) => letters.startsWith(word)) ? 2 : 0;
  }
  if (own === word || shortName(own) === word) return 5;
  if (own.startsWith(word)) return 4;
  if (full.startsWith(word) || short.startsWith(word)) return 3;
  return full.includes(word) || short.includes(word) ? 2 : 0;
}

export function createDivisionIndex(nodes: readonly DivisionNode[]): DivisionIndex {
  const entries = entriesOf(nodes, []);
  return {
    search(typed, limit) {
      const words = typed.normalize('NFKC').toLowerCase().split(/\s+/u).filter(Boolean);
      if (words.length === 0) return [];
      const found = entries.flatMap((entry, order) => {
        const scores = words.map((word) => scoreOf(word, entry));
        if (scores.includes(0)) return [];
        return [{ entry, order, score: scores.reduce((sum, one) => sum + one, 0) }];
      });
      found.sort(
        (a, b) =>
          b.score - a.score || a.entry.path.length - b.entry.path.length || a.order - b.order,
      );
      return found.slice(0, limit).map(({ entry }) => ({ path: entry.path }));
    },
    startOf(address) {
      const text = address.replace(/\s+/gu, '');
      let best: Entry | null = null;
      for (const entry of entries) {
        if (entry.full.length <= (best?.full.length ?? 0)) continue;
        if (text.startsWith(entry.full)) best = entry;
      }
      return best && { path: best.path };
    },
  };
}
