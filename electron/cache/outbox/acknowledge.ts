import type { Database } from 'better-sqlite3';
import type { EntityName } from '#shared/sync/entities.ts';
import type { Operation, PushResult } from '#shared/sync/messages.ts';
import type { Overlay } from '../records/overlay.ts';
import type { Outbox } from './outbox.ts';
import type { Sent } from './sent.ts';

export interface Settled {
  /** Operations that left the outbox for good. */
  done: string[];
  entities: EntityName[];
}

/** What the server's answers, and the agent's giving up of a refused change, do to outbox and records. */
export function createAcknowledge(
  db: Database,
  outbox: Outbox,
  overlay: Overlay,
  sent: Sent,
  now: () => number,
) {
  function settle(operation: Operation, result: PushResult): boolean {
    if (result.outcome === 'rejected') {
      outbox.refuse(result, now());
      overlay.rebuild(operation.entity, operation.entityId);
      return false;
    }
    outbox.remove(operation.id);
    // Offered again under its own stamp it would get another one, later than what came of it.
    const taken = { ...operation, clock: result.clock ?? operation.clock };
    sent.keep(taken, now());
    overlay.taken(taken, result.version);
    return true;
  }

  return {
    acknowledge: (results: PushResult[]): Settled =>
      db
        .transaction(() => {
          const done: string[] = [];
          const entities = new Set<EntityName>();
          for (const result of results) {
            const operation = outbox.get(result.operationId);
            if (!operation) continue;
            if (settle(operation, result)) done.push(operation.id);
            entities.add(operation.entity);
          }
          return { done, entities: [...entities] };
        })
        .immediate(),
    discard: (operationId: string): Settled =>
      db
        .transaction((): Settled => {
          const operation = outbox.getRefused(operationId);
          if (!operation) return { done: [], entities: [] };
          outbox.remove(operationId);
          overlay.rebuild(operation.entity, operation.entityId);
          return { done: [operationId], entities: [operation.entity] };
        })
        .immediate(),
  };
}
