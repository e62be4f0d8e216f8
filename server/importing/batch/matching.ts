import { findByNo, findPoints } from '../../store/importRows.ts';
import type { Tx } from '../../store/store.ts';
import { isNoKey, partOf } from '../keys.ts';
import { complain, type Draft } from '../rows/draft.ts';

/** Ids of the customers behind each name (keys.ts). */
export type Matches = Map<string, string[]>;

export async function findCustomers(tx: Tx, keys: Iterable<string>): Promise<Matches> {
  const wanted = [...new Set(keys)];
  const nos = wanted.filter(isNoKey);
  const points = wanted.filter((key) => !isNoKey(key));
  const matches: Matches = new Map();
  const add = (key: string, id: string) => {
    const held = matches.get(key);
    if (!held) matches.set(key, [id]);
    else if (!held.includes(id)) held.push(id);
  };
  for (const { key, id } of await findByNo(tx, 'customer', nos.map(partOf))) add(`no:${key}`, id);
  for (const { normal, customerId, retired } of await findPoints(tx, points.map(partOf))) {
    if (!retired) add(`at:${normal}`, customerId);
  }
  return matches;
}

/** Orders or tickets by their number. Where several have it, the one that was made first: others were flagged. */
export async function findNumbered(
  tx: Tx,
  entity: 'order' | 'ticket',
  keys: Iterable<string>,
): Promise<Map<string, string>> {
  const found = await findByNo(tx, entity, [...new Set(keys)].map(partOf));
  const first = new Map<string, string>();
  for (const { key, id } of found) {
    const held = first.get(key);
    if (held === undefined || id < held) first.set(key, id);
  }
  return first;
}

/** The customers of the first name that anybody has. */
export function firstMatch(
  keys: readonly string[],
  matches: Matches,
): { key: string; ids: string[] } | null {
  for (const key of keys) {
    const ids = matches.get(key);
    if (ids) return { key, ids };
  }
  return null;
}

/** The one customer that a row names, null where it names none; undefined where that is wrong with the row. */
export function customerOf(draft: Draft, matches: Matches): string | null | undefined {
  const [first] = draft.customer;
  if (first === undefined) return null;
  const match = firstMatch(draft.customer, matches);
  if (!match) {
    complain(draft, 'customer-unknown', null, partOf(first));
    return undefined;
  }
  if (match.ids.length > 1) {
    complain(draft, 'customer-ambiguous', null, partOf(match.key));
    return undefined;
  }
  return match.ids[0];
}
