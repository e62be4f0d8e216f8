import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** A secret that was made just now, and for whom: the server tells it only once. */
export interface FreshSecret {
  userId: string;
  kind: 'key' | 'webhook' | 'password';
  /** Of the key; the webhook's address; whose password it is. */
  name: string;
  secret: string;
}

/** Outside of the page, so that a call that rings meanwhile does not lose it. */
const store = createStore<{ fresh: FreshSecret | null }>(() => ({ fresh: null }));

export function keepSecret(fresh: FreshSecret): void {
  store.setState({ fresh });
}

export function forgetSecret(): void {
  store.setState({ fresh: null });
}

/** Nobody sees what somebody before made at this window. */
export function useFreshSecret(userId: string | null): FreshSecret | null {
  const fresh = useStore(store, (state) => state.fresh);
  return fresh && fresh.userId === userId ? fresh : null;
}
