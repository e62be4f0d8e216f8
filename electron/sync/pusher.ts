import type { Operation, PushResult } from '#shared/sync/messages.ts';
import type { CacheSync } from '../cache/cache.ts';
import type { Clock, Log } from '../core/providers.ts';
import { pushHalving } from './pushing.ts';
import { createPushPace } from './pushPace.ts';
import type { Timed } from './timedAnswers.ts';
import { type Transport, UnreachableError } from './transport.ts';

/** Hands the outbox to the server. */
export interface Pusher {
  /** Until nothing waits that can be pushed now, or the session is another one. Throws what the transport throws. */
  pushAll(transport: Transport): Promise<void>;
  /** Something waits that is not put off. */
  hasWork(): boolean;
  /** Nothing is put off any more. */
  forget(): void;
}

export interface PusherOptions {
  clock: Clock;
  log: Log;
  timed: Timed;
  /** False: the session of this transport is over. */
  isCurrent(transport: Transport): boolean;
  /** What was put off may be tried once more. */
  again(): void;
}

export function createPusher(
  cache: CacheSync,
  { clock, log, timed, isCurrent, again }: PusherOptions,
): Pusher {
  const pace = createPushPace(clock, again);

  async function pushBatch(transport: Transport, operations: Operation[]): Promise<void> {
    const { results } = await timed(() => transport.push(operations));
    const asked = new Set(operations.map(({ id }) => id));
    const answered = results.filter(({ operationId }) => asked.has(operationId));
    if (answered.length === 0) throw new UnreachableError('the server answered for no operation');
    cache.acknowledge(answered);
  }

  function refuseHere(refused: PushResult): void {
    log.warn('the server cannot take a change', { operation: refused.operationId });
    cache.acknowledge([refused]);
  }

  /** Of a server that names a time nothing is to be learned. */
  function noteUnanswered(operations: Operation[], error: unknown): void {
    if (!(error instanceof UnreachableError) || error.retryAfterMs !== null) return;
    if (!pace.unanswered(operations)) return;
    log.warn('a change gets no answer: others go before', { operation: operations[0]?.id });
  }

  return {
    async pushAll(transport) {
      while (isCurrent(transport)) {
        const operations = pace.next(cache.nextOperations(pace.depth()));
        if (operations.length === 0) return;
        try {
          await pushHalving(operations, (some) => pushBatch(transport, some), refuseHere);
        } catch (error) {
          if (isCurrent(transport)) noteUnanswered(operations, error);
          throw error;
        }
        pace.taken(operations);
      }
    },
    hasWork: () => pace.open(cache.nextOperations(pace.depth())).length > 0,
    forget: pace.forget,
  };
}
