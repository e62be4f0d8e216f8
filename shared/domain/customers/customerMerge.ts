import type { Customer, CustomerMerge, ProfileValue } from './customer.ts';

/** Which of two values goes on: the winner's own, the loser's, or both together where values add up. */
export type MergeChoice = 'winner' | 'loser' | 'both';

/** What of a customer is compared and chosen when two are merged. */
export type MergedCustomer = Pick<
  Customer,
  | 'name'
  | 'kind'
  | 'valueClass'
  | 'no'
  | 'since'
  | 'tags'
  | 'pinnedNote'
  | 'callHours'
  | 'doNotCall'
  | 'profile'
>;

/** One line of the comparison. `field` is `name`, `tags`, `profile.<id>` … */
export interface MergeField {
  field: string;
  winner: unknown;
  loser: unknown;
  choice: MergeChoice;
  /** Nothing to choose. */
  same: boolean;
}

const plainFields = [
  'name',
  'kind',
  'no',
  'valueClass',
  'since',
  'callHours',
  'doNotCall',
] as const;
const classOrder = ['A', 'B', 'C'];
const profilePrefix = 'profile.';
/** A note that both have stays readable. */
const noteLimit = 100_000;
const mostTags = 50;

/**
 * Every value that either has, and which goes on unless somebody chooses otherwise: the one that is there; of
 * two the one that was verified later, then the winner's. The better class, the earlier beginning and a wish
 * not to be called hold whoever has them; tags and notes add up.
 */
export function mergeFieldsOf(winner: MergedCustomer, loser: MergedCustomer): MergeField[] {
  const lines = plainFields.map((field) => plainLine(field, winner, loser));
  const ids = [...new Set([...Object.keys(winner.profile), ...Object.keys(loser.profile)])];
  return [
    ...lines,
    addingLine('tags', winner.tags, loser.tags, winner.tags.length === 0),
    addingLine('pinnedNote', winner.pinnedNote, loser.pinnedNote, !winner.pinnedNote),
    ...ids.map((id) => profileLine(id, own(winner.profile, id), own(loser.profile, id))),
  ].filter(({ winner: a, loser: b }) => !(isEmpty(a) && isEmpty(b)));
}

function plainLine(
  field: (typeof plainFields)[number],
  winner: MergedCustomer,
  loser: MergedCustomer,
): MergeField {
  const [a, b] = [winner[field], loser[field]];
  return { field, winner: a, loser: b, choice: plainChoice(field, a, b), same: isSame(a, b) };
}

function plainChoice(field: string, a: unknown, b: unknown): MergeChoice {
  if (isEmpty(b) || isSame(a, b)) return 'winner';
  if (isEmpty(a)) return 'loser';
  if (field === 'valueClass') {
    return classOrder.indexOf(String(b)) < classOrder.indexOf(String(a)) ? 'loser' : 'winner';
  }
  if (field === 'since') return String(b) < String(a) ? 'loser' : 'winner';
  if (field === 'doNotCall') return b === true ? 'loser' : 'winner';
  return 'winner';
}

function addingLine(
  field: string,
  winner: unknown,
  loser: unknown,
  onlyLoser: boolean,
): MergeField {
  const same = isSame(winner, loser);
  const adds: MergeChoice = onlyLoser ? 'loser' : 'both';
  return { field, winner, loser, choice: same || isEmpty(loser) ? 'winner' : adds, same };
}

function profileLine(id: string, a: ProfileValue | null, b: ProfileValue | null): MergeField {
  const [winner, loser] = [a?.value ?? null, b?.value ?? null];
  const same = isSame(winner, loser);
  const field = profilePrefix + id;
  if (isEmpty(loser)) return { field, winner, loser, choice: 'winner', same };
  if (isEmpty(winner)) return { field, winner, loser, choice: 'loser', same };
  const later = (b?.verifiedOn ?? '') > (a?.verifiedOn ?? '');
  return { field, winner, loser, choice: later ? 'loser' : 'winner', same };
}

/** What the merge writes into the winner, and what it replaces there: enough to put it back. */
export interface MergeWrites {
  /** Change of the winner; empty where nothing of the loser goes on. */
  fields: Partial<Customer>;
  /** As `customerMerge.fields` keeps it. */
  replaced: CustomerMerge['fields'];
}

/** `choices` are those that differ from the usual ones; unknown fields among them are passed over. */
export function mergeWrites(
  winner: MergedCustomer,
  loser: MergedCustomer,
  choices: Readonly<Record<string, MergeChoice>>,
): MergeWrites {
  const fields: Record<string, unknown> = {};
  const profile: [string, ProfileValue][] = [];
  const replaced: CustomerMerge['fields'] = {};
  for (const line of mergeFieldsOf(winner, loser)) {
    const choice = Object.hasOwn(choices, line.field) ? choices[line.field] : line.choice;
    if (choice === 'winner' || choice === undefined) continue;
    if (line.field.startsWith(profilePrefix)) {
      const id = line.field.slice(profilePrefix.length);
      const before = own(winner.profile, id);
      const after = own(loser.profile, id);
      if (after === null || isSame(before, after)) continue;
      profile.push([id, after]);
      replaced[line.field] = { before, after };
      continue;
    }
    const after = choice === 'both' ? together(line) : line.loser;
    if (isSame(line.winner, after)) continue;
    fields[line.field] = after;
    replaced[line.field] = { before: line.winner, after };
  }
  // A change carries only those keys of the profile that it changes.
  if (profile.length > 0) fields.profile = Object.fromEntries(profile);
  return { fields: fields as Partial<Customer>, replaced };
}

function together({ field, winner, loser }: MergeField): unknown {
  if (Array.isArray(winner) && Array.isArray(loser)) {
    return [...new Set([...winner, ...loser])].slice(0, mostTags);
  }
  if (field !== 'pinnedNote') return winner;
  const notes = [winner, loser].filter((note) => typeof note === 'string' && note !== '');
  return notes.join('\n').slice(0, noteLimit);
}

/** What undoing a merge writes into the winner: those values of before that nobody changed since. */
export function undoWrites(
  winner: MergedCustomer,
  replaced: CustomerMerge['fields'],
): { fields: Partial<Customer>; kept: string[] } {
  const fields: Record<string, unknown> = {};
  const profile: [string, unknown][] = [];
  const kept: string[] = [];
  for (const [field, { before, after }] of Object.entries(replaced)) {
    const id = field.startsWith(profilePrefix) ? field.slice(profilePrefix.length) : null;
    const now = id === null ? own(winner, field) : own(winner.profile, id);
    if (!isSame(now, after)) {
      kept.push(field);
    } else if (id !== null) {
      // A key is emptied, never left out: what is missing says nothing.
      profile.push([id, before ?? { value: '', verifiedOn: null, source: 'merge' }]);
    } else {
      fields[field] = before;
    }
  }
  if (profile.length > 0) fields.profile = Object.fromEntries(profile);
  return { fields: fields as Partial<Customer>, kept };
}

function own(of: object, key: string): never | null {
  return Object.hasOwn(of, key) ? ((of as Record<string, never>)[key] ?? null) : null;
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === null || value === undefined || value === '' || value === false;
}

/** By content; the order of keys does not count. */
function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
