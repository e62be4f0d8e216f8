import type { Level, TicketPriority } from './ticket.ts';

/** Priority by how much the customer suffers (rows) and how soon it has to be done (columns). */
const matrix: Record<Level, Record<Level, TicketPriority>> = {
  high: { high: 'urgent', medium: 'major', low: 'major' },
  medium: { high: 'major', medium: 'major', low: 'normal' },
  low: { high: 'major', medium: 'normal', low: 'normal' },
};

/** What follows from impact and urgency; null while one of them is open. */
export function priorityOf(impact: Level | null, urgency: Level | null): TicketPriority | null {
  return impact === null || urgency === null ? null : matrix[impact][urgency];
}
