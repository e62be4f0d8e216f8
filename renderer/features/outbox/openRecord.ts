import type { OutboxEntry } from '#shared/contract/methods/outbox.ts';
import { goTo } from '../../app/routes.ts';
import { openCustomer } from '../../store/window.ts';

type Links = Pick<OutboxEntry, 'entity' | 'ticketId' | 'callId' | 'customerId'>;

/** Shows the record behind a change; null where there is none to show. */
export function openerOf({ entity, ticketId, callId, customerId }: Links): (() => void) | null {
  if (ticketId !== null && entity !== 'task') return () => goTo('tickets', ticketId);
  if (callId !== null && entity !== 'task') return () => goTo('journal', callId);
  if (customerId === null) return null;
  return () => {
    openCustomer(customerId);
    goTo('desk');
  };
}
