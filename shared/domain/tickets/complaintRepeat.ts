import type { ComplaintRules } from '../settings/complaints.ts';
import type { TicketState } from './ticket.ts';

const dayMs = 86_400_000;

/** A complaint of before, with the state of its ticket. */
export interface EarlierComplaint {
  ticketId: string;
  categoryId: string | null;
  createdAt: number;
  state: TicketState;
}

export interface Repeat<C extends EarlierComplaint> {
  /** Not closed: to be gone on with instead of making another. */
  open: C | null;
  /** The newest that is closed: this one repeats it. */
  closed: C | null;
}

/**
 * Complaints that a new one in `categoryId` repeats: in the same category, made at most `repeatDays` days before `now`.
 * `earlier` are those of the customer and of all records merged with it. Without a category nothing is repeated.
 */
export function repeatOf<C extends EarlierComplaint>(
  earlier: readonly C[],
  categoryId: string | null,
  { repeatDays }: Pick<ComplaintRules, 'repeatDays'>,
  now: number,
): Repeat<C> {
  const alike = earlier
    .filter((one) => categoryId !== null && one.categoryId === categoryId)
    .filter(({ createdAt }) => repeatDays > 0 && now - createdAt <= repeatDays * dayMs)
    .toSorted((a, b) => b.createdAt - a.createdAt);
  return {
    open: alike.find(({ state }) => state !== 'closed') ?? null,
    closed: alike.find(({ state }) => state === 'closed') ?? null,
  };
}
