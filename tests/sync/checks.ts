import { isDeepStrictEqual } from 'node:util';
import { signedFields } from '#server/sync/signatures.ts';
import type { RefusedOperation } from '#shared/contract/models/desk.ts';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import { type EntityName, entities } from '#shared/sync/entities.ts';
import { isList, isListChange } from '#shared/sync/lists.ts';
import { madeOf, mergeFields, type Versioned } from '#shared/sync/merge.ts';
import type { Change } from '#shared/sync/messages.ts';
import { usualFieldsOf } from '#shared/sync/usual.ts';
import type { Expected } from './expected.ts';
import type { CentreRecord, HistoryEntry } from './history.ts';

/** Fields that the centre gives itself. */
const givenByCentre: Partial<Record<string, readonly string[]>> = {
  ticket: ['no', 'dueAt', 'limitsTold'],
};
/** Entities that it also writes of its own accord: their versions are not all by operations. */
const writtenByCentre: ReadonlySet<string> = new Set(['ticket']);

export type Fault = string;

/** Nothing lost, nothing twice, nothing that nobody wrote. */
export function checkHistory(history: readonly HistoryEntry[], expected: Expected): Fault[] {
  const faults: Fault[] = [];
  const byId = new Map(history.map((entry) => [entry.id, entry]));
  if (byId.size !== history.length) faults.push('an operation stands in the history twice');
  for (const { operation, desk, refused } of expected.kept.values()) {
    const entry = byId.get(operation.id);
    const what = `${operation.entity} ${operation.entityId} of ${desk} (operation ${operation.id})`;
    if (!entry) {
      if (refused && expected.restored) continue;
      faults.push(`lost: ${what}`);
      continue;
    }
    const signed = signedFields(nameOf(operation.authorId), operation.fields);
    if (!isDeepStrictEqual(entry.fields, signed)) faults.push(`altered: ${what}`);
    if (refused !== 'maybe' && refused !== (entry.outcome === 'rejected')) {
      faults.push(`${entry.outcome}, though ${refused ? 'forbidden' : 'allowed'}: ${what}`);
    }
  }
  for (const entry of history) {
    if (expected.kept.has(entry.id)) continue;
    const text = JSON.stringify(entry.fields);
    const isDoubtful = [...expected.doubtful].some((mark) => text.includes(mark));
    const isOwn = entry.entity === 'presence' || entry.entity === 'agentInterval';
    if (!isDoubtful && !isOwn) faults.push(`nobody wrote ${entry.entity} ${entry.id}: ${text}`);
  }
  for (const mark of expected.never) {
    const found = history.find((entry) => JSON.stringify(entry.fields).includes(mark));
    if (found) faults.push(`refused at the desk, yet in the history: ${mark} ${found.id}`);
  }
  return faults;
}

/** The centre puts an author's name right. */
function nameOf(id: string): { id: string; name: string } {
  return { id, name: practiceUsers.find((user) => user.id === id)?.name ?? '' };
}

/** What was in the history stays in it, unchanged. */
export function checkAppendOnly(
  before: readonly HistoryEntry[],
  after: readonly HistoryEntry[],
): Fault[] {
  const now = new Map(after.map((entry) => [entry.id, entry]));
  return before
    .filter((entry) => !isDeepStrictEqual(now.get(entry.id), entry))
    .map((entry) => `the history of operation ${entry.id} was changed`);
}

/** Every record is what its history says, folded here once more, and no write counted twice. */
export function checkRecords(
  records: readonly CentreRecord[],
  history: readonly HistoryEntry[],
  { disksLost }: Pick<Expected, 'disksLost'>,
): Fault[] {
  const faults: Fault[] = [];
  const writes = Map.groupBy(
    history.filter((entry) => entry.outcome !== 'rejected'),
    (entry) => `${entry.entity}/${entry.entityId}`,
  );
  for (const record of records) {
    const key = `${record.entity}/${record.id}`;
    const own = writes.get(key);
    // The sample that the database started with.
    if (!own) continue;
    const given = givenByCentre[record.entity] ?? [];
    const { fields } = folded(record.entity as EntityName, own);
    const held = Object.fromEntries(
      Object.entries(record.fields).filter(([name]) => !given.includes(name)),
    );
    const wanted = Object.fromEntries(
      Object.entries(fields).filter(([name]) => !given.includes(name)),
    );
    if (!isDeepStrictEqual(held, wanted)) {
      faults.push(`${key} is not what its history says:\n  ${diff(held, wanted)}`);
    }
    const versions = new Set(own.map(({ version }) => version));
    for (let version = 1; version <= record.version; version += 1) {
      if (writtenByCentre.has(record.entity) || versions.has(version)) continue;
      faults.push(`${key}: version ${version} by no operation`);
    }
    writes.delete(key);
  }
  for (const [key, own] of writes) {
    // The desk that made it went back to an older disk, and the server to an older database.
    if (disksLost && own.every(({ version }) => version === null)) continue;
    faults.push(`${key} has a history and no record`);
  }
  return faults;
}

/**
 * A tag is there unless somebody took away just what its author had added: told from the history alone, without the
 * rules by which it is merged. Every tag has a name of its own, and no record begins with any.
 */
export function checkTags(
  records: readonly CentreRecord[],
  history: readonly HistoryEntry[],
): Fault[] {
  const added = new Map<string, Set<string>>();
  const taken = new Set<string>();
  for (const { entity, entityId, fields, clock, outcome } of history) {
    if (outcome === 'rejected' || !isListChange(fields.tags)) continue;
    const key = `${entity}/${entityId}`;
    const { tags } = fields;
    const own = added.get(key) ?? new Set();
    for (const tag of tags.added) own.add(`${tag} ${tags.stamp ?? clock}`);
    added.set(key, own);
    for (const { value, stamps } of tags.removed) {
      for (const stamp of stamps) taken.add(`${key} ${value} ${stamp}`);
    }
  }
  return records.flatMap(({ entity, id, fields }) => {
    const key = `${entity}/${id}`;
    const own = added.get(key);
    if (!own) return [];
    const standing = [...own].filter((dot) => !taken.has(`${key} ${dot}`));
    const wanted = standing.map((dot) => dot.slice(0, dot.lastIndexOf(' '))).sort();
    const held = [...(isList(fields.tags) ? fields.tags : [])].sort();
    if (isDeepStrictEqual(held, wanted)) return [];
    return [
      `${key} has other tags than it was given:\n  ${diff({ tags: held }, { tags: wanted })}`,
    ];
  });
}

/** No customer is merged into itself, by whatever way. */
export function checkMerges(records: readonly CentreRecord[]): Fault[] {
  const into = new Map(
    records
      .filter(({ entity }) => entity === 'customer')
      .map(({ id, fields }) => [id, fields.mergedInto ?? null]),
  );
  return [...into.keys()].flatMap((id) => {
    let at = into.get(id) ?? null;
    for (let link = 0; at !== null && link < into.size; link += 1) {
      if (at === id) return [`customer ${id} is merged in a circle`];
      at = into.get(String(at)) ?? null;
    }
    return [];
  });
}

function folded(entity: EntityName, writes: readonly HistoryEntry[]): Versioned {
  if (entities[entity].policy === 'append') {
    const first = writes.find(({ version }) => version === 1) ?? writes[0];
    return { fields: first?.fields ?? {}, clocks: {} };
  }
  // In any order, behind the one that made it.
  const made = writes.find(({ fields }) => entities[entity].fields.safeParse(fields).success);
  let record: Versioned = made ? madeOf(entity, made) : { fields: {}, clocks: {} };
  for (const write of writes) if (write !== made) record = mergeFields(record, write);
  return record;
}

function diff(held: Record<string, unknown>, wanted: Record<string, unknown>): string {
  const names = new Set([...Object.keys(held), ...Object.keys(wanted)]);
  return [...names]
    .filter((name) => !isDeepStrictEqual(held[name], wanted[name]))
    .map((name) => `${name}: ${JSON.stringify(held[name])} ≠ ${JSON.stringify(wanted[name])}`)
    .join('\n  ');
}

/** A desk holds what the centre shows it. */
export function checkDesk(
  desk: string,
  centre: readonly Change[],
  held: readonly (Record<string, unknown> | null)[],
): Fault[] {
  return centre.flatMap((change, at) => {
    const own = held[at] ?? null;
    const what = `${change.entity} ${change.id} on ${desk}`;
    if (own === null) return [`missing: ${what}`];
    // A desk shows what a record of before does not have as it usually is.
    const wanted = { ...usualFieldsOf(change.entity as EntityName), ...change.fields };
    return isDeepStrictEqual(own, wanted) ? [] : [`${what} differs:\n  ${diff(own, wanted)}`];
  });
}

/** And nothing else; `settled`: its records of which no change stands refused, as `entity/id`. */
export function checkNothingElse(
  desk: string,
  centre: readonly Change[],
  settled: readonly string[],
  { restored, disksLost }: Pick<Expected, 'restored' | 'disksLost'>,
): Fault[] {
  // What only the desk of a colleague could bring back to an older database is kept, and that desk has lost it.
  if (restored && disksLost) return [];
  const shown = new Set(centre.map(({ entity, id }) => `${entity}/${id}`));
  return settled
    .filter((key) => !shown.has(key))
    .map((key) => `${key} is on ${desk}, and not for its user`);
}

/** Whatever the centre refused stands where its author sees it. */
export function checkRefusals(
  desk: string,
  refused: readonly RefusedOperation[],
  history: readonly HistoryEntry[],
  expected: Expected,
): Fault[] {
  const seen = new Set(refused.map(({ operationId }) => operationId));
  const rejected = new Set(
    history.filter(({ outcome }) => outcome === 'rejected').map(({ id }) => id),
  );
  return [...expected.kept.values()]
    .filter((kept) => kept.desk === desk && !seen.has(kept.operation.id))
    .filter((kept) => kept.refused === true || rejected.has(kept.operation.id))
    .map(({ operation }) => `${desk} does not see that ${operation.id} was refused`);
}
