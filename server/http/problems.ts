import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { ErrorCode } from '#shared/contract/errors.ts';
import type { Problem } from '#shared/sync/messages.ts';

export const problemType = 'application/problem+json';

/** An answer other than the wished one, thrown inside a route and sent as RFC 9457 problem details. */
export class ProblemError extends Error {
  readonly statusCode: number;
  readonly code: ErrorCode;
  readonly headers: Record<string, string>;

  constructor(
    statusCode: number,
    code: ErrorCode,
    message: string,
    headers: Record<string, string> = {},
  ) {
    super(message);
    this.name = 'ProblemError';
    this.statusCode = statusCode;
    this.code = code;
    this.headers = headers;
  }
}

export function problem(status: number, code: ErrorCode, detail?: string): Problem {
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    ...(detail === undefined ? {} : { detail }),
  };
}

export function sendProblem(reply: FastifyReply, body: Problem): FastifyReply {
  return reply.code(body.status).type(problemType).serializer(JSON.stringify).send(body);
}
