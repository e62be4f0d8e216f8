import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { maxAttachmentBytes, sniff, sniffedBytes } from '#shared/domain/tickets/fileTypes.ts';
import { attachmentSchema } from '#shared/domain/tickets/ticket.ts';
import { problemSchema } from '#shared/sync/messages.ts';
import { blobBytes, insertBlob, mimeNamed, readBlob } from '../../store/attachments.ts';
import { createGate } from '../../traffic/gate.ts';
import { holdPlace, inTurn } from '../../traffic/traffic.ts';
import { requireCaller } from '../authenticate.ts';
import type { ServerContext } from '../context.ts';
import { requirePermission } from '../permitted.ts';
import { ProblemError } from '../problems.ts';

const params = z.object({ sha256: attachmentSchema.shape.sha256 });
/** Written side by side. */
const atATime = { running: 2, waiting: 32, maxWaitMs: 20_000 };
/** On their way here side by side, each of which may fill the memory with its 20 MiB. */
const onTheWay = { running: 16, waiting: 64, maxWaitMs: 20_000 };

/**
 * Bytes of attachments, under the hash of their content. Only what the record of an attachment names is taken and
 * given out, to those who see tickets.
 */
export function attachmentRoutes(context: ServerContext): FastifyPluginAsyncZod {
  const { accounts, options, store } = context;
  const uploads = createGate(atATime);
  const arriving = createGate(onTheWay);
  const common = { tags: ['attachments'], security: [{ bearer: [] }] };

  return async (app) => {
    app.addHook('onRequest', requireCaller(accounts));
    app.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: maxAttachmentBytes },
      (_request, body, done) => done(null, body),
    );

    app.route({
      method: 'PUT',
      url: '/api/attachments/:sha256',
      bodyLimit: maxAttachmentBytes,
      onRequest: requirePermission('tickets.write'),
      // Before a byte of the body is read: what no record names is not waited for.
      async preParsing(request, reply) {
        const named = params.safeParse(request.params).data;
        if (!named || (await mimeNamed(store.db, named.sha256)) === null) throw unknown();
        await holdPlace(arriving, reply);
      },
      schema: {
        ...common,
        summary: 'The bytes of an attachment (application/octet-stream, at most 20 MiB)',
        description:
          'Under the SHA-256 that its record names; 404 while there is no such record. A second time changes nothing.',
        params,
        response: { 200: z.object({ sha256: z.string() }), '4xx': problemSchema },
      },
      async handler(request, reply) {
        const { sha256 } = request.params;
        const { body } = request;
        if (!Buffer.isBuffer(body)) {
          throw new ProblemError(400, 'invalid-input', 'body: application/octet-stream is wanted');
        }
        const mime = await mimeNamed(store.db, sha256);
        if (mime === null) throw unknown();
        assertIs(body, sha256);
        if (sniff(body.subarray(0, sniffedBytes)) === null) {
          throw new ProblemError(400, 'file-type-refused', 'body: no type that is taken');
        }
        const blob = { sha256, mime, bytes: body };
        await inTurn(uploads, reply, () => insertBlob(store.db, blob, options.now()));
        return { sha256 };
      },
    });

    app.route({
      method: 'GET',
      url: '/api/attachments/:sha256',
      onRequest: requirePermission('tickets.read'),
      schema: {
        ...common,
        summary: 'The bytes of an attachment',
        description: '404 where no record names it, or nobody has brought it yet.',
        params,
        response: { 200: z.any(), '4xx': problemSchema },
      },
      async handler(request, reply) {
        const { sha256 } = request.params;
        const isNamed = (await mimeNamed(store.db, sha256)) !== null;
        const bytes = isNamed ? await blobBytes(store.db, sha256) : null;
        if (bytes === null) throw unknown();
        return reply
          .type('application/octet-stream')
          .headers({ 'content-disposition': 'attachment', 'content-length': String(bytes) })
          .send(Readable.from(readBlob(store.db, sha256)));
      },
    });
  };
}

function assertIs(body: Buffer, sha256: string): void {
  if (createHash('sha256').update(body).digest('hex') === sha256) return;
  throw new ProblemError(400, 'invalid-input', 'body: is not what this hash stands for');
}

function unknown(): ProblemError {
  return new ProblemError(404, 'not-found', 'there is no such attachment');
}
