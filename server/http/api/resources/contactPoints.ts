import { contactPointSchema } from '#shared/domain/customers/customer.ts';
import { comparable } from '../derived.ts';
import type { Resource } from '../resource.ts';
import { bodyOf, changeSchemaFor } from '../schemas.ts';

const { shape: point } = contactPointSchema;
export const contactPoints: Resource = {
  entity: 'contactPoint',
  path: 'contact-points',
  one: 'number, address or mail address of a customer',
  many: 'numbers, addresses and mail addresses',
  read: 'customers:read',
  filters: ['updatedSince', 'externalId', 'customerId', 'number'],
  refers: { customerId: 'customer' },
  create: {
    scope: 'customers:write',
    schema: bodyOf(
      {
        customerId: point.customerId,
        kind: point.kind,
        raw: point.raw.min(1),
        label: point.label.default('other'),
        extension: point.extension.default(null),
        preferred: point.preferred.default(false),
        verifiedOn: point.verifiedOn.default(null),
        retired: point.retired.default(false),
      },
      {
        customerId: '01980c1e-5f6a-7c3d-9b1e-3f2a4d5c6b7a',
        kind: 'phone',
        raw: '138 1234 5678',
        label: 'mobile',
      },
    ),
    complete: (given) => given,
  },
  change: {
    scope: 'customers:write',
    schema: changeSchemaFor('contactPoint', [
      'label',
      'raw',
      'extension',
      'preferred',
      'verifiedOn',
      'retired',
    ]).meta({ examples: [{ retired: true }] }),
  },
  derive: comparable,
};
