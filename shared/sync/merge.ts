import {
  hasDots,
  isList,
  isListChange,
  listChange,
  listFields,
  listStamps,
  type MergedList,
  mergeElements,
  mergesByElement,
  mergeWhole,
  stampsIn,
} from './lists.ts';

export interface Versioned {
  fields: Record<string, unknown>;
  /**
   * The stamp under which each field was last written; of a keyed field, each key (`profile.birthday`), and of a list
   * each element (lists.ts).
   */
  clocks: Record<string, string>;
}

export interface Merged extends Versioned {
  /** Fields that the change did set. */
  won: string[];
  /** Fields that a later write already held: the change's value belongs in the history only. */
  lost: string[];
}

type Keyed = Record<string, unknown>;

/**
 * Fields that hold a value for each key and merge key by key, so that two agents may fill in two lines of one
 * profile at once. A change carries the keys it changes, with null for one that goes; none is removed by
 * leaving it out.
 */
export const keyedFields: ReadonlySet<string> = new Set(['profile']);

/**
 * Merge a change into a record field by field: the later stamp wins, and fields that nobody here
 * knows are kept. Commutative, associative and idempotent over changes with distinct stamps.
 */
export function mergeFields(
  current: Versioned,
  change: { fields: Record<string, unknown>; clock: string },
): Merged {
  const fields = { ...current.fields };
  const clocks = { ...current.clocks };
  const won: string[] = [];
  const lost: string[] = [];
  for (const [name, value] of Object.entries(change.fields)) {
    if (isKeyed(name, value) && (fields[name] === undefined || isKeyed(name, fields[name]))) {
      const keyed = new Map(Object.entries(fields[name] ?? {}));
      const taken = mergeKeys(name, keyed, clocks, { fields: value, clock: change.clock });
      // A key may be called anything, `__proto__` too: entries make it a key like all others.
      fields[name] = Object.fromEntries(keyed);
      if (taken.won > 0 || current.fields[name] === undefined) won.push(name);
      if (taken.lost > 0) lost.push(name);
      continue;
    }
    if (listFields.has(name)) {
      const taken = mergeList(name, { fields, clocks }, value, change.clock);
      if (taken?.won) won.push(name);
      if (taken?.lost) lost.push(name);
      if (taken) continue;
    }
    const held = clocks[name];
    if (held !== undefined && held > change.clock) {
      lost.push(name);
      continue;
    }
    fields[name] = value;
    clocks[name] = change.clock;
    won.push(name);
  }
  return { fields, clocks, won, lost };
}

/**
 * The record as its first change makes it. Its lists have no stamp: whoever adds to them or takes from them has seen
 * the record, under whatever stamp it was there then. A server that went back to a backup may get it again under a
 * later one than what came of it.
 */
export function madeOf(
  entity: string,
  first: { fields: Record<string, unknown>; clock: string },
): Merged {
  const made = mergeFields({ fields: {}, clocks: {} }, first);
  const stamped = Object.entries(made.clocks).filter(([name]) => !mergesByElement(entity, name));
  return { ...made, clocks: Object.fromEntries(stamped) };
}

/** Merges into `fields` and `clocks`. Null: there is nothing but one whole list to another, or something else. */
function mergeList(
  name: string,
  { fields, clocks }: Versioned,
  value: unknown,
  clock: string,
): { won: boolean; lost: boolean } | null {
  const list = fields[name];
  const held = { list: isList(list) ? list : [], clocks };
  let merged: MergedList;
  if (isListChange(value)) merged = mergeElements(name, held, value, clock);
  else if (isList(value) && hasDots(name, clocks)) merged = mergeWhole(name, held, value, clock);
  else return null;
  if (!merged.won) return merged;
  for (const key of Object.keys(clocks)) {
    if (key === name || key.startsWith(`${name}.`)) delete clocks[key];
  }
  Object.assign(clocks, merged.clocks);
  fields[name] = merged.list;
  return merged;
}

/** Merges into `keyed` and `clocks`. What was written whole, before keys had stamps, has the field's own. */
function mergeKeys(
  name: string,
  keyed: Map<string, unknown>,
  clocks: Record<string, string>,
  change: { fields: Keyed; clock: string },
): { won: number; lost: number } {
  let won = 0;
  let lost = 0;
  for (const [key, value] of Object.entries(change.fields)) {
    const held = clocks[`${name}.${key}`] ?? clocks[name];
    if (held !== undefined && held > change.clock) {
      lost += 1;
      continue;
    }
    if (value === null) keyed.delete(key);
    else keyed.set(key, value);
    clocks[`${name}.${key}`] = change.clock;
    won += 1;
  }
  return { won, lost };
}

function isKeyed(name: string, value: unknown): value is Keyed {
  return (
    keyedFields.has(name) && typeof value === 'object' && value !== null && !Array.isArray(value)
  );
}

/** All stamps that a record holds. */
export function stampsOf(clocks: Readonly<Record<string, string>>): string[] {
  return Object.values(clocks).flatMap(stampsIn);
}

/** Stamps that a record holds for what a change is about to write. */
export function stampsHeld(
  clocks: Readonly<Record<string, string>>,
  fields: Record<string, unknown>,
): string[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    if (listFields.has(name)) return listStamps(name, clocks);
    const own = Object.hasOwn(clocks, name) ? (clocks[name] ?? []) : [];
    if (!isKeyed(name, value)) return own;
    const keys = Object.keys(value).map((key) => `${name}.${key}`);
    return [
      own,
      ...keys.map((key) => (Object.hasOwn(clocks, key) ? (clocks[key] ?? []) : [])),
    ].flat();
  });
}

/** What a change leaves different: of a keyed field only the keys that do not hold the value already. */
export function differingFields(
  fields: Record<string, unknown>,
  current: Record<string, unknown>,
): Record<string, unknown> {
  const differing: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const held = current[name];
    if (JSON.stringify(value) === JSON.stringify(held)) continue;
    if (!isKeyed(name, value) || !isKeyed(name, held)) {
      differing[name] = value;
      continue;
    }
    const keys = Object.entries(value).filter(
      ([key, one]) => JSON.stringify(one) !== JSON.stringify(held[key]),
    );
    if (keys.length > 0) differing[name] = Object.fromEntries(keys);
  }
  return differing;
}

/** The change that makes the record hold these whole values, as narrow as can be told: keys and elements that differ. */
export function narrowed(
  entity: string,
  values: Record<string, unknown>,
  held: Versioned,
): Record<string, unknown> {
  const keyed = Object.entries(values).map(([name, value]) => [
    name,
    keyedChange(name, value, held.fields[name]),
  ]);
  return narrowedLists(entity, Object.fromEntries(keyed), held);
}

/**
 * Of lists that merge by element what is added and taken away; one with the same elements is no change. `stamp` is the
 * stamp of the change, where it may not be believed.
 */
export function narrowedLists(
  entity: string,
  values: Record<string, unknown>,
  { fields, clocks }: Versioned,
  stamp?: string,
): Record<string, unknown> {
  const narrow: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    if (!mergesByElement(entity, name) || !isList(value)) {
      narrow[name] = value;
      continue;
    }
    const list = fields[name];
    const change = listChange(name, value, { list: isList(list) ? list : [], clocks }, stamp);
    if (change) narrow[name] = change;
  }
  return narrow;
}

/** The change that makes the keyed field `name` this whole value: the keys that differ, and null for those that go. */
function keyedChange(name: string, value: unknown, held: unknown): unknown {
  if (!isKeyed(name, value) || !isKeyed(name, held)) return value;
  const gone = Object.keys(held).filter((key) => !Object.hasOwn(value, key));
  const changed = differingFields({ [name]: value }, { [name]: held })[name] ?? {};
  return Object.fromEntries([...Object.entries(changed), ...gone.map((key) => [key, null])]);
}
