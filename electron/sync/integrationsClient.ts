import type { z } from 'zod';
import type { ErrorCode } from '#shared/contract/errors.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { createHttp, type HttpAnswer, type HttpRequest } from './http.ts';
import { repeating } from './repeating.ts';
import type { ServerAddress } from './servers.ts';

/**
 * Asks the centre for what only it holds, as the signed-in user. Codes: those that the server names, as far as this
 * desk knows them, and `server-unreachable`, `server-refused`.
 */
export interface IntegrationsPort {
  /** `schema` is what the answer has to be. */
  ask<S extends z.ZodType>(
    request: Pick<HttpRequest, 'method' | 'path' | 'body' | 'once'>,
    schema: S,
  ): Promise<Result<z.output<S>>>;
}

/** A test event may take the ten seconds of an attempt. */
const timeoutMs = 20_000;

const passedOn: readonly ErrorCode[] = [
  'signed-out',
  'forbidden',
  'not-found',
  'conflict',
  'state-not-allowed',
  'invalid-input',
  'login-taken',
  'extension-taken',
  'last-administrator',
  'own-account',
  'practice-user',
  'webhook-address-refused',
  'desk-away',
  'connector-absent',
  'too-many-requests',
];

export function createIntegrationsPort(serverUrl: ServerAddress, token: string): IntegrationsPort {
  const http = repeating(createHttp(serverUrl), () => performance.now());
  return {
    async ask(request, schema) {
      const answer = await http({ ...request, token, timeoutMs });
      if (answer.kind !== 'ok') return failureOf(answer);
      const parsed = schema.safeParse(answer.body ?? {});
      if (parsed.success) return ok(parsed.data);
      return fail('server-refused', 'the answer is not what this version of the desk understands');
    },
  };
}

function failureOf(answer: Exclude<HttpAnswer, { kind: 'ok' }>): Result<never> {
  if (answer.kind === 'unreachable') return fail('server-unreachable', answer.message);
  const { problem } = answer;
  const code = passedOn.find((one) => one === problem.code) ?? 'server-refused';
  return fail(code, problem.detail ?? problem.title);
}
