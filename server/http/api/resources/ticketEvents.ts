import { ticketEventSchema } from '#shared/domain/tickets/ticket.ts';
import type { Resource } from '../resource.ts';
import { bodyOf } from '../schemas.ts';

const { shape: event } = ticketEventSchema;
export const ticketEvents: Resource = {
  entity: 'ticketEvent',
  path: 'ticket-events',
  one: 'step in the history of a ticket',
  many: 'steps in the histories of tickets',
  read: 'tickets:read',
  filters: ['updatedSince', 'externalId', 'ticketId'],
  refers: { ticketId: 'ticket' },
  create: {
    scope: 'tickets:write',
    schema: bodyOf(
      {
        ticketId: event.ticketId,
        name: event.name.default('ticket.noted'),
        note: event.note.default(null),
      },
      { ticketId: '01980c1e-5f6a-7c3d-9b1e-3f2a4d5c6b7b', note: 'The part is on its way' },
    ),
    complete: (given, { key, nowMs }) => ({
      ...given,
      at: nowMs,
      byId: key.id,
      byName: key.name,
    }),
  },
  change: null,
};
