/** Whether this process takes work. */
export interface Lifecycle {
  isStopping(): boolean;
  /** Aborted when the server begins to stop. */
  stopping: AbortSignal;
  beginStop(): void;
}

export function createLifecycle(): Lifecycle {
  const abort = new AbortController();
  return {
    isStopping: () => abort.signal.aborted,
    stopping: abort.signal,
    beginStop: () => abort.abort(),
  };
}
