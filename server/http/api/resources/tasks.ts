import { taskSchema } from '#shared/domain/task.ts';
import { namesBeside } from '../derived.ts';
import type { Resource } from '../resource.ts';
import { bodyOf, changeSchemaFor } from '../schemas.ts';

const { shape: task } = taskSchema;
export const tasks: Resource = {
  entity: 'task',
  path: 'tasks',
  one: 'task',
  many: 'tasks',
  read: 'tasks:read',
  filters: ['updatedSince', 'externalId', 'customerId', 'ownerId', 'state'],
  refers: { customerId: 'customer', callId: 'call', ticketId: 'ticket', ownerId: 'user' },
  create: {
    scope: 'tasks:write',
    schema: bodyOf(
      {
        title: task.title,
        ownerId: task.ownerId,
        dueAt: task.dueAt,
        kind: task.kind.default('reminder'),
        customerId: task.customerId.default(null),
        numberRaw: task.numberRaw.default(null),
        callId: task.callId.default(null),
        ticketId: task.ticketId.default(null),
        state: task.state.default('open'),
      },
      {
        title: 'Ask whether the boiler is dry',
        ownerId: '01980c1e-5f6a-7c3d-9b1e-3f2a4d5c6b7c',
        dueAt: 1767312000000,
        kind: 'callBack',
      },
    ),
    complete: (given, { nowMs }) => ({ ...given, createdAt: nowMs }),
  },
  change: {
    scope: 'tasks:write',
    schema: changeSchemaFor('task', [
      'kind',
      'title',
      'customerId',
      'numberRaw',
      'ticketId',
      'ownerId',
      'dueAt',
      'state',
    ]).meta({ examples: [{ state: 'done' }] }),
  },
  derive: namesBeside({
    customerId: { entity: 'customer', name: 'customerName' },
    ownerId: { entity: 'user', name: 'ownerName' },
  }),
};
