import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { exportRequestSchema } from '#shared/sync/importing.ts';
import { problemSchema } from '#shared/sync/messages.ts';
import { type ExportAsker, exportStream } from '../../exporting/exporting.ts';
import { callerOf } from '../authenticate.ts';
import type { ServerContext } from '../context.ts';
import { auditorOf } from '../manager.ts';
import { requireUserOrKey } from '../userOrKey.ts';

const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** A program sees all records, whatever agents may see. */
function askerOf(request: FastifyRequest): ExportAsker {
  const by = auditorOf(request);
  const { apiKey } = request;
  const user = apiKey ? null : callerOf(request).user;
  return { by, viewer: user ?? { id: apiKey?.id ?? '', role: 'administrator', teamId: null } };
}

/** Records taken out into a file, for those who may export: what they may see, and no more. */
export function exportRoutes(context: ServerContext): FastifyPluginAsyncZod {
  const { options, store } = context;
  const may = requireUserOrKey(context, {
    permission: 'data.export',
    scope: 'export',
    refused: 'this role does not export',
  });
  return async (app) => {
    app.addHook('onRequest', may);
    app.route({
      method: 'GET',
      url: '/api/exports',
      schema: {
        summary: 'Records of one kind as CSV or XLSX',
        description: 'A program needs the scope export, and gets all records of the kind.',
        tags: ['export'],
        security: [{ bearer: [] }, { key: [] }],
        querystring: exportRequestSchema,
        response: { 200: z.any(), '4xx': problemSchema },
      },
      async handler(request, reply) {
        const { kind, format } = request.query;
        const stream = await exportStream(store.db, options.now, askerOf(request), request.query);
        return reply
          .type(mediaTypes[format])
          .header('content-disposition', `attachment; filename="${kind}.${format}"`)
          .send(stream);
      },
    });
  };
}
