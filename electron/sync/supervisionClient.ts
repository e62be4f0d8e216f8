import type { z } from 'zod';
import type { ErrorCode } from '#shared/contract/errors.ts';
import type { AuditEntry, AuditSubject } from '#shared/domain/audit.ts';
import type { ListenMode } from '#shared/domain/calls/listening.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { auditPageSchema, recordingResponseSchema } from '#shared/sync/messages.ts';
import { createHttp, type HttpAnswer } from './http.ts';
import type { ServerAddress } from './servers.ts';

/** What a desk asks of the centre about running calls. Codes: those of server/pbx, `server-unreachable`. */
export interface SupervisionPort {
  /** Answers once this desk was let in, or why not. */
  listen(token: string, userId: string, mode: ListenMode): Promise<Result<null>>;
  stopListening(token: string): Promise<Result<null>>;
  takeOver(token: string, userId: string): Promise<Result<null>>;
  record(token: string, callRef: string, on: boolean): Promise<Result<null>>;
  audit(
    token: string,
    page: { about: AuditSubject; before: number | null; limit: number },
  ): Promise<Result<AuditEntry[]>>;
}

const timeoutMs = 5_000;
/** The PBX rings a desk meanwhile. */
const ringingTimeoutMs = 30_000;

export function createSupervisionClient({
  serverUrl,
}: {
  serverUrl: ServerAddress;
}): SupervisionPort {
  const http = createHttp(serverUrl);

  async function post(
    path: string,
    token: string,
    body: unknown,
    mostMs = timeoutMs,
  ): Promise<Result<unknown>> {
    const answer = await http({ method: 'POST', path, token, body, timeoutMs: mostMs });
    return answer.kind === 'ok' ? ok(answer.body) : failureOf(answer);
  }
  const done = (result: Result<unknown>): Result<null> => (result.ok ? ok(null) : result);

  return {
    listen: async (token, userId, mode) =>
      done(await post('/api/pbx/listen', token, { userId, mode }, ringingTimeoutMs)),
    stopListening: async (token) => done(await post('/api/pbx/listen/stop', token, {})),
    takeOver: async (token, userId) =>
      done(await post('/api/pbx/takeOver', token, { userId }, ringingTimeoutMs)),
    async record(token, callRef, on) {
      const answer = await post('/api/pbx/recording', token, { callRef, on });
      return answer.ok ? done(understood(answer.value, recordingResponseSchema)) : answer;
    },
    async audit(token, { about, before, limit }) {
      const query = new URLSearchParams({ about, limit: String(limit) });
      if (before !== null) query.set('before', String(before));
      const path = `/api/audit?${query}`;
      const answer = await http({ method: 'GET', path, token, timeoutMs });
      if (answer.kind !== 'ok') return failureOf(answer);
      const page = understood(answer.body, auditPageSchema);
      return page.ok ? ok(page.value.entries) : page;
    },
  };
}

function understood<S extends z.ZodType>(body: unknown, schema: S): Result<z.output<S>> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return ok(parsed.data);
  return fail('server-refused', 'the answer is not what this version of the desk understands');
}

const passedOn: readonly ErrorCode[] = [
  'signed-out',
  'forbidden',
  'connector-absent',
  'not-in-call',
  'not-found',
  'call-state',
  'phone-not-registered',
  'pbx-refused',
  'too-many-requests',
];

function failureOf(answer: Exclude<HttpAnswer, { kind: 'ok' }>): Result<never> {
  if (answer.kind === 'unreachable') return fail('server-unreachable', answer.message);
  const { problem } = answer;
  const code = passedOn.find((one) => one === problem.code) ?? 'server-refused';
  return fail(code, problem.detail ?? problem.title);
}
