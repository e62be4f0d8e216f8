import { isOpen, type TicketState } from '#shared/domain/tickets/ticket.ts';

interface Ordered {
  dueAt: number | null;
  state: TicketState;
  createdAt: number;
}

/** Order "by time left": what is late first, then by date, without a date after them, finished ones last. */
export function byTimeLeft(a: Ordered, b: Ordered): number {
  const openA = isOpen(a.state);
  if (openA !== isOpen(b.state)) return openA ? -1 : 1;
  if (!openA) return b.createdAt - a.createdAt;
  return (a.dueAt ?? Number.MAX_SAFE_INTEGER) - (b.dueAt ?? Number.MAX_SAFE_INTEGER);
}
