import { contactSchema } from '#shared/domain/customers/contact.ts';
import type { Resource } from '../resource.ts';
import { bodyOf, changeSchemaFor } from '../schemas.ts';

const { shape: contact } = contactSchema;
export const contacts: Resource = {
  entity: 'contact',
  path: 'contacts',
  one: 'entry of the time line',
  many: 'entries of the time line',
  read: 'contacts:read',
  filters: ['updatedSince', 'externalId', 'customerId', 'agentId'],
  refers: { customerId: 'customer', agentId: 'user' },
  create: {
    scope: 'contacts:write',
    schema: bodyOf(
      {
        customerId: contact.customerId.default(null),
        kind: contact.kind,
        at: contact.at.optional(),
        title: contact.title,
        detail: contact.detail.default(''),
        agentId: contact.agentId.default(null),
        agentName: contact.agentName.optional(),
        queueId: contact.queueId.default(null),
        direction: contact.direction.default(null),
        durationMs: contact.durationMs.default(null),
        refId: contact.refId.default(null),
        outcome: contact.outcome.default(null),
      },
      {
        customerId: '01980c1e-5f6a-7c3d-9b1e-3f2a4d5c6b7a',
        kind: 'mail',
        title: 'Asked for the manual',
        direction: 'in',
      },
    ),
    complete: (given, { key, nowMs }) => ({ at: nowMs, agentName: key.name, ...given }),
  },
  change: {
    scope: 'contacts:write',
    schema: changeSchemaFor('contact', [
      'customerId',
      'title',
      'detail',
      'durationMs',
      'outcome',
    ]).meta({ examples: [{ outcome: 'resolved' }] }),
  },
};
