import { stampPattern } from './clock.ts';

/**
 * Lists that are sets and merge element by element: two people who add to one at once both have what they added, and
 * what one takes away goes only as far as it was seen.
 *
 * Each addition has a stamp of its own, the dot. An element is there as long as one of its dots is; whoever takes it
 * away names the dots that stand in the record, so that an addition made elsewhere at the same time stays. (An
 * observed-remove set: Shapiro et al., "A comprehensive study of Convergent and Commutative Replicated Data Types",
 * 2011, 3.3.5.) Of one device only its latest dot of an element is kept: its earlier ones had been seen by it.
 *
 * In a record the list stands as it is shown. `clocks` holds under the field's name the stamp of the last write of the
 * whole list (by a desk or in a row of before; a new record has none), and under `<field>.<element>` what came since,
 * separated by blanks: a dot; `!` behind one that was taken away; `*` behind the stamp of a whole list out of which the
 * element was taken; `=` where it stands in the whole list beside its dots. A whole list replaces whatever is older
 * than it.
 */
const listFieldsOf: Readonly<Record<string, readonly string[]>> = {
  customer: ['tags'],
  ticket: ['tags', 'watcherIds', 'relatedIds'],
};

/** By name alone, whichever entity it is of: a whole list merges as ever. */
export const listFields: ReadonlySet<string> = new Set(Object.values(listFieldsOf).flat());

/** What goes, and as what the author saw it. */
export interface Removal {
  value: string;
  /** Dots of additions. */
  stamps: string[];
  /** Of the whole list in which it stood. */
  whole?: string | undefined;
}

/** What a change does to a list. */
export interface ListChange {
  added: string[];
  removed: Removal[];
  /** Of what is added; where there is none, the stamp of the change. It stays also where that one is not believed. */
  stamp?: string | undefined;
}

export interface ListState {
  list: readonly string[];
  clocks: Readonly<Record<string, string>>;
}

/** The last that was heard of one device's additions of an element. */
interface Dot {
  stamp: string;
  gone: boolean;
}

interface Element {
  /** By device. */
  dots: Map<string, Dot>;
  /** The latest whole list out of which it was taken. */
  taken: string;
}

/** Stamp of a list that was written without one: before all others. */
const unstamped = '0';
const wholePattern = new RegExp(`^${unstamped}$|${stampPattern.source}`);

/** A stamp that a whole list may have. */
export function isStampOfWhole(text: string): boolean {
  return wholePattern.test(text);
}

/** At most so many stamps of one element are named by a removal. */
export const mostDots = 64;

export function mergesByElement(entity: string, name: string): boolean {
  return listFieldsOf[entity]?.includes(name) === true;
}

export function isListChange(value: unknown): value is ListChange {
  return typeof value === 'object' && value !== null && 'added' in value && 'removed' in value;
}

export function isList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/** The list and its clocks after a change, and whether all and some of it took effect. */
export interface MergedList extends ListState {
  won: boolean;
  lost: boolean;
}

/** Merge what was added and taken away, in whatever order and however often it comes. */
export function mergeElements(
  name: string,
  held: ListState,
  { added, removed, stamp: dot }: ListChange,
  clock: string,
): MergedList {
  const state = new Elements(name, held);
  const stamp = dot ?? clock;
  for (const value of added) state.put(value, { stamp, gone: false });
  for (const { value, stamps, whole } of removed) {
    for (const seen of stamps) state.put(value, { stamp: seen, gone: true });
    if (whole !== undefined) state.takeOut(value, whole);
  }
  const lost = added.length > 0 && stamp <= state.floor;
  return { ...state.merged(), won: !lost || removed.length > 0, lost };
}

/** Merge a whole list: it replaces what is older than it. */
export function mergeWhole(
  name: string,
  held: ListState,
  list: readonly string[],
  clock: string,
): MergedList {
  const state = new Elements(name, held);
  if (state.floor > clock) return { ...held, won: false, lost: true };
  state.replace(list, clock);
  return { ...state.merged(), won: true, lost: false };
}

/** Does anything but one stamp stand behind the list? */
export function hasDots(name: string, clocks: Readonly<Record<string, string>>): boolean {
  const prefix = `${name}.`;
  for (const key in clocks) if (key.startsWith(prefix)) return true;
  return false;
}

/** The change that makes the list this one; null where it holds the same elements. */
export function listChange(
  name: string,
  list: readonly string[],
  held: ListState,
  stamp?: string,
): ListChange | null {
  const before = new Set(held.list);
  const after = new Set(list);
  const added = [...after].filter((value) => !before.has(value));
  const gone = [...before].filter((value) => !after.has(value));
  if (added.length === 0 && gone.length === 0) return null;
  const state = new Elements(name, held);
  const removed = gone.map((value) => state.seen(value));
  return { added, removed, ...(stamp === undefined ? {} : { stamp }) };
}

/** All stamps that stand behind a list. */
export function listStamps(name: string, clocks: Readonly<Record<string, string>>): string[] {
  const prefix = `${name}.`;
  return Object.entries(clocks).flatMap(([key, text]) =>
    key === name || key.startsWith(prefix) ? stampsIn(text) : [],
  );
}

/** Stamps in one value of `clocks`. */
export function stampsIn(text: string): string[] {
  return text.split(' ').flatMap((word) => (word === '=' ? [] : word.replace(/[!*]$/, '')));
}

/** The elements of one list while something is merged into it. */
class Elements {
  /** Stamp of the last whole list. What is older has no say any more. */
  floor: string;
  readonly #name: string;
  /** The last whole list, less what was taken out of it before. */
  #whole: readonly string[];
  readonly #elements = new Map<string, Element>();

  constructor(name: string, { list, clocks }: ListState) {
    this.#name = name;
    this.floor = clocks[name] ?? unstamped;
    const prefix = `${name}.`;
    const inBoth = new Set<string>();
    for (const [key, text] of Object.entries(clocks)) {
      if (!key.startsWith(prefix)) continue;
      const value = key.slice(prefix.length);
      for (const word of text.split(' ')) {
        if (word === '=') inBoth.add(value);
        else if (word.endsWith('*')) this.takeOut(value, word.slice(0, -1));
        else if (word.endsWith('!')) this.put(value, { stamp: word.slice(0, -1), gone: true });
        else this.put(value, { stamp: word, gone: false });
      }
    }
    this.#whole = list.filter((value) => inBoth.has(value) || this.#added(value).length === 0);
  }

  /** Of one device the later dot stands; taken away is later than added. */
  put(value: string, dot: Dot): void {
    if (dot.stamp <= this.floor) return;
    const { dots } = this.#element(value);
    const device = deviceOf(dot.stamp);
    const held = dots.get(device);
    if (held && (held.stamp > dot.stamp || (held.stamp === dot.stamp && !dot.gone))) return;
    dots.set(device, dot);
  }

  takeOut(value: string, whole: string): void {
    if (whole < this.floor) return;
    const element = this.#element(value);
    if (whole > element.taken) element.taken = whole;
  }

  replace(list: readonly string[], clock: string): void {
    this.floor = clock;
    this.#whole = list;
    for (const element of this.#elements.values()) {
      for (const [device, { stamp }] of element.dots) {
        if (stamp <= clock) element.dots.delete(device);
      }
      if (element.taken < clock) element.taken = '';
    }
  }

  /** As what an element stands here. */
  seen(value: string): Removal {
    const stamps = this.#added(value).slice(0, mostDots);
    const isOfWhole = this.#isOfWhole(value) || stamps.length === 0;
    return { value, stamps, ...(isOfWhole ? { whole: this.floor } : {}) };
  }

  merged(): { list: string[]; clocks: Record<string, string> } {
    const whole = [...new Set(this.#whole)].filter((value) => this.#isOfWhole(value));
    const inWhole = new Set(whole);
    const since = [...this.#elements.keys()].flatMap((value) => {
      const [at] = this.#added(value);
      return at === undefined || inWhole.has(value) ? [] : { value, at };
    });
    since.sort((one, other) => compare(one.at, other.at) || compare(one.value, other.value));
    const clocks: Record<string, string> = {};
    if (this.floor !== unstamped) clocks[this.#name] = this.floor;
    for (const value of this.#elements.keys()) {
      const text = this.#text(value, inWhole.has(value));
      if (text !== '') clocks[`${this.#name}.${value}`] = text;
    }
    return { list: [...whole, ...since.map(({ value }) => value)], clocks };
  }

  #element(value: string): Element {
    const held = this.#elements.get(value);
    if (held) return held;
    const element = { dots: new Map<string, Dot>(), taken: '' };
    this.#elements.set(value, element);
    return element;
  }

  #isOfWhole(value: string): boolean {
    if (!this.#whole.includes(value)) return false;
    const taken = this.#elements.get(value)?.taken ?? '';
    return taken < this.floor;
  }

  /** Dots under which it is there, the earliest first. */
  #added(value: string): string[] {
    const dots = [...(this.#elements.get(value)?.dots.values() ?? [])];
    return dots.flatMap(({ stamp, gone }) => (gone ? [] : stamp)).sort();
  }

  #text(value: string, isOfWhole: boolean): string {
    const { dots, taken } = this.#element(value);
    const words = [...dots.values()].map(({ stamp, gone }) => (gone ? `${stamp}!` : stamp));
    if (taken !== '') words.push(`${taken}*`);
    if (isOfWhole && this.#added(value).length > 0) words.push('=');
    return words.sort().join(' ');
  }
}

/** Behind the time and the counter of a stamp. */
function deviceOf(stamp: string): string {
  return stamp.slice('000000000000-0000-'.length);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
