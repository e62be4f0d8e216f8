export interface Versioned {
  fields: Record<string, unknown>;
  /** The stamp under which each field was last written. */
  clocks: Record<string, string>;
}

export interface Merged extends Versioned {
  /** Fields that the change did set. */
  won: string[];
  /** Fields that a later write already held: the change's value belongs in the history only. */
  lost: string[];
}

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
