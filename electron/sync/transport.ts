import { z } from 'zod';
import {
  type HashResponse,
  hashResponseSchema,
  knownResponseSchema,
  type Operation,
  type Problem,
  type PullResponse,
  type PushResponse,
  pullResponseSchema,
  pushResponseSchema,
  pushResultSchema,
  type RangeResponse,
  type RegisterResponse,
  rangeResponseSchema,
  registerResponseSchema,
} from '#shared/sync/messages.ts';
import type { PageChanges } from '../cache/cache.ts';
import type { Registration } from '../cache/device.ts';
import { pulledChangesSchema } from '../cache/records/changesJson.ts';
import type { Http, HttpAnswer } from './http.ts';
import { type SplitPage, splitPage } from './pageBytes.ts';

/** A newer server may refuse for reasons, and in words, that are not known here. */
const answeredPushSchema = pushResponseSchema.extend({
  results: z.array(
    pushResultSchema.extend({
      reason: pushResultSchema.shape.reason.catch('conflict'),
      message: pushResultSchema.shape.message.catch(null),
    }),
  ),
});

const pulledPageSchema = pullResponseSchema.extend({ changes: pulledChangesSchema });
const pageRestSchema = pullResponseSchema.omit({ changes: true });

/** A page as it was pulled. The changes of a large one are JSON that nobody has looked at yet (pageBytes.ts). */
export type PulledPage = Omit<PullResponse, 'changes'> & { changes: PageChanges };

/** Pages and batches may be large on a slow line; longer than this the agent would wonder. */
const timeoutMs = 15_000;

/** The session is over; the outbox waits for the next one. */
export class SignedOutError extends Error {}
/** The server cannot be had now: try later. */
export class UnreachableError extends Error {
  /** When the server asks to be asked again, ms from now; null: it said nothing. */
  readonly retryAfterMs: number | null;

  constructor(message: string, retryAfterMs: number | null = null) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}
/** The server refuses the request as such. */
export class RefusedError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
  }

  /** Another desk goes on under this one's device id. */
  get isCopied(): boolean {
    return this.problem.code === 'device-copied';
  }
}

export interface Transport {
  push(operations: Operation[]): Promise<PushResponse>;
  pull(cursor: string | null, lineage: string | null, limit: number): Promise<PulledPage>;
  /** What do this user's records of the entity behind `after` come to, as of the cursor? */
  hash(cursor: string, entity: string, after: string | null): Promise<HashResponse>;
  range(entity: string, after: string | null, upTo: string | null): Promise<RangeResponse>;
  /** This desk is the one that goes on under its device id. */
  register(registration: Registration, lineage: string | null): Promise<RegisterResponse>;
  /** Those of the operations that the server does not have. */
  unknown(operationIds: string[]): Promise<string[]>;
}

export interface Caller {
  token: string;
  /** Asked for with every request: a copied desk takes a new one. */
  deviceId(): string;
  instance(): string | null;
  signal: AbortSignal;
}

/** Push and pull of one session. They throw the errors above. */
export function createTransport(
  http: Http,
  { token, deviceId, instance, signal }: Caller,
): Transport {
  async function post<S extends z.ZodType>(path: string, body: unknown, schema: S) {
    const answer = await http({ method: 'POST', path, token, body, timeoutMs, signal });
    return checked(answer, schema);
  }
  return {
    push(operations) {
      const registered = instance();
      const own = registered === null ? {} : { instance: registered };
      const body = { deviceId: deviceId(), ...own, operations };
      return post('/api/sync/push', body, answeredPushSchema);
    },
    async pull(cursor, lineage, limit) {
      const body = { deviceId: deviceId(), cursor, lineage, limit };
      const path = '/api/sync/pull';
      const page: { split: SplitPage | null } = { split: null };
      const read = (json: Uint8Array<ArrayBuffer>) => {
        page.split = splitPage(json);
        return page.split ? page.split.rest : JSON.parse(new TextDecoder().decode(json));
      };
      const answer = await http({ method: 'POST', path, token, body, timeoutMs, signal, read });
      if (!page.split) return checked(answer, pulledPageSchema);
      return { ...checked(answer, pageRestSchema), changes: page.split.changes };
    },
    hash(cursor, entity, after) {
      const body = { deviceId: deviceId(), cursor, entity, after };
      return post('/api/sync/hash', body, hashResponseSchema);
    },
    range(entity, after, upTo) {
      const body = { deviceId: deviceId(), entity, after, upTo };
      return post('/api/sync/range', body, rangeResponseSchema);
    },
    register(registration, lineage) {
      const body = { deviceId: deviceId(), ...registration, lineage };
      return post('/api/sync/device', body, registerResponseSchema);
    },
    unknown: async (operationIds) => {
      const body = { deviceId: deviceId(), operationIds };
      return (await post('/api/sync/known', body, knownResponseSchema)).unknown;
    },
  };
}

function checked<S extends z.ZodType>(answer: HttpAnswer, schema: S): z.output<S> {
  if (answer.kind === 'unreachable') {
    throw new UnreachableError(answer.message, answer.retryAfterMs);
  }
  if (answer.kind === 'problem') {
    const { problem, retryAfterMs } = answer;
    if (problem.status === 429) throw new UnreachableError(problem.title, retryAfterMs);
    throw problem.status === 401 ? new SignedOutError(problem.title) : new RefusedError(problem);
  }
  const parsed = schema.safeParse(answer.body);
  if (!parsed.success) throw new UnreachableError(`answer not understood: ${parsed.error.message}`);
  return parsed.data;
}
