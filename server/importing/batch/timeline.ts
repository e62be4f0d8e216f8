import type { Contact } from '#shared/domain/customers/contact.ts';
import type { Plan } from './plan.ts';

/** The entry on the customer's time line that goes with a new order or ticket. */
export function addTimelineEntry(
  plan: Plan,
  entry: Pick<Contact, 'kind' | 'customerId' | 'at' | 'title' | 'detail' | 'refId' | 'outcome'> &
    Partial<Contact>,
): void {
  plan.make('contact', {
    agentId: null,
    agentName: null,
    queueId: null,
    direction: null,
    durationMs: null,
    ...entry,
  });
}
