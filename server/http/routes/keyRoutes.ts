import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { idSchema, isStorable } from '#shared/domain/primitives.ts';
import { ok } from '#shared/result.ts';
import {
  apiKeyChangeSchema,
  apiKeySchema,
  apiKeysSchema,
  createdApiKeySchema,
  newApiKeySchema,
} from '#shared/sync/integrations.ts';
import { problemSchema } from '#shared/sync/messages.ts';
import { createApiKey } from '../../integrations/apiKeys.ts';
import { keyInAudit, type ManagedAction, noteManaged } from '../../integrations/noteManaged.ts';
import { changeKey, listKeys, revokeKey } from '../../store/programs/apiKeys.ts';
import { makeOnce } from '../../store/programs/madeRequests.ts';
import type { Tx } from '../../store/store.ts';
import { postHeadersSchema } from '../api/idempotency.ts';
import { callerOf, requireCaller } from '../authenticate.ts';
import type { ServerContext } from '../context.ts';
import { auditorOf } from '../manager.ts';
import { requirePermission } from '../permitted.ts';
import { ProblemError } from '../problems.ts';
import { repeatableOf } from '../repeatable.ts';
import { unwrapped } from '../unwrapped.ts';

const paramsSchema = z.object({ id: idSchema });

/** Keys of other programs, for those who may manage integrations. */
export function keyRoutes({ accounts, options, store }: ServerContext): FastifyPluginAsyncZod {
  const signedIn = requireCaller(accounts);
  const common = (summary: string) => ({ summary, tags: ['keys'], security: [{ bearer: [] }] });

  function note(
    tx: Tx,
    request: FastifyRequest,
    action: ManagedAction,
    detail: string,
  ): Promise<void> {
    return noteManaged(tx, { by: auditorOf(request), action, detail, atMs: options.now() });
  }

  return async (app) => {
    app.addHook('onRequest', signedIn);
    app.addHook(
      'onRequest',
      requirePermission('integrations.manage', 'this role does not manage integrations'),
    );

    app.route({
      method: 'GET',
      url: '/api/keys',
      schema: {
        ...common('The keys of other programs, the newest first, without their secrets'),
        response: { 200: apiKeysSchema, '4xx': problemSchema },
      },
      handler: async () => ({ keys: await listKeys(store.db) }),
    });

    app.route({
      method: 'POST',
      url: '/api/keys',
      schema: {
        ...common('Make a key; its secret is in this answer and nowhere else'),
        headers: postHeadersSchema,
        body: newApiKeySchema,
        response: { 201: createdApiKeySchema, '4xx': problemSchema },
      },
      async handler(request, reply) {
        const { body } = request;
        assertName(body.name);
        const nowMs = options.now();
        assertAhead(body.expiresAt, nowMs);
        const { user } = callerOf(request);
        const repeatable = repeatableOf(request);
        const made = await store.db.transaction().execute((tx) =>
          makeOnce(tx, repeatable, nowMs, async () => {
            const created = await createApiKey(tx, user, body, nowMs);
            await note(tx, request, 'integration.key.made', keyInAudit(created.key));
            return ok(created);
          }),
        );
        return reply.code(201).send(unwrapped(made));
      },
    });

    app.route({
      method: 'PATCH',
      url: '/api/keys/:id',
      schema: {
        ...common('Change what a key is called and may do; what is left out stays'),
        params: paramsSchema,
        body: apiKeyChangeSchema,
        response: { 200: apiKeySchema, '4xx': problemSchema },
      },
      async handler(request) {
        const { params, body } = request;
        assertName(body.name ?? '');
        assertAhead(body.expiresAt ?? null, options.now());
        return store.db.transaction().execute(async (tx) => {
          const changed = await changeKey(tx, params.id, body);
          if (!changed) throw noKey();
          await note(tx, request, 'integration.key.changed', keyInAudit(changed, body));
          return changed;
        });
      },
    });

    app.route({
      method: 'DELETE',
      url: '/api/keys/:id',
      schema: {
        ...common('Revoke a key: it opens nothing any more, on any node'),
        params: paramsSchema,
        response: { 204: z.null(), '4xx': problemSchema },
      },
      async handler(request, reply) {
        const { name: byName } = callerOf(request).user;
        const by = { atMs: options.now(), byName };
        await store.db.transaction().execute(async (tx) => {
          const revoked = await revokeKey(tx, request.params.id, by);
          if (!revoked) throw noKey();
          await note(tx, request, 'integration.key.revoked', keyInAudit(revoked));
        });
        return reply.code(204).send(null);
      },
    });
  };
}

function noKey(): ProblemError {
  return new ProblemError(404, 'not-found', 'no such key, or it was revoked before');
}

function assertName(name: string): void {
  if (!isStorable(name)) throw new ProblemError(400, 'invalid-input', 'name: is no text');
}

function assertAhead(expiresAt: number | null, nowMs: number): void {
  if (expiresAt === null || expiresAt > nowMs) return;
  throw new ProblemError(400, 'invalid-input', 'expiresAt: lies in the past');
}
