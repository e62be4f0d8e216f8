import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { idSchema, isStorable } from '#shared/domain/primitives.ts';
import { languageSchema } from '#shared/domain/text/text.ts';
import {
  importListSchema,
  importPreviewSchema,
  importSettingsSchema,
  importViewSchema,
  importWishesSchema,
  maxUploadBytes,
  newImportSchema,
} from '#shared/sync/importing.ts';
import { problemSchema } from '#shared/sync/messages.ts';
import { errorFile } from '../../importing/errorFile.ts';
import { type Asker, createImporting, type Importing } from '../../importing/importing.ts';
import { importingLimits } from '../../importing/limits.ts';
import { deviceOf } from '../../integrations/apiKeys.ts';
import { readImport } from '../../store/imports.ts';
import { postHeadersSchema } from '../api/idempotency.ts';
import { callerOf } from '../authenticate.ts';
import type { ServerContext } from '../context.ts';
import { ProblemError } from '../problems.ts';
import { repeatableOf } from '../repeatable.ts';
import { unwrapped } from '../unwrapped.ts';
import { requireUserOrKey } from '../userOrKey.ts';

const params = z.object({ id: idSchema });
const offsetQuery = z.object({ offset: z.coerce.number().int().nonnegative() });
const languageQuery = z.object({ language: languageSchema.default('en') });
const settingsBytes = 65_536;

/** Files that bring records in, for those who may import. */
export function importRoutes(context: ServerContext): FastifyPluginAsyncZod {
  const { options, store, clock, jobs } = context;
  const may = requireUserOrKey(context, {
    permission: 'data.import',
    scope: 'import',
    refused: 'this role does not import',
  });
  const importing: Importing = createImporting({
    db: store.db,
    clock,
    now: options.now,
    jobs,
    ...importingLimits(options),
  });
  const common = (summary: string) => ({
    summary,
    description: 'A program needs the scope import, and reaches its own imports alone.',
    tags: ['import'],
    security: [{ bearer: [] }, { key: [] }],
  });
  const answer = { 200: importViewSchema, '4xx': problemSchema };
  return async (app) => {
    app.addHook('onRequest', may);
    // Before a byte of the body is read.
    app.addHook('onRequest', async (request) => {
      const { id } = params.safeParse(request.params).data ?? {};
      if (!request.apiKey || id === undefined) return;
      if ((await readImport(store.db, id))?.userId !== request.apiKey.id) throw noImport();
    });
    app.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: maxUploadBytes },
      (_request, body, done) => done(null, body),
    );

    app.route({
      method: 'GET',
      url: '/api/imports',
      schema: {
        ...common('Imports, the newest first'),
        response: { 200: importListSchema, '4xx': problemSchema },
      },
      handler: async ({ apiKey }) => ({ imports: await importing.list(apiKey?.id ?? null) }),
    });

    app.route({
      method: 'POST',
      url: '/api/imports',
      schema: {
        ...common('Announce a file; its bytes come with PUT …/file'),
        headers: postHeadersSchema,
        body: newImportSchema,
        response: { 201: importViewSchema, '4xx': problemSchema },
      },
      async handler(request, reply) {
        const { fileName } = request.body;
        if (!isStorable(fileName))
          throw new ProblemError(400, 'invalid-input', 'fileName: no text');
        const repeatable = repeatableOf(request);
        const made = await importing.create(askerOf(request), request.body, repeatable);
        return reply.code(201).send(unwrapped(made));
      },
    });

    app.route({
      method: 'PUT',
      url: '/api/imports/:id/file',
      bodyLimit: maxUploadBytes,
      schema: {
        ...common('The next piece of the file (application/octet-stream, at most 4 MiB)'),
        params,
        querystring: offsetQuery,
        response: answer,
      },
      async handler(request) {
        const { body } = request;
        if (!Buffer.isBuffer(body)) {
          throw new ProblemError(400, 'invalid-input', 'body: application/octet-stream is wanted');
        }
        return unwrapped(await importing.upload(request.params.id, request.query.offset, body));
      },
    });

    app.route({
      method: 'GET',
      url: '/api/imports/:id',
      schema: {
        ...common('An import: how far it is, or what became of it'),
        params,
        response: answer,
      },
      handler: async (request) => unwrapped(await importing.find(request.params.id)),
    });

    app.route({
      method: 'POST',
      url: '/api/imports/:id/preview',
      bodyLimit: settingsBytes,
      schema: {
        ...common('How the file is understood, and what would become of its first rows'),
        params,
        querystring: languageQuery,
        body: importWishesSchema,
        response: { 200: importPreviewSchema, '4xx': problemSchema },
      },
      async handler(request) {
        const { id } = request.params;
        const { language } = request.query;
        return unwrapped(await importing.preview(askerOf(request), id, request.body, language));
      },
    });

    for (const task of ['check', 'run'] as const) {
      app.route({
        method: 'POST',
        url: `/api/imports/:id/${task}`,
        bodyLimit: settingsBytes,
        schema: {
          ...common(
            task === 'check'
              ? 'Begin a dry run: it counts what would become of the rows and writes nothing'
              : 'Begin to bring the records in, or go on where it failed',
          ),
          params,
          body: importSettingsSchema,
          response: answer,
        },
        async handler(request) {
          const { id } = request.params;
          const { sheet } = request.body;
          if (sheet !== null && !isStorable(sheet)) {
            throw new ProblemError(400, 'invalid-input', 'sheet: no text');
          }
          return unwrapped(await importing.start(askerOf(request), id, task, request.body));
        },
      });
    }

    app.route({
      method: 'POST',
      url: '/api/imports/:id/cancel',
      schema: {
        ...common('End what is under way; what was written stays'),
        params,
        response: answer,
      },
      handler: async (request) => unwrapped(await importing.cancel(request.params.id)),
    });

    app.route({
      method: 'GET',
      url: '/api/imports/:id/problems',
      schema: {
        ...common('CSV of the rows that were not taken or were flagged, with reasons'),
        params,
        querystring: languageQuery,
        response: { 200: z.any(), '4xx': problemSchema },
      },
      async handler(request, reply) {
        const row = await readImport(store.db, request.params.id);
        if (!row) throw noImport();
        const stream = Readable.from(errorFile(store.db, row, request.query.language));
        return reply.type('text/csv; charset=utf-8').send(stream);
      },
    });

    app.route({
      method: 'DELETE',
      url: '/api/imports/:id',
      schema: {
        ...common('Forget an import with its file; the records stay'),
        params,
        response: { 204: z.null(), '4xx': problemSchema },
      },
      async handler(request, reply) {
        unwrapped(await importing.remove(request.params.id));
        return reply.code(204).send(null);
      },
    });
  };
}

function askerOf(request: FastifyRequest): Asker {
  const { apiKey } = request;
  if (apiKey) {
    return { id: apiKey.id, name: apiKey.name, device: deviceOf(apiKey), isProgram: true };
  }
  const { user, device } = callerOf(request);
  return { id: user.id, name: user.name, device, isProgram: false };
}

function noImport(): ProblemError {
  return new ProblemError(404, 'not-found', 'no such import');
}
