import type { EventName, EventOf } from '#shared/contract/contract.ts';

export type DeskListener = <E extends EventName>(name: E, payload: EventOf<E>) => void;

/** The desk's events on their way to the window; services emit, shells listen. */
export interface EventHub {
  emit: DeskListener;
  listen(listener: DeskListener): () => void;
}

export function createEventHub(): EventHub {
  const listeners = new Set<DeskListener>();
  return {
    emit(name, payload) {
      for (const listener of listeners) listener(name, payload);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
