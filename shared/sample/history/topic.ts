import type { TicketPriority, TicketType } from '../../domain/tickets/ticket.ts';
import type { ProductGroup } from './products.ts';

interface Words {
  title: string;
  notes: readonly string[];
}

/** What a call was about. `{p}` is the product, `{d}` a day, `{n}` a small number, `{t}` a technician. */
export interface Topic {
  dispositionId: string;
  queueId: string;
  outbound?: true;
  /** Only machines of this group can be meant. */
  group?: ProductGroup;
  /** Given where the matter becomes a ticket. */
  ticket?: { type: TicketType; categoryId: string; priority: TicketPriority };
  zh: Words;
  en: Words;
}

/** A matter: disposition, queue and its words in both languages. */
export function topic(
  dispositionId: string,
  queueId: string,
  zh: Words,
  en: Words,
  more: Pick<Topic, 'outbound' | 'group' | 'ticket'> = {},
): Topic {
  return { dispositionId, queueId, zh, en, ...more };
}

/** A title and the notes that may stand below it. */
export function words(title: string, ...notes: string[]): Words {
  return { title, notes };
}

/** What a ticket about the matter is. */
export function ticketOf(
  type: TicketType,
  categoryId: string,
  priority: TicketPriority = 'normal',
) {
  return { ticket: { type, categoryId, priority } };
}
