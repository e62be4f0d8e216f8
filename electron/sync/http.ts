import { type Problem, problemSchema } from '#shared/sync/messages.ts';
import { createPacking, type PackedBody, type Packing } from './packing.ts';
import { type ServerAddress, serversOf } from './servers.ts';

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Such as `/api/sync/pull`. */
  path: string;
  token?: string;
  body?: unknown;
  /** It makes or sets something, and shall do so once (repeating.ts). */
  once?: boolean;
  /** By which the server knows a request again. */
  idempotencyKey?: string;
  /** How to read an answer that is no problem, instead of as JSON; throws where it is not what it should be. */
  read?(bytes: Uint8Array<ArrayBuffer>): unknown;
  timeoutMs: number;
  signal?: AbortSignal;
}

/**
 * - `ok`: an answer of the server, not yet checked against its schema;
 * - `problem`: the server refuses and says why (RFC 9457);
 * - `unreachable`: no answer, a server in trouble (5xx), or somebody else who answers in its place.
 */
export type HttpAnswer =
  | { kind: 'ok'; body: unknown }
  | { kind: 'problem'; problem: Problem; retryAfterMs: number | null }
  | { kind: 'unreachable'; message: string; retryAfterMs: number | null };

export type Http = (request: HttpRequest) => Promise<HttpAnswer>;

/**
 * `serverUrl`: base address of the central server, such as `http://127.0.0.1:7080`, or several (servers.ts). What no
 * server can have taken is asked of the next at once; after every other failure the next request goes there, because
 * only the caller knows whether it may be repeated.
 */
export function createHttp(serverUrl: ServerAddress): Http {
  const servers = serversOf(serverUrl);
  const packings = new Map<string, Packing>();

  async function attemptAt(request: HttpRequest): Promise<Attempt> {
    const address = servers.current();
    const packing = packings.get(address) ?? createPacking(address);
    packings.set(address, packing);
    const attempt = await attemptOf(address, packing, request);
    const { answer } = attempt;
    if (answer.kind === 'unreachable' && !request.signal?.aborted) servers.failed(address);
    return attempt;
  }

  return async (request) => {
    let attempt = await attemptAt(request);
    for (let others = servers.count - 1; others > 0 && attempt.untaken; others -= 1) {
      attempt = await attemptAt(request);
    }
    return attempt.answer;
  };
}

interface Attempt {
  answer: HttpAnswer;
  /** Certain that no server has begun to work on it. */
  untaken: boolean;
}

async function attemptOf(
  address: string,
  packing: Packing,
  request: HttpRequest,
): Promise<Attempt> {
  try {
    return { answer: await exchanged(address, packing, request), untaken: false };
  } catch (error) {
    const message = reasonOf(error);
    const answer = { kind: 'unreachable' as const, message, retryAfterMs: null };
    return { answer, untaken: isNoConnection(error) };
  }
}

async function exchanged(
  address: string,
  packing: Packing,
  request: HttpRequest,
): Promise<HttpAnswer> {
  const { path, body } = request;
  const packed = body === undefined ? null : await packing.pack(JSON.stringify(body));
  const response = await fetch(`${address}${path}`, initOf(request, packing, packed));
  packing.heard(response.headers.get('accept-encoding'));
  const answer = await answerOf(response, request.read);
  const isUnread = answer.kind === 'problem' && unread.has(answer.problem.status);
  if (!packed?.isPacked || !isUnread) return answer;
  // A server of before, or a proxy, that took the packed body for garbage.
  packing.forget();
  return exchanged(address, packing, request);
}

const unread = new Set([400, 415]);

const noConnection = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function isNoConnection(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof Error && 'code' in cause && noConnection.has(String(cause.code));
}

function initOf(
  { method, token, idempotencyKey, timeoutMs, signal }: HttpRequest,
  { accepts }: Packing,
  packed: PackedBody | null,
): RequestInit {
  const headers = new Headers({ accept: 'application/json', 'accept-encoding': accepts });
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  if (idempotencyKey !== undefined) headers.set('idempotency-key', idempotencyKey);
  if (packed) headers.set('content-type', 'application/json');
  if (packed?.isPacked) headers.set('content-encoding', 'gzip');
  const timeout = AbortSignal.timeout(timeoutMs);
  return {
    method,
    headers,
    redirect: 'error',
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    ...(packed ? { body: packed.body } : {}),
  };
}

async function answerOf(response: Response, read: HttpRequest['read']): Promise<HttpAnswer> {
  const { status } = response;
  if (response.ok && read) {
    return { kind: 'ok', body: read(new Uint8Array(await response.arrayBuffer())) };
  }
  const text = await response.text();
  if (response.ok) return { kind: 'ok', body: text === '' ? null : JSON.parse(text) };
  const retryAfterMs = retryAfterOf(response);
  if (status >= 500) {
    return { kind: 'unreachable', message: `the server answered ${status}`, retryAfterMs };
  }
  const problem = problemSchema.safeParse(readJson(text));
  if (problem.success) return { kind: 'problem', problem: problem.data, retryAfterMs };
  // A proxy that finds the body too large answers in its own words.
  if (status === 413) return { kind: 'problem', problem: tooLarge, retryAfterMs };
  const message = `answered ${status}, but not by the server`;
  return { kind: 'unreachable', message, retryAfterMs };
}

/** Seconds (RFC 9110 section 10.2.3); a date would be read by a clock that may be wrong. */
function retryAfterOf({ headers }: Response): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

const tooLarge: Problem = {
  type: 'about:blank',
  title: 'Content Too Large',
  status: 413,
  code: 'invalid-input',
};

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error ? `${error.message}: ${cause.message}` : error.message;
}
