import type { ReactNode } from 'react';
import type { Card, DeskCall, TicketView } from '#shared/contract/models.ts';

export interface TicketFormProps {
  /** The call the ticket comes from; null when it is opened from a card. */
  call: DeskCall | null;
  customer: Card['customer'] | null;
  /** Called with the ticket once it is stored, or with null when the form is left. */
  onDone: (ticket: TicketView | null) => void;
}

export function TicketForm(_: TicketFormProps): ReactNode {
  return null;
}
