import { newId } from '#shared/domain/ids.ts';
import type { Http, HttpRequest } from './http.ts';

/** So long a request that was not answered is known again, ms; the server keeps what it made for longer. */
const knownAgainMs = 600_000;

/**
 * Sends what makes or sets something (`once`) under a key by which the server knows it again: a request that was cut off is
 * sent once more at once, and goes under the same key when somebody wishes the very same soon afterwards. So one thing
 * is made, however often it is asked for.
 */
export function repeating(http: Http, now: () => number): Http {
  const unanswered = new Map<string, { idempotencyKey: string; at: number }>();

  function keyOf(same: string): string {
    for (const [other, { at }] of unanswered) {
      if (now() - at > knownAgainMs) unanswered.delete(other);
    }
    return unanswered.get(same)?.idempotencyKey ?? newId();
  }

  return async (request) => {
    if (!request.once) return http(request);
    const same = sameAs(request);
    const idempotencyKey = keyOf(same);
    // Both together take no longer than one may.
    const timeout = AbortSignal.timeout(request.timeoutMs);
    const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
    const sent = { ...request, idempotencyKey, signal };
    let answer = await http(sent);
    const isCut = answer.kind === 'unreachable' && answer.retryAfterMs === null;
    if (isCut && !signal.aborted) answer = await http(sent);
    if (answer.kind === 'unreachable') unanswered.set(same, { idempotencyKey, at: now() });
    else unanswered.delete(same);
    return answer;
  };
}

function sameAs({ method, path, body }: HttpRequest): string {
  return JSON.stringify([method, path, body]);
}
