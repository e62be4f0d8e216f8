import { orderSchema } from '#shared/domain/customers/contact.ts';
import type { Resource } from '../resource.ts';
import { bodyOf, changeSchemaFor } from '../schemas.ts';

const { shape: order } = orderSchema;
export const orders: Resource = {
  entity: 'order',
  path: 'orders',
  one: 'order',
  many: 'orders',
  read: 'orders:read',
  filters: ['updatedSince', 'externalId', 'customerId', 'no', 'state'],
  refers: { customerId: 'customer' },
  create: {
    scope: 'orders:write',
    schema: bodyOf(
      {
        customerId: order.customerId,
        no: order.no,
        at: order.at.optional(),
        title: order.title,
        amount: order.amount,
        state: order.state.default('open'),
      },
      {
        customerId: '01980c1e-5f6a-7c3d-9b1e-3f2a4d5c6b7a',
        no: 'B-2041',
        title: 'Boiler, 24 kW',
        amount: { minor: 389900, currency: 'CNY' },
      },
    ),
    complete: (given, { nowMs }) => ({ at: nowMs, ...given }),
  },
  change: {
    scope: 'orders:write',
    schema: changeSchemaFor('order', ['no', 'at', 'title', 'amount', 'state']).meta({
      examples: [{ state: 'shipped' }],
    }),
  },
};
