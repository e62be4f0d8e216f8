import type { z } from 'zod';
import {
  knownResponseSchema,
  type Operation,
  type Problem,
  type PullResponse,
  type PushResponse,
  pullResponseSchema,
  pushResponseSchema,
} from '#shared/sync/messages.ts';
import type { Http, HttpAnswer } from './http.ts';

/** Pages and batches may be large on a slow line; longer than this the agent would wonder. */
const timeoutMs = 15_000;

/** The session is over; the outbox waits for the next one. */
export class SignedOutError extends Error {}
/** The server cannot be had now: try later. */
export class UnreachableError extends Error {}
/** The server refuses the request as such. */
export class RefusedError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
  }
}

export interface Transport {
  push(operations: Operation[]): Promise<PushResponse>;
  pull(cursor: string | null, lineage: string | null, limit: number): Promise<PullResponse>;
  /** Those of the operations that the server does not have. */
  unknown(operationIds: string[]): Promise<string[]>;
}

/** Push and pull of one session. They throw the errors above. */
export function createTransport(
  http: Http,
  { token, deviceId, signal }: { token: string; deviceId: string; signal: AbortSignal },
): Transport {
  async function post<S extends z.ZodType>(path: string, body: unknown, schema: S) {
    const answer = await http({ method: 'POST', path, token, body, timeoutMs, signal });
    return checked(answer, schema);
  }
  return {
    push: (operations) => post('/api/sync/push', { deviceId, operations }, pushResponseSchema),
    pull: (cursor, lineage, limit) =>
      post('/api/sync/pull', { deviceId, cursor, lineage, limit }, pullResponseSchema),
    unknown: async (operationIds) => {
      const body = { deviceId, operationIds };
      return (await post('/api/sync/known', body, knownResponseSchema)).unknown;
    },
  };
}

function checked<S extends z.ZodType>(answer: HttpAnswer, schema: S): z.output<S> {
  if (answer.kind === 'unreachable') throw new UnreachableError(answer.message);
  if (answer.kind === 'problem') {
    const { problem } = answer;
    throw problem.status === 401 ? new SignedOutError(problem.title) : new RefusedError(problem);
  }
  const parsed = schema.safeParse(answer.body);
  if (!parsed.success) throw new UnreachableError(`answer not understood: ${parsed.error.message}`);
  return parsed.data;
}
