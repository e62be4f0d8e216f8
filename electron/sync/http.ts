import { type Problem, problemSchema } from '#shared/sync/messages.ts';
import { type ServerAddress, type Servers, serversOf } from './servers.ts';

export interface HttpRequest {
  method: 'GET' | 'POST' | 'DELETE';
  /** Such as `/api/sync/pull`. */
  path: string;
  token?: string;
  body?: unknown;
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
  | { kind: 'unreachable'; message: string };

export type Http = (request: HttpRequest) => Promise<HttpAnswer>;

/**
 * `serverUrl`: base address of the central server, such as `http://127.0.0.1:7080`, or several (servers.ts). What no
 * server can have taken is asked of the next at once; after every other failure the next request goes there, because
 * only the caller knows whether it may be repeated.
 */
export function createHttp(serverUrl: ServerAddress): Http {
  const servers = serversOf(serverUrl);
  return async (request) => {
    let attempt = await attemptAt(servers, request);
    for (let others = servers.count - 1; others > 0 && attempt.untaken; others -= 1) {
      attempt = await attemptAt(servers, request);
    }
    return attempt.answer;
  };
}

interface Attempt {
  answer: HttpAnswer;
  /** Certain that no server has begun to work on it. */
  untaken: boolean;
}

async function attemptAt(servers: Servers, request: HttpRequest): Promise<Attempt> {
  const address = servers.current();
  const attempt = await attemptOf(`${address}${request.path}`, request);
  const { answer } = attempt;
  if (answer.kind === 'unreachable' && !request.signal?.aborted) servers.failed(address);
  return attempt;
}

async function attemptOf(url: string, request: HttpRequest): Promise<Attempt> {
  try {
    return { answer: await answerOf(await fetch(url, initOf(request))), untaken: false };
  } catch (error) {
    const answer = { kind: 'unreachable' as const, message: reasonOf(error) };
    return { answer, untaken: isNoConnection(error) };
  }
}

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

function initOf({ method, token, body, timeoutMs, signal }: HttpRequest): RequestInit {
  const headers = new Headers({ accept: 'application/json' });
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  if (body !== undefined) headers.set('content-type', 'application/json');
  const timeout = AbortSignal.timeout(timeoutMs);
  return {
    method,
    headers,
    redirect: 'error',
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

async function answerOf(response: Response): Promise<HttpAnswer> {
  const { status } = response;
  const text = await response.text();
  if (response.ok) return { kind: 'ok', body: text === '' ? null : JSON.parse(text) };
  if (status >= 500) return { kind: 'unreachable', message: `the server answered ${status}` };
  const problem = problemSchema.safeParse(readJson(text));
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfterMs = Number.isFinite(retryAfter) ? retryAfter * 1000 : null;
  if (problem.success) return { kind: 'problem', problem: problem.data, retryAfterMs };
  // A proxy that finds the body too large answers in its own words.
  if (status === 413) return { kind: 'problem', problem: tooLarge, retryAfterMs };
  return { kind: 'unreachable', message: `answered ${status}, but not by the server` };
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
