import type { Socket } from 'node:net';
import type { FastifyBaseLogger, FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { ProblemError, problem, problemType, sendProblem } from './problems.ts';

const maxDetail = 300;

/** Turn whatever was thrown into problem details. What the server did not foresee says nothing of its insides. */
export function handleError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof ProblemError) {
    return sendProblem(
      reply.headers(error.headers),
      problem(error.statusCode, error.code, error.message),
    );
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const first = error.validation[0];
    const detail = `${first?.instancePath ?? ''} ${first?.message ?? ''}`.trim();
    return sendProblem(reply, problem(400, 'invalid-input', detail.slice(0, maxDetail)));
  }
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) {
    return sendProblem(reply, problem(status, 'invalid-input'));
  }
  logFailure(request.log, error);
  if (isUnavailable(error)) {
    return sendProblem(reply.header('retry-after', '1'), problem(503, 'internal'));
  }
  return sendProblem(reply, problem(500, 'internal'));
}

export function handleUnknownRoute(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(reply, problem(404, 'not-found', 'no such resource'));
}

/** What Node's reader of HTTP calls headers that are too long, and requests that take too long. */
const statusOfWire: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Bytes that are no HTTP request. */
export function handleClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, title, ...rest } = problem(
    statusOfWire[error.code ?? ''] ?? 400,
    'invalid-input',
  );
  const body = JSON.stringify({ ...rest, status, title });
  const head = `content-type: ${problemType}\r\ncontent-length: ${Buffer.byteLength(body)}`;
  socket.end(`HTTP/1.1 ${status} ${title}\r\n${head}\r\nconnection: close\r\n\r\n${body}`);
}

/**
 * What may go well another time. SQLSTATE: no connection (08), it writes nothing while its disk is full (25006) or its
 * session was idle for too long (25P03), deadlocks (40), no room or connection left (53), a statement that took too long
 * (57014), going down (57P).
 */
const passing = /^(08|25006|25P03|40|53|57014|57P|ECONN|EPIPE|ENOENT|ETIMEDOUT)/;

function isUnavailable({ code, message }: FastifyError): boolean {
  return passing.test(code ?? '') || /connect|query read timeout/i.test(message);
}

/** A database's message may quote a row: only its code and the place in our code are logged. */
function logFailure(log: FastifyBaseLogger, error: FastifyError): void {
  const [, ...frames] = (error.stack ?? '').split('\n    at ');
  log.error({ name: error.name, code: error.code, at: frames.slice(0, 8) }, 'request failed');
}
