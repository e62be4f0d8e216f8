import { z } from 'zod';
import {
  defaultResolveMs,
  type ticketPriorities,
  ticketSchema,
} from '#shared/domain/tickets/ticket.ts';
import { startStates } from '#shared/domain/tickets/ticketFlow.ts';
import { dueAtOf } from '../../../serviceLevels/dueAt.ts';
import { namesBeside } from '../derived.ts';
import type { Fields, Resource, WriteContext } from '../resource.ts';
import { bodyOf, changeSchemaFor } from '../schemas.ts';

const { shape: ticket } = ticketSchema;

/** Named, so that whoever tries hears how it is done. */
const changedBySteps = 'is changed by POST /api/v1/tickets/{id}/steps';
const bySteps = z.never({ error: changedBySteps }).describe(`It ${changedBySteps}.`).optional();

const firstContactName = namesBeside({
  firstContactId: { entity: 'user', name: 'firstContactName' },
});

/** What a program says a ticket is due by is a promise; when it is due follows from that and the service levels. */
async function dueBy(changed: Fields, whole: Fields, { db }: WriteContext): Promise<Fields> {
  const isPromised = changed.dueAt !== undefined && changed.promisedAt === undefined;
  const promised = isPromised ? { promisedAt: changed.dueAt } : {};
  const complete = ticketSchema.safeParse({ ...whole, ...promised });
  return complete.success ? { ...promised, dueAt: await dueAtOf(db, complete.data) } : promised;
}

export const tickets: Resource = {
  entity: 'ticket',
  path: 'tickets',
  one: 'ticket',
  many: 'tickets',
  read: 'tickets:read',
  filters: ['updatedSince', 'externalId', 'customerId', 'ownerId', 'no', 'state'],
  refers: { customerId: 'customer', callId: 'call', ownerId: 'user', firstContactId: 'user' },
  create: {
    scope: 'tickets:write',
    schema: bodyOf(
      {
        subject: ticket.subject,
        type: ticket.type,
        priority: ticket.priority.default('normal'),
        state: z.enum(startStates).default('registered'),
        description: ticket.description.default(''),
        categoryId: ticket.categoryId.default(null),
        customerId: ticket.customerId.default(null),
        callId: ticket.callId.default(null),
        queueId: ticket.queueId.default(null),
        numberRaw: ticket.numberRaw.default(null),
        ownerId: ticket.ownerId.default(null),
        firstContactId: ticket.firstContactId.optional(),
        createdAt: ticket.createdAt.optional(),
        dueAt: ticket.dueAt.optional(),
      },
      {
        subject: 'Boiler leaks',
        type: 'repair',
        priority: 'urgent',
        customerId: '01980c1e-5f6a-7c3d-9b1e-3f2a4d5c6b7a',
      },
    ),
    complete(given, { key, nowMs }) {
      const priority = given.priority as (typeof ticketPriorities)[number];
      const byKey = { firstContactId: key.id, firstContactName: key.name };
      const times = { createdAt: nowMs, dueAt: nowMs + defaultResolveMs[priority], closedAt: null };
      return { no: null, promisedAt: given.dueAt ?? null, ...byKey, ...times, ...given };
    },
    companions: (id, fields, { key, nowMs }) => [
      {
        entity: 'ticketEvent',
        fields: {
          ticketId: id,
          name: 'ticket.created',
          at: nowMs,
          byId: key.id,
          byName: key.name,
          note: null,
        },
      },
      {
        entity: 'contact',
        fields: {
          customerId: fields.customerId,
          kind: 'ticket',
          at: nowMs,
          title: fields.subject,
          detail: '',
          agentId: null,
          agentName: key.name,
          queueId: fields.queueId,
          direction: null,
          durationMs: null,
          refId: id,
          outcome: fields.state,
        },
      },
    ],
  },
  change: {
    scope: 'tickets:write',
    schema: changeSchemaFor('ticket', [
      'type',
      'categoryId',
      'priority',
      'subject',
      'description',
      'customerId',
      'queueId',
      'numberRaw',
      'dueAt',
      'impact',
      'urgency',
      'tags',
    ])
      .extend({ state: bySteps, ownerId: bySteps, closedAt: bySteps })
      .meta({ examples: [{ priority: 'major' }] }),
  },
  async derive(changed, whole, by) {
    const names = await firstContactName(changed, whole, by);
    return { ...names, ...(await dueBy(changed, { ...whole, ...names }, by)) };
  },
};
