import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { newId } from '#shared/domain/ids.ts';
import { idSchema, isStorable, textSchema } from '#shared/domain/primitives.ts';
import { ticketActions, ticketSchema, visitResults } from '#shared/domain/tickets/ticket.ts';
import { type StepCommand, takeStep } from '#shared/domain/tickets/ticketFlow.ts';
import type { Failure } from '#shared/result.ts';
import type { ApiKey } from '#shared/sync/integrations.ts';
import { problemSchema } from '#shared/sync/messages.ts';
import { dueAtOf } from '../../serviceLevels/dueAt.ts';
import { readPart } from '../../store/configuration.ts';
import type { StoredResource } from '../../store/programs/resources.ts';
import { readRecord } from '../../store/records.ts';
import type { ServerContext } from '../context.ts';
import { ProblemError } from '../problems.ts';
import { etagOf, viewOf } from './answers.ts';
import { once } from './idempotency.ts';
import { keyOf, requireKey } from './requireKey.ts';
import type { Fields, WriteContext } from './resource.ts';
import { tickets } from './resources/tickets.ts';
import { viewSchemaOf } from './schemas.ts';
import { type ApiWriting, apply, assertReferences, type RequestIds, there } from './write.ts';

const text = textSchema.refine(isStorable, 'contains what is not text').nullable().default(null);

const bodySchema = z
  .strictObject({
    action: z.enum(ticketActions).describe('What is done.'),
    note: text.describe('The reason; needed to return, re-open, escalate and to close unsolved.'),
    ownerId: idSchema.nullable().default(null).describe('Whose it becomes; needed to assign.'),
    resolution: text.describe('What was done for the customer; needed to resolve.'),
    visit: z
      .enum(visitResults)
      .nullable()
      .default(null)
      .describe('What the return visit came to, where one led to this step.'),
  })
  .meta({ examples: [{ action: 'resolve', resolution: 'The seal was replaced' }] });

/** How often a step is tried anew because somebody else wrote between its reading and its writing. */
const maxTries = 5;

/** Steps of tickets for other programs; a key may take every step that a lead may. */
export function ticketStepRoutes(context: ServerContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'POST',
      url: '/api/v1/tickets/:id/steps',
      onRequest: requireKey(context, 'tickets:write'),
      schema: {
        summary: 'Take a step of a ticket',
        description:
          'Acknowledge, assign, resolve, close and so on, as far as its state allows: else 409 `state-not-allowed`, which names the state. Answers with the ticket. Scope tickets:write.',
        operationId: 'stepTicket',
        tags: ['tickets'],
        security: [{ key: [] }],
        headers: z.looseObject({
          'idempotency-key': z
            .string()
            .optional()
            .describe('1 to 255 visible characters: the step is taken once.'),
        }),
        params: z.object({ id: idSchema.describe('Id of the ticket.') }),
        body: bodySchema,
        response: { 200: viewSchemaOf('ticket'), '4xx': problemSchema },
      },
      async handler(request, reply) {
        const key = keyOf(request);
        const { params, body } = request;
        const {
          status,
          headers,
          body: view,
        } = await once(context, request, async (ids) => {
          const stored = await step(context, key, { id: params.id, command: body }, ids);
          return { status: 200, headers: { etag: etagOf(stored) }, body: viewOf(tickets, stored) };
        });
        return reply
          .code(status as 200)
          .headers(headers)
          .send(view as Fields);
      },
    });
  };
}

async function step(
  context: ApiWriting,
  key: ApiKey,
  { id, command }: { id: string; command: StepCommand },
  { recordId: stepId }: RequestIds,
): Promise<StoredResource> {
  const by: WriteContext = { db: context.store.db, key, nowMs: context.options.now() };
  await assertReferences(by, { refers: { ownerId: 'user' } }, { ownerId: command.ownerId });
  for (let attempt = 1; ; attempt += 1) {
    const held = await there(by, 'ticket', id);
    // Taken before, by a try whose answer was lost.
    if (await readRecord(by.db, 'ticketEvent', stepId)) return held;
    const fields = await fieldsAfter(by, held, command, stepId);
    const change = { entity: 'ticket' as const, id, fields, held };
    const result = await apply(context, by, newId(), { ...change, onlyIfVersion: held.version });
    if (result.outcome !== 'rejected') return there(by, 'ticket', id);
    if (result.reason !== 'conflict' || attempt === maxTries) {
      throw new ProblemError(409, 'conflict', result.message ?? 'refused');
    }
  }
}

async function fieldsAfter(
  { db, key, nowMs }: WriteContext,
  { id, fields }: StoredResource,
  command: StepCommand,
  stepId: string,
): Promise<Fields> {
  const read = ticketSchema.safeParse(fields);
  if (!read.success) throw new ProblemError(409, 'conflict', 'the ticket is not what tickets are');
  const ticket = read.data;
  const { needsVisit } = await readPart(db, 'complaints');
  const taken = takeStep(ticket, command, {
    ticketId: id,
    id: stepId,
    at: nowMs,
    actor: { id: key.id, name: key.name, writes: true, leads: true },
    complaintsNeedVisit: needsVisit,
  });
  if (!taken.ok) throw problemOf(taken.error);
  const dueAt = await dueAtOf(db, { ...ticket, ...taken.value.fields });
  return { ...taken.value.fields, dueAt };
}

function problemOf({ code, message, details }: Failure): ProblemError {
  if (code === 'state-not-allowed') return new ProblemError(409, 'state-not-allowed', message);
  if (code === 'missing-field') {
    return new ProblemError(400, 'missing-field', `${details?.field}: is needed for this step`);
  }
  return new ProblemError(403, 'forbidden', message);
}
