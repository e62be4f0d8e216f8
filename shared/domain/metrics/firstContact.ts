import { share } from './queueFigures.ts';

const dayMs = 86_400_000;
/** Whoever comes back with the same matter within so long was not helped at once. */
export const quietMs = 7 * dayMs;

/** A contact of a customer about a category. Times in ms UTC. */
export interface CaseContact {
  customerId: string;
  categoryId: string;
  at: number;
  /** What the agent concluded: nothing is left to do. */
  resolved: boolean;
}

export interface FirstContactFigures {
  /** Cases first contacted in the interval. */
  cases: number;
  /** Of those: resolved by the first contact, with no other in the next 7 days. */
  atOnce: number;
  /** Cases of the newest 7 days, about which nothing is certain yet. */
  provisional: number;
}

/** A case, told by the contact it began with. */
export interface Case<C extends CaseContact = CaseContact> {
  first: C;
  /** Resolved by it, with no other in the next 7 days. */
  atOnce: boolean;
  /** Of the newest 7 days. */
  provisional: boolean;
}

/**
 * First-contact resolution, gross. A case begins with a contact that has no other of the same customer and
 * category in the 7 days before it.
 */
export function firstContactsIn(
  contacts: readonly CaseContact[],
  { from, to }: { from: number; to: number },
  now: number,
): FirstContactFigures {
  const cases = casesOf(contacts, now).filter(({ first }) => first.at >= from && first.at < to);
  return cases.map(figuresOf).reduce(addFirstContacts, noCases);
}

/** All cases of these contacts; those at the edges are certain only with the contacts of 7 days on either side. */
export function casesOf<C extends CaseContact>(contacts: readonly C[], now: number): Case<C>[] {
  return mattersOf(contacts).flatMap((matter) =>
    matter.flatMap((first, index) => {
      const before = matter[index - 1];
      const after = matter[index + 1];
      if (before && first.at - before.at <= quietMs) return [];
      const atOnce = first.resolved && !(after && after.at - first.at <= quietMs);
      return [{ first, atOnce, provisional: now - first.at < quietMs }];
    }),
  );
}

export const noCases: FirstContactFigures = { cases: 0, atOnce: 0, provisional: 0 };

/** What one case adds. */
export function figuresOf({ atOnce, provisional }: Case): FirstContactFigures {
  return { cases: 1, atOnce: atOnce ? 1 : 0, provisional: provisional ? 1 : 0 };
}

export function addFirstContacts(
  a: FirstContactFigures,
  b: FirstContactFigures,
): FirstContactFigures {
  return {
    cases: a.cases + b.cases,
    atOnce: a.atOnce + b.atOnce,
    provisional: a.provisional + b.provisional,
  };
}

function mattersOf<C extends CaseContact>(contacts: readonly C[]): C[][] {
  const matters = new Map<string, C[]>();
  for (const contact of contacts) {
    const key = JSON.stringify([contact.customerId, contact.categoryId]);
    const matter = matters.get(key);
    if (matter) matter.push(contact);
    else matters.set(key, [contact]);
  }
  return [...matters.values()].map((matter) => matter.toSorted((a, b) => a.at - b.at));
}

/** Cases resolved by their first contact ÷ cases, 0..1; null without any. */
export function firstContactRate({ cases, atOnce }: FirstContactFigures): number | null {
  return share(atOnce, cases);
}
