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

/**
 * First-contact resolution, gross. A case begins with a contact that has no other of the same customer and
 * category in the 7 days before it.
 */
export function firstContactsIn(
  contacts: readonly CaseContact[],
  { from, to }: { from: number; to: number },
  now: number,
): FirstContactFigures {
  const figures = { cases: 0, atOnce: 0, provisional: 0 };
  for (const matter of mattersOf(contacts)) {
    for (const [index, contact] of matter.entries()) {
      const before = matter[index - 1];
      const after = matter[index + 1];
      if (contact.at < from || contact.at >= to) continue;
      if (before && contact.at - before.at <= quietMs) continue;
      figures.cases += 1;
      if (contact.resolved && !(after && after.at - contact.at <= quietMs)) figures.atOnce += 1;
      if (now - contact.at < quietMs) figures.provisional += 1;
    }
  }
  return figures;
}

function mattersOf(contacts: readonly CaseContact[]): CaseContact[][] {
  const matters = new Map<string, CaseContact[]>();
  for (const contact of contacts) {
    const key = JSON.stringify([contact.customerId, contact.categoryId]);
    matters.set(key, [...(matters.get(key) ?? []), contact]);
  }
  return [...matters.values()].map((matter) => matter.toSorted((a, b) => a.at - b.at));
}

export function firstContactRate({ cases, atOnce }: FirstContactFigures): number | null {
  return share(atOnce, cases);
}
