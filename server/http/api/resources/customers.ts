import { customerSchema } from '#shared/domain/customers/customer.ts';
import { localDate } from '../derived.ts';
import type { Resource } from '../resource.ts';
import { bodyOf, changeSchemaFor } from '../schemas.ts';

const { shape: customer } = customerSchema;
export const customers: Resource = {
  entity: 'customer',
  path: 'customers',
  one: 'customer',
  many: 'customers',
  read: 'customers:read',
  filters: ['updatedSince', 'externalId', 'no', 'number'],
  refers: {},
  create: {
    scope: 'customers:write',
    schema: bodyOf(
      {
        name: customer.name,
        kind: customer.kind.default('person'),
        no: customer.no.default(null),
        valueClass: customer.valueClass.default('C'),
        since: customer.since.optional(),
        tags: customer.tags.default([]),
        profile: customer.profile.default({}),
        pinnedNote: customer.pinnedNote.default(null),
        createdAt: customer.createdAt.optional(),
      },
      { name: '王芳', kind: 'person', tags: ['boiler'], externalId: 'crm:4711' },
    ),
    complete: (given, { key, nowMs }) => ({
      since: localDate(nowMs),
      createdAt: nowMs,
      createdBy: key.name,
      ...given,
    }),
  },
  change: {
    scope: 'customers:write',
    schema: changeSchemaFor('customer', [
      'no',
      'kind',
      'name',
      'valueClass',
      'since',
      'tags',
      'profile',
      'pinnedNote',
    ]).meta({ examples: [{ valueClass: 'A', pinnedNote: 'Rings before eight' }] }),
  },
};
