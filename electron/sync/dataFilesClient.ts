import type { z } from 'zod';
import type { ErrorCode } from '#shared/contract/errors.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { problemSchema } from '#shared/sync/messages.ts';
import { createHttp, type HttpAnswer, type HttpRequest } from './http.ts';
import { repeating } from './repeating.ts';
import { type ServerAddress, serversOf } from './servers.ts';

/** A file that comes from the centre, piece by piece; null: it is whole. */
export interface Download {
  next(): Promise<Result<Uint8Array | null>>;
  close(): void;
}

/**
 * Files that go to the centre and come from it, as the signed-in user. Codes: those that the server names, as far as
 * this desk knows them, and `server-unreachable`, `server-refused`.
 */
export interface DataFilesPort {
  ask<S extends z.ZodType>(
    request: Pick<HttpRequest, 'method' | 'path' | 'body' | 'once'>,
    schema: S,
  ): Promise<Result<z.output<S>>>;
  /** One piece of a file; `signal` breaks it off. */
  send<S extends z.ZodType>(
    path: string,
    bytes: Uint8Array,
    schema: S,
    signal?: AbortSignal,
  ): Promise<Result<z.output<S>>>;
  /** With a body it is posted. */
  open(path: string, body?: unknown): Promise<Result<Download>>;
}

/** A preview reads a large workbook from its beginning. */
const timeoutMs = 120_000;

const passedOn: readonly ErrorCode[] = [
  'signed-out',
  'forbidden',
  'not-found',
  'conflict',
  'state-not-allowed',
  'invalid-input',
  'file-too-large',
  'server-busy',
  'too-many-requests',
  'font-absent',
  'delivery-absent',
];

export function createDataFilesPort(serverUrl: ServerAddress, token: string): DataFilesPort {
  const http = repeating(createHttp(serverUrl), () => performance.now());
  const servers = serversOf(serverUrl);
  const headers = { authorization: `Bearer ${token}` };

  async function fetched(
    path: string,
    init: RequestInit,
    brokenOff?: AbortSignal,
  ): Promise<Result<Response>> {
    const address = servers.current();
    try {
      const response = await fetch(`${address}${path}`, { ...init, redirect: 'error' });
      return response.ok ? ok(response) : refusalOf(response);
    } catch (error) {
      if (!brokenOff?.aborted) servers.failed(address);
      return fail('server-unreachable', error instanceof Error ? error.message : String(error));
    }
  }

  const posted = (body: unknown): RequestInit => ({
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

  return {
    async ask(request, schema) {
      const answer = await http({ ...request, token, timeoutMs });
      return answer.kind === 'ok' ? understood(answer.body ?? {}, schema) : failureOf(answer);
    },
    async send(path, bytes, schema, signal) {
      const late = AbortSignal.timeout(timeoutMs);
      const init = {
        method: 'PUT',
        headers: { ...headers, 'content-type': 'application/octet-stream' },
        body: new Uint8Array(bytes),
        signal: signal ? AbortSignal.any([signal, late]) : late,
      };
      const response = await fetched(path, init, signal);
      if (!response.ok) return response;
      return understood(await response.value.json().catch(() => null), schema);
    },
    async open(path, body) {
      const response = await fetched(path, body === undefined ? { headers } : posted(body));
      if (!response.ok) return response;
      const reader = response.value.body?.getReader();
      if (!reader) return fail('server-refused', 'the answer has no body');
      return ok(downloadOf(reader));
    },
  };
}

function downloadOf(reader: ReadableStreamDefaultReader<Uint8Array>): Download {
  return {
    async next() {
      try {
        const { done, value } = await reader.read();
        return ok(done ? null : value);
      } catch (error) {
        return fail('server-unreachable', error instanceof Error ? error.message : String(error));
      }
    },
    close() {
      reader.cancel().catch(() => undefined);
    },
  };
}

function understood<S extends z.ZodType>(body: unknown, schema: S): Result<z.output<S>> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return ok(parsed.data);
  return fail('server-refused', 'the answer is not what this version of the desk understands');
}

async function refusalOf(response: Response): Promise<Result<never>> {
  const problem = problemSchema.safeParse(await response.json().catch(() => null));
  if (problem.success) return refused(problem.data.code, problem.data.detail);
  return fail('server-unreachable', `the server answered ${response.status}`);
}

function failureOf(answer: Exclude<HttpAnswer, { kind: 'ok' }>): Result<never> {
  if (answer.kind === 'unreachable') return fail('server-unreachable', answer.message);
  return refused(answer.problem.code, answer.problem.detail);
}

function refused(code: string, detail = ''): Result<never> {
  return fail(passedOn.find((one) => one === code) ?? 'server-refused', detail);
}
