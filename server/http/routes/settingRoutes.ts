import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemSchema } from '#shared/sync/messages.ts';
import {
  settingChangeSchema,
  settingKeySchema,
  settingStateSchema,
  settingVersionsSchema,
} from '#shared/sync/settings.ts';
import { readState, saveSetting } from '../../settings/settings.ts';
import { findKept, listVersions } from '../../store/settings.ts';
import { callerOf, requireCaller } from '../authenticate.ts';
import type { ServerContext } from '../context.ts';
import { requirePermission } from '../permitted.ts';
import { ProblemError } from '../problems.ts';
import { assertStorable } from '../storable.ts';
import { unwrapped } from '../unwrapped.ts';

const paramsSchema = z.object({ key: settingKeySchema });
const versionParamsSchema = paramsSchema.extend({
  version: z.coerce.number().int().min(0).max(2_147_483_647),
});
const maxSettingBytes = 1_048_576;

/** What administrators set for everybody, part by part, with every value it ever had. */
export function settingRoutes({
  accounts,
  options,
  store,
  clock,
}: ServerContext): FastifyPluginAsyncZod {
  const signedIn = requireCaller(accounts);
  const common = (summary: string) => ({
    summary,
    tags: ['settings'],
    security: [{ bearer: [] }],
  });
  return async (app) => {
    app.addHook('onRequest', signedIn);
    app.addHook(
      'onRequest',
      requirePermission('configuration.write', 'this role does not set what holds for everybody'),
    );

    app.route({
      method: 'GET',
      url: '/api/settings/:key',
      schema: {
        ...common('A part of the configuration, as it is now'),
        params: paramsSchema,
        response: { 200: settingStateSchema, '4xx': problemSchema },
      },
      handler: async ({ params }) => readState(store.db, params.key),
    });

    app.route({
      method: 'PUT',
      url: '/api/settings/:key',
      bodyLimit: maxSettingBytes,
      schema: {
        ...common('Set a part of the configuration for everybody'),
        params: paramsSchema,
        body: settingChangeSchema,
        response: { 200: settingStateSchema, '4xx': problemSchema },
      },
      async handler(request) {
        const { user, device } = callerOf(request);
        assertStorable(request.body.value);
        const parts = { db: store.db, clock, now: options.now };
        const by = { id: user.id, name: user.name, device };
        return unwrapped(await saveSetting(parts, request.params.key, request.body, by));
      },
    });

    app.route({
      method: 'GET',
      url: '/api/settings/:key/versions',
      schema: {
        ...common('When a part of the configuration was set, and by whom; the newest first'),
        params: paramsSchema,
        response: { 200: settingVersionsSchema, '4xx': problemSchema },
      },
      handler: async ({ params }) => ({ versions: await listVersions(store.db, params.key) }),
    });

    app.route({
      method: 'GET',
      url: '/api/settings/:key/versions/:version',
      schema: {
        ...common('A part of the configuration, as it was'),
        params: versionParamsSchema,
        response: { 200: settingStateSchema, '4xx': problemSchema },
      },
      async handler({ params }) {
        const { key, version } = params;
        const kept = await findKept(store.db, key, version);
        if (!kept) throw new ProblemError(404, 'not-found', 'there was no such version');
        return { key, value: kept.value, version };
      },
    });
  };
}
