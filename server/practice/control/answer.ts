import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { Refusal } from '../calls/refusal.ts';

const mostBodyBytes = 16_384;

export interface Answer {
  status: number;
  body?: unknown;
}

export const done: Answer = { status: 204 };
export const notFound: Answer = problem(404, 'Not Found');

/** An answer after RFC 9457. */
export function problem(status: number, title: string, detail?: string): Answer {
  return { status, body: { type: 'about:blank', title, status, ...(detail ? { detail } : {}) } };
}

const titles = { 404: 'Not Found', 409: 'Conflict', 422: 'Unprocessable Content' };

export function refused(refusal: Refusal): Answer {
  return problem(refusal.status, titles[refusal.status], refusal.detail);
}

/** 204 where a thing was found and done, 404 where it is not there. */
export function doneIf(found: boolean): Answer {
  return found ? done : notFound;
}

/** What the body asks for, or a 400. */
export function asked<S extends z.ZodType>(
  schema: S,
  body: unknown,
  act: (wanted: z.output<S>) => Answer | Refusal | undefined,
): Answer {
  const wanted = schema.safeParse(body);
  if (!wanted.success) return problem(400, 'Bad Request', z.prettifyError(wanted.error));
  const answer = act(wanted.data);
  if (answer instanceof Refusal) return refused(answer);
  return answer ?? done;
}

/** Undefined if the body is no JSON or longer than a control request ever is; no body is an empty object. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.length;
    if (bytes > mostBodyBytes) return undefined;
    chunks.push(buffer);
  }
  if (bytes === 0) return {};
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}
