import type { z } from 'zod';
import { fail, ok, type Result } from '#shared/result.ts';
import {
  type PracticeUsers,
  practiceUsersSchema,
  type SignedInUser,
  type SignInRequest,
  type SignInResponse,
  signedInUserSchema,
  signInResponseSchema,
} from '#shared/sync/messages.ts';
import type { OwnPassword } from '#shared/sync/users.ts';
import { createHttp, type HttpAnswer } from './http.ts';
import type { ServerAddress } from './servers.ts';

const timeoutMs = 5000;
/** A server that has just been started, or has many in line, takes its time over a password. */
const passwordMs = 20_000;

export interface ServerClient {
  /**
   * Fails with `wrong-credentials`, `account-locked` (details.retryAfterMs), `password-change-needed`,
   * `password-expired`, `password-refused`, `server-unreachable`, `server-refused`.
   */
  signIn(request: SignInRequest): Promise<Result<SignInResponse>>;
  /** Fails with those of `signIn` that are about passwords, and `practice-user`. */
  changePassword(token: string, passwords: OwnPassword): Promise<Result<null>>;
  /** Fails with `signed-out`, `server-unreachable`, `server-refused`. */
  signOut(token: string): Promise<Result<null>>;
  me(token: string): Promise<Result<SignedInUser>>;
  /** Null where the server is not in practice mode. */
  practiceUsers(): Promise<Result<PracticeUsers | null>>;
}

/** What the desk asks of the central server beside sync. */
export function createServerClient({ serverUrl }: { serverUrl: ServerAddress }): ServerClient {
  const http = createHttp(serverUrl);
  return {
    async signIn(body) {
      const request = { method: 'POST', path: '/api/session', body } as const;
      const answer = await http({ ...request, timeoutMs: passwordMs });
      return resultOf(answer, signInResponseSchema);
    },
    async changePassword(token, body) {
      const answer = await http({
        method: 'PUT',
        path: '/api/me/password',
        token,
        body,
        timeoutMs: passwordMs,
      });
      return answer.kind === 'ok' ? ok(null) : failureOf(answer);
    },
    async signOut(token) {
      const answer = await http({ method: 'DELETE', path: '/api/session', token, timeoutMs });
      return answer.kind === 'ok' ? ok(null) : failureOf(answer);
    },
    async me(token) {
      const answer = await http({ method: 'GET', path: '/api/me', token, timeoutMs });
      return resultOf(answer, signedInUserSchema);
    },
    async practiceUsers() {
      const answer = await http({ method: 'GET', path: '/api/practice', timeoutMs });
      if (answer.kind === 'problem' && answer.problem.status === 404) return ok(null);
      return resultOf(answer, practiceUsersSchema);
    },
  };
}

function resultOf<S extends z.ZodType>(answer: HttpAnswer, schema: S): Result<z.output<S>> {
  if (answer.kind !== 'ok') return failureOf(answer);
  const parsed = schema.safeParse(answer.body);
  if (parsed.success) return ok(parsed.data);
  return fail('server-refused', 'the answer is not what this version of the desk understands');
}

const passedOn = [
  'wrong-credentials',
  'account-locked',
  'signed-out',
  'password-change-needed',
  'password-expired',
  'password-refused',
  'practice-user',
] as const;

function failureOf(answer: Exclude<HttpAnswer, { kind: 'ok' }>) {
  if (answer.kind === 'unreachable') return fail('server-unreachable', answer.message);
  const { problem, retryAfterMs } = answer;
  const message = problem.detail ?? problem.title;
  const code = passedOn.find((one) => one === problem.code) ?? 'server-refused';
  const details = { status: problem.status, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
  return fail(code, message, details);
}
