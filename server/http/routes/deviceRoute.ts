import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { listFields } from '#shared/sync/lists.ts';
import {
  problemSchema,
  registerRequestSchema,
  registerResponseSchema,
} from '#shared/sync/messages.ts';
import { registerDevice } from '../../store/devices.ts';
import { knowledge } from '../../sync/knowledge.ts';
import { callerOf, requireCaller } from '../authenticate.ts';
import type { ServerContext } from '../context.ts';
import { ProblemError } from '../problems.ts';

/** Told to a desk whose device id another one has gone on under: it takes a new one. */
export function deviceCopied(): ProblemError {
  return new ProblemError(409, 'device-copied', 'another desk goes on under this device id');
}

export function deviceRoute({ accounts, options, store }: ServerContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'POST',
      url: '/api/sync/device',
      onRequest: requireCaller(accounts),
      bodyLimit: 4_096,
      schema: {
        summary: 'A desk says that it is the one that goes on under its device id',
        tags: ['sync'],
        security: [{ bearer: [] }],
        body: registerRequestSchema,
        response: { 200: registerResponseSchema, '4xx': problemSchema },
      },
      async handler(request) {
        const { lineage = null, ...body } = request.body;
        const userId = callerOf(request).user.id;
        const registered = await registerDevice(
          store.db,
          { ...body, lineage, userId },
          options.now(),
        );
        if (!registered) throw deviceCopied();
        return { serverTime: options.now(), knows: knowledge(), lists: [...listFields] };
      },
    });
  };
}
