import type { Log } from '#electron/core/providers.ts';

/** Does what may fail without consequence for the call: neither a throw nor a rejection gets out. */
export function quietly(log: Log, action: () => Promise<unknown> | undefined): void {
  Promise.try(action).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message.slice(0, 200) : 'unknown';
    log.info('phone step without effect', { reason });
  });
}
