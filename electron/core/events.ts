import type { EventName, EventOf } from '#shared/contract/contract.ts';
import type { Log } from './providers.ts';

export type DeskListener = <E extends EventName>(name: E, payload: EventOf<E>) => void;

/** The desk's events on their way to the window; services emit, shells listen. */
export interface EventHub {
  /** A listener that fails keeps neither the others from hearing nor the service from going on. */
  emit: DeskListener;
  listen(listener: DeskListener): () => void;
}

export function createEventHub(log: Pick<Log, 'error'>): EventHub {
  const listeners = new Set<DeskListener>();
  return {
    emit(name, payload) {
      for (const listener of listeners) {
        try {
          listener(name, payload);
        } catch (error) {
          log.error('an event could not be followed', { event: name, error: String(error) });
        }
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
