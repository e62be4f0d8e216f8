export interface Versioned {
  fields: Record<string, unknown>;
  /** The stamp under which each field was last written; of a keyed field, each key (`profile.birthday`). */
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

/** Stamps that a record holds for what a change is about to write. */
export function stampsHeld(
  clocks: Readonly<Record<string, string>>,
  fields: Record<string, unknown>,
): string[] {
  return Object.entries(fields).flatMap(([name, value]) => {
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

/** The change that makes the keyed field `name` this whole value: the keys that differ, and null for those that go. */
export function keyedChange(name: string, value: unknown, held: unknown): unknown {
  if (!isKeyed(name, value) || !isKeyed(name, held)) return value;
  const gone = Object.keys(held).filter((key) => !Object.hasOwn(value, key));
  const changed = differingFields({ [name]: value }, { [name]: held })[name] ?? {};
  return Object.fromEntries([...Object.entries(changed), ...gone.map((key) => [key, null])]);
}
