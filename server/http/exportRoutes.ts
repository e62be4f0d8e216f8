import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { mayDo } from '#shared/domain/permissions.ts';
import { exportRequestSchema } from '#shared/sync/importing.ts';
import { problemSchema } from '#shared/sync/messages.ts';
import { exportStream } from '../exporting/exporting.ts';
import { callerOf, requireCaller } from './authenticate.ts';
import type { ServerContext } from './context.ts';
import { ProblemError } from './problems.ts';

const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Records taken out into a file, for those who may export: what they may see, and no more. */
export function exportRoutes({ accounts, options, store }: ServerContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.addHook('onRequest', requireCaller(accounts));
    app.route({
      method: 'GET',
      url: '/api/exports',
      schema: {
        summary: 'Records of one kind as CSV or XLSX',
        tags: ['export'],
        security: [{ bearer: [] }],
        querystring: exportRequestSchema,
        response: { 200: z.any(), '4xx': problemSchema },
      },
      async handler(request, reply) {
        const { user, device } = callerOf(request);
        if (!mayDo(user.role, 'data.export')) {
          throw new ProblemError(403, 'forbidden', 'this role does not export');
        }
        const { kind, format } = request.query;
        const stream = await exportStream(store.db, options.now, { user, device }, request.query);
        return reply
          .type(mediaTypes[format])
          .header('content-disposition', `attachment; filename="${kind}.${format}"`)
          .send(stream);
      },
    });
  };
}
