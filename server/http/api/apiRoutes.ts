import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { idSchema } from '#shared/domain/primitives.ts';
import { problemSchema } from '#shared/sync/messages.ts';
import { readResource } from '../../store/programs/resources.ts';
import type { ServerContext } from '../context.ts';
import { ProblemError } from '../problems.ts';
import { type ApiAnswer, created, etagOf, viewOf } from './answers.ts';
import { once, postHeadersSchema } from './idempotency.ts';
import { type ListQuery, listPage, querySchemaOf } from './list.ts';
import { keyOf, requireKey } from './requireKey.ts';
import type { Fields, Resource } from './resource.ts';
import { resources } from './resources.ts';
import { listSchemaOf, viewSchemaOf } from './schemas.ts';
import { ticketStepRoutes } from './ticketStepRoutes.ts';
import { changeRecord, createRecord } from './write.ts';

/** A little above the largest record (sync/fields.ts), bytes. */
const maxBodyBytes = 1_200_000;
const mergePatchType = 'application/merge-patch+json';

const paramsSchema = z.object({ id: idSchema.describe('Id of the record.') });
const patchHeadersSchema = z.looseObject({
  'if-match': z.string().optional().describe('The ETag that the change builds on, or *.'),
});

/** The interface for other programs, version 1: everything in resources.ts, by key. */
export function apiRoutes(context: ServerContext): FastifyPluginAsyncZod {
  return async (app) => {
    // What is answered was made by viewOf; records of before need not fit today's schema in all parts.
    app.setSerializerCompiler(() => JSON.stringify);
    app.addContentTypeParser(
      mergePatchType,
      { parseAs: 'string', bodyLimit: maxBodyBytes },
      app.getDefaultJsonParser('error', 'error'),
    );
    for (const resource of resources) await app.register(resourceRoutes(context, resource));
    await app.register(ticketStepRoutes(context));
  };
}

function resourceRoutes(context: ServerContext, resource: Resource): FastifyPluginAsyncZod {
  return async (app) => {
    const { path, entity, one, many, create, change } = resource;
    const url = `/api/v1/${path}`;
    const described = (verb: string, summary: string, description: string) => ({
      summary,
      description,
      operationId: `${verb}${path.replaceAll(/(^|-)(\w)/g, (_all, _dash, letter) => letter.toUpperCase())}`,
      tags: [path],
      security: [{ key: [] }],
    });

    app.route({
      method: 'GET',
      url,
      onRequest: requireKey(context, resource.read),
      schema: {
        ...described(
          'list',
          `The ${many}, page by page`,
          `In the order in which they were written. The cursor of the last page, kept, brings later what was written since. Scope ${resource.read}.`,
        ),
        querystring: querySchemaOf(resource),
        response: { 200: listSchemaOf(entity), '4xx': problemSchema },
      },
      async handler(request, reply) {
        const query = request.query as unknown as ListQuery;
        const page = await listPage(context, resource, query);
        if (page.more) reply.header('link', `<${nextOf(url, query, page.cursor)}>; rel="next"`);
        const items = page.items.map((item) => viewOf(resource, item));
        return reply.send({ items, cursor: page.cursor, more: page.more });
      },
    });

    app.route({
      method: 'GET',
      url: `${url}/:id`,
      onRequest: requireKey(context, resource.read),
      schema: {
        ...described('read', `One ${one}`, `With its version as ETag. Scope ${resource.read}.`),
        params: paramsSchema,
        response: { 200: viewSchemaOf(entity), '4xx': problemSchema },
      },
      async handler(request, reply) {
        const stored = await readResource(context.store.db, entity, request.params.id);
        if (!stored) throw new ProblemError(404, 'not-found', `there is no such ${entity}`);
        return reply.header('etag', etagOf(stored)).send(viewOf(resource, stored));
      },
    });

    if (create) {
      const { scope, schema } = create;
      app.route({
        method: 'POST',
        url,
        bodyLimit: maxBodyBytes,
        onRequest: requireKey(context, scope),
        schema: {
          ...described(
            'create',
            `Make a ${one}`,
            `With an Idempotency-Key it is made once, however often it is sent. Scope ${scope}.`,
          ),
          headers: postHeadersSchema,
          body: schema,
          response: { 201: viewSchemaOf(entity), '4xx': problemSchema },
        },
        async handler(request, reply) {
          const key = keyOf(request);
          const body = request.body as Fields;
          const answer = await once(context, request, async (ids) =>
            created(
              resource,
              await createRecord(context, key, { resource, creation: create, body }, ids),
            ),
          );
          return send(reply, answer);
        },
      });
    }
    if (change) {
      const { scope, schema } = change;
      app.route({
        method: 'PATCH',
        url: `${url}/:id`,
        bodyLimit: maxBodyBytes,
        onRequest: requireKey(context, scope),
        schema: {
          ...described(
            'change',
            `Change one ${one}`,
            `A JSON merge patch (RFC 7396). With If-Match only where the record is still of that version, else 412. Scope ${scope}.`,
          ),
          consumes: [mergePatchType, 'application/json'],
          params: paramsSchema,
          headers: patchHeadersSchema,
          body: schema,
          response: { 200: viewSchemaOf(entity), '4xx': problemSchema },
        },
        async handler(request, reply) {
          const { id } = request.params;
          const patch = request.body as Fields;
          const version = versionAsked(request.headers['if-match']);
          const work = { resource, id, patch };
          const stored = await changeRecord(context, keyOf(request), work, version);
          return reply.header('etag', etagOf(stored)).send(viewOf(resource, stored));
        },
      });
    }
  };
}

function send(reply: FastifyReply, { status, headers, body }: ApiAnswer): FastifyReply {
  return reply.code(status).headers(headers).send(body);
}

/** The address of the next page: what was asked, behind this page. */
function nextOf(url: string, query: ListQuery, cursor: string | null): string {
  const parts = Object.entries({ ...query, cursor }).filter(([, value]) => value !== undefined);
  return `${url}?${new URLSearchParams(parts.map(([name, value]) => [name, String(value)]))}`;
}

/** The version that If-Match (RFC 9110, section 13.1.1) names; null where any will do. */
function versionAsked(header: string | undefined): number | null {
  if (header === undefined || header === '*') return null;
  const version = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (version !== undefined) return Number(version);
  throw new ProblemError(400, 'invalid-input', 'If-Match: must be one ETag, or *');
}
