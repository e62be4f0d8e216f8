import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { v5 as uuidv5 } from 'uuid';
import { z } from 'zod';
import { idSchema } from '#shared/domain/primitives.ts';
import {
  journalPageSchema,
  journalRequestSchema,
  journeyRequestSchema,
  journeySchema,
  recordingSchema,
} from '#shared/sync/journal.ts';
import { problemSchema } from '#shared/sync/messages.ts';
import type { Caller } from '../../accounts/accounts.ts';
import { createJournal } from '../../journal/journal.ts';
import { createRecordings, rangeOf } from '../../journal/recordings.ts';
import { appendAudit } from '../../store/audit.ts';
import { createGate } from '../../traffic/gate.ts';
import { holdPlace, inTurn } from '../../traffic/traffic.ts';
import { callerOf, requireCaller } from '../authenticate.ts';
import type { ServerContext } from '../context.ts';
import { requirePermission } from '../permitted.ts';
import { ProblemError } from '../problems.ts';
import { assertStorable } from '../storable.ts';

/** A filter that few calls fit goes through many: a few at a time leave the database to those who take calls. */
const looks = { running: 4, waiting: 64, maxWaitMs: 10_000 };
const plays = { running: 32, waiting: 64, maxWaitMs: 10_000 };
/** Namespace of the ids of entries of the audit that follow from a play: told twice, written once. */
const namespace = '3f0bb2a6-95d1-4c6e-8f0e-9f2a7f7c2d55';
/** A name for a play is good for so long; then the same one is another play. */
const playMs = 3_600_000;

const ofRecording = z.object({ callRef: z.string().min(1).max(500) });

/** All calls, what happened to each, and recordings for those who may play them. */
export function journalRoutes({ accounts, options, store }: ServerContext): FastifyPluginAsyncZod {
  const { db } = store;
  const recordings = createRecordings(db, { directory: options.recordingsDir ?? null });
  const journal = createJournal({ db, recordings });
  const looking = createGate(looks);
  const playing = createGate(plays);
  const common = (summary: string) => ({ summary, tags: ['journal'], security: [{ bearer: [] }] });

  async function found(callRef: string) {
    const file = await recordings.find(callRef);
    if (!file) throw new ProblemError(404, 'not-found', 'there is no recording of this call');
    return file;
  }

  /** Written before the first byte goes out: what cannot be written down is not played. */
  async function notePlay(caller: Caller, callRef: string, playId: string) {
    const { user, device } = caller;
    const at = options.now();
    const words = [user.id, device, callRef, playId, Math.floor(at / playMs)];
    const { parts = [] } = (await journal.journey(caller, callRef)) ?? {};
    const part = parts.find(({ agentId }) => agentId !== null);
    await appendAudit(db, {
      id: uuidv5(JSON.stringify(words), namespace),
      at,
      action: 'recording.played',
      userId: user.id,
      userName: user.name,
      device,
      agentId: part?.agentId ?? null,
      agentName: part?.agentName ?? '',
      callRef: callRef.slice(0, 500),
      mode: null,
      reason: null,
    });
  }

  return async (app) => {
    app.addHook('onRequest', requireCaller(accounts));

    app.route({
      method: 'POST',
      url: '/api/journal',
      schema: {
        ...common('Calls that a filter names, the newest first, page by page'),
        description: 'Supervisors and quality see all of them, agents their own.',
        body: journalRequestSchema,
        response: { 200: journalPageSchema, '4xx': problemSchema },
      },
      async handler(request, reply) {
        assertStorable(request.body);
        const { body } = request;
        return inTurn(looking, reply, () => journal.page(callerOf(request), body));
      },
    });

    app.route({
      method: 'POST',
      url: '/api/journal/journey',
      bodyLimit: 4_096,
      schema: {
        ...common('Every part of a call, and what happened when'),
        body: journeyRequestSchema,
        response: { 200: journeySchema, '4xx': problemSchema },
      },
      async handler(request, reply) {
        assertStorable(request.body);
        const { callRef } = request.body;
        const journey = await inTurn(looking, reply, () =>
          journal.journey(callerOf(request), callRef),
        );
        if (!journey) throw new ProblemError(404, 'not-found', 'there is no such call');
        return journey;
      },
    });

    app.route({
      method: 'POST',
      url: '/api/recordings/info',
      bodyLimit: 4_096,
      onRequest: requirePermission('recordings.play'),
      schema: {
        ...common('Length and shape of a recording, with what went on meanwhile'),
        body: ofRecording,
        response: { 200: recordingSchema, '4xx': problemSchema },
      },
      async handler(request, reply) {
        assertStorable(request.body);
        const { callRef } = request.body;
        const file = await found(callRef);
        const shape = await inTurn(looking, reply, () => recordings.shape(callRef, file));
        if (!shape) throw new ProblemError(422, 'file-unreadable', 'the recording cannot be read');
        return { ...shape, bytes: file.bytes, marks: await journal.marks(callRef) };
      },
    });

    app.route({
      method: 'GET',
      url: '/api/recordings/:callRef/audio',
      onRequest: requirePermission('recordings.play'),
      schema: {
        ...common('The sound of a recording (audio/wav)'),
        description:
          'Takes one range (RFC 9110 section 14). `play` names one listening; it is written down once.',
        params: ofRecording,
        querystring: z.object({ play: idSchema }),
        response: { 200: z.any(), 206: z.any(), '4xx': problemSchema },
      },
      async handler(request, reply) {
        const { callRef } = request.params;
        assertStorable(request.params);
        const file = await found(callRef);
        const range = rangeOf(request.headers.range, file.bytes);
        if (range === 'unsatisfiable') {
          throw new ProblemError(416, 'invalid-input', 'range: begins behind the end', {
            'content-range': `bytes */${file.bytes}`,
          });
        }
        await notePlay(callerOf(request), callRef, request.query.play);
        await holdPlace(playing, reply);
        const { from, to } = range ?? { from: 0, to: file.bytes - 1 };
        if (range) {
          reply.code(206).header('content-range', `bytes ${from}-${to}/${file.bytes}`);
        }
        return reply
          .type('audio/wav')
          .headers({ 'accept-ranges': 'bytes', 'content-length': String(to - from + 1) })
          .send(recordings.read(file, { from, to }));
      },
    });
  };
}
