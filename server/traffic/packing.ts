import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest, RequestPayload } from 'fastify';
import { ProblemError } from '../http/problems.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** The fastest level: a page of records shrinks to an eighth already, for a third of what the usual level costs. */
const level = constants.Z_BEST_SPEED;
/** Below this an answer fits into a few packets anyway, bytes. */
export const leastPacked = 2_048;

/** Does `Accept-Encoding` (RFC 9110 section 12.5.3) take gzip? */
export function takesGzip(header: string | undefined): boolean {
  const codings = (header ?? '').toLowerCase().split(',');
  return codings.some((coding) => {
    const [name, ...parameters] = coding.split(';').map((part) => part.trim());
    if (name !== 'gzip' && name !== 'x-gzip') return false;
    return !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}

/** onSend hook: packs an answer for whoever asked for it, and says that packed requests are welcome (RFC 7694). */
export async function packAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  reply.headers({ 'accept-encoding': 'gzip', vary: 'accept-encoding' });
  if (typeof payload !== 'string' || payload.length < leastPacked) return payload;
  if (!takesGzip(request.headers['accept-encoding'])) return payload;
  reply.header('content-encoding', 'gzip').removeHeader('content-length');
  return pack(payload, { level });
}

/**
 * preParsing hook: unpacks a gzip body. Throws 415 for another coding, 413 where either side of it is beyond the
 * route's limit, 400 where it is no gzip.
 */
export async function unpackBody(
  request: FastifyRequest,
  _reply: FastifyReply,
  payload: RequestPayload,
): Promise<RequestPayload> {
  const coding = request.headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (coding === 'identity') return payload;
  if (coding !== 'gzip') {
    const headers = { 'accept-encoding': 'gzip' };
    throw new ProblemError(415, 'invalid-input', 'only gzip is understood', headers);
  }
  const limit = request.routeOptions.bodyLimit ?? 0;
  const packed = await collected(payload, limit);
  const plain = await unpacked(packed, limit);
  return Object.assign(Readable.from([plain]), { receivedEncodedLength: packed.length });
}

async function collected(payload: RequestPayload, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of payload) {
    chunks.push(Buffer.from(chunk));
    length += chunk.length;
    if (length > limit) throw tooLarge();
  }
  return Buffer.concat(chunks);
}

async function unpacked(packed: Buffer, limit: number): Promise<Buffer> {
  try {
    return await unpack(packed, { maxOutputLength: limit });
  } catch (error) {
    const isLarge = error instanceof RangeError;
    throw isLarge ? tooLarge() : new ProblemError(400, 'invalid-input', 'the body is no gzip');
  }
}

function tooLarge(): ProblemError {
  return new ProblemError(413, 'invalid-input', 'the body is too large', { connection: 'close' });
}
