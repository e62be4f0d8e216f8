import { lookup } from 'node:dns';
import { type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { DeliveryFailure } from '#shared/sync/webhooks.ts';
import { allowsAddress, hostOf, type WebhookTargets } from './targets.ts';

export interface PostOptions {
  targets: WebhookTargets;
  /** From the look-up of the name to the end of the answer. */
  timeoutMs: number;
  signal: AbortSignal;
}

export interface PostResult {
  /** Null where it was answered with 2xx. */
  failure: DeliveryFailure | null;
  status: number | null;
  /** The beginning of the body. */
  answer: string | null;
  /** What the receiver asks for by Retry-After in seconds. */
  retryAfterMs: number | null;
  tookMs: number;
}

const maxAnswerBytes = 2_000;

class Cut extends Error {
  readonly code = 'ECONNRESET';
}

class NotAllowed extends Error {
  readonly code = 'ADDRESS_NOT_ALLOWED';
}

/**
 * POST a JSON body once. Follows no redirect, and connects to no address that `targets` does not allow: names are
 * resolved here, and what the socket is connected to is looked at once more. Rejects only where `signal` is aborted.
 */
export async function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  options: PostOptions,
): Promise<PostResult> {
  const began = performance.now();
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const result = await exchange(new URL(url), headers, body, {
    ...options,
    signal: AbortSignal.any([timeout, options.signal]),
  }).catch((error: unknown) => {
    options.signal.throwIfAborted();
    const failure = timeout.aborted ? ('timed-out' as const) : failureOf(error);
    return { failure, status: null, answer: null, retryAfterMs: null };
  });
  return { ...result, tookMs: Math.round(performance.now() - began) };
}

type Exchanged = Omit<PostResult, 'tookMs'>;

function exchange(
  url: URL,
  headers: Record<string, string>,
  body: string,
  { targets, signal }: PostOptions,
): Promise<Exchanged> {
  const host = hostOf(url);
  if (isIP(host) !== 0 && !allowsAddress(host, targets))
    return Promise.reject(new NotAllowed(host));
  return new Promise((resolve, reject) => {
    const open = url.protocol === 'https:' ? secureRequest : plainRequest;
    const sent = open(url, {
      method: 'POST',
      agent: false,
      signal,
      lookup: lookupOf(targets),
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Switchboard-Webhooks/1',
      },
    });
    guardSocket(sent, targets);
    sent.once('error', reject);
    const closed = () => reject(new Cut());
    // Where neither an error nor an answer comes: nothing else tells of it.
    sent.once('close', closed);
    // Nobody asked to switch protocols.
    sent.once('upgrade', (response, socket) => {
      socket.destroy();
      resolve(exchanged(response, ''));
    });
    sent.once('response', (response) => {
      sent.off('close', closed);
      readBeginning(response).then((answer) => resolve(exchanged(response, answer)), reject);
    });
    sent.end(body);
  });
}

function exchanged({ statusCode = 0, headers }: IncomingMessage, answer: string): Exchanged {
  const seconds = /^\d{1,6}$/.exec(headers['retry-after'] ?? '')?.[0];
  return {
    failure: statusCode >= 200 && statusCode < 300 ? null : 'answered',
    status: statusCode,
    answer,
    retryAfterMs: seconds === undefined ? null : Number(seconds) * 1_000,
  };
}

/** Only the allowed ones of a name's addresses are tried. */
function lookupOf(targets: WebhookTargets): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '');
      const allowed = addresses.filter(({ address }) => allowsAddress(address, targets));
      const [first] = allowed;
      if (!first) return callback(new NotAllowed(hostname), '');
      if (options.all) return callback(null, allowed);
      return callback(null, first.address, first.family);
    });
  };
}

/** However it came about: nothing is written to an address that is not allowed. */
function guardSocket(sent: ClientRequest, targets: WebhookTargets): void {
  sent.once('socket', (socket) => {
    socket.once('connect', () => {
      const { remoteAddress = '' } = socket;
      if (!allowsAddress(remoteAddress, targets)) sent.destroy(new NotAllowed(remoteAddress));
    });
  });
}

/** What is longer is not waited for. */
function readBeginning(response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    const done = () => resolve(storable(Buffer.concat(parts).subarray(0, maxAnswerBytes)));
    response.on('data', (part: Buffer) => {
      parts.push(part);
      bytes += part.length;
      if (bytes < maxAnswerBytes) return;
      done();
      response.destroy();
    });
    response.once('end', done);
    response.once('error', reject);
    response.once('close', () => reject(new Cut()));
  });
}

function storable(bytes: Buffer): string {
  return bytes.toString('utf8').replaceAll('\0', '\u{fffd}').toWellFormed();
}

function failureOf(error: unknown): DeliveryFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ADDRESS_NOT_ALLOWED') return 'address-not-allowed';
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return 'name-unknown';
  if (/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO)/.test(code)) return 'tls';
  if (/^(ECONNRESET|EPIPE|HPE_|ERR_HTTP|ERR_STREAM)/.test(code)) return 'cut';
  return 'unreachable';
}
