import type { Resource } from './resource.ts';
import { contactPoints } from './resources/contactPoints.ts';
import { contacts } from './resources/contacts.ts';
import { customers } from './resources/customers.ts';
import { orders } from './resources/orders.ts';
import { calls, users, wrapUps } from './resources/readOnly.ts';
import { tasks } from './resources/tasks.ts';
import { ticketEvents } from './resources/ticketEvents.ts';
import { tickets } from './resources/tickets.ts';

/** Everything that programs can reach below `/api/v1/`. */
export const resources: readonly Resource[] = [
  customers,
  contactPoints,
  orders,
  contacts,
  tickets,
  ticketEvents,
  calls,
  wrapUps,
  tasks,
  users,
];
