import type { RegisterResponse } from '#shared/sync/messages.ts';
import type { CacheSync } from '../cache/cache.ts';
import type { Log } from '../core/providers.ts';
import { RefusedError, type Transport } from './transport.ts';

/**
 * Tells the server that this desk goes on under its device id. Where the server has heard of another one that did, the
 * desk is a copy, or was copied: it takes a device id of its own, so that no stamp is ever given twice. Null from a
 * server of before, which does not ask.
 */
export async function register(
  cache: CacheSync,
  transport: Pick<Transport, 'register'>,
  log: Log,
): Promise<RegisterResponse | null> {
  try {
    return await registerOnce(cache, transport);
  } catch (error) {
    if (!(error instanceof RefusedError) || !error.isCopied) throw error;
    log.warn('another desk goes on under the device id of this one: it takes a new one');
    cache.renewDevice();
    return registerOnce(cache, transport);
  }
}

async function registerOnce(
  cache: CacheSync,
  transport: Pick<Transport, 'register'>,
): Promise<RegisterResponse | null> {
  const registration = cache.registration();
  try {
    const answer = await transport.register(registration, cache.lineage());
    cache.registered(registration.instance);
    cache.setServerLists(answer.lists ?? []);
    return answer;
  } catch (error) {
    if (!(error instanceof RefusedError) || error.problem.status !== 404) throw error;
    cache.setServerLists([]);
    return null;
  }
}
