import type { PbxConnector } from '../pbx/connector.ts';

/** Who is a member of which queues, as the PBX says; while the line is down, as it said last. */
export interface Members {
  /** Null where no PBX has told yet: what stands in the accounts counts. */
  queuesOf(): ((extension: string) => readonly string[]) | null;
  /** Whether something has moved since this was asked last. */
  moved(): boolean;
  changed(listener: () => void): () => void;
}

export function createMembers(connector: PbxConnector | null): Members {
  let queues: ReadonlyMap<string, readonly string[]> | null = null;
  let hasMoved = true;
  const listeners = new Set<() => void>();

  function read(): void {
    if (connector?.status().state !== 'connected') return;
    queues = new Map(
      [...connector.memberships()].map(([extension, all]) => [
        extension,
        all.map(({ queueId }) => queueId),
      ]),
    );
  }

  const stop = connector?.heard(({ type }) => {
    if (type !== 'memberships' && type !== 'connection') return;
    hasMoved = true;
    for (const listener of listeners) listener();
  });

  return {
    queuesOf() {
      read();
      const known = queues;
      return known && ((extension) => known.get(extension) ?? []);
    },
    moved() {
      const was = hasMoved;
      hasMoved = false;
      return was;
    },
    changed(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stop?.();
      };
    },
  };
}
