import { isListChange } from '#shared/sync/lists.ts';
import type { Operation } from '#shared/sync/messages.ts';
import type { Meta } from '../meta.ts';
import type { RecordStore } from '../records/recordStore.ts';

/**
 * Lists that the server merges by element. One of before takes whole lists only, and gets them as this desk shows them;
 * before it has said anything it gets changes as they were made.
 */
export interface ServerLists {
  set(names: readonly string[]): void;
  /** The operations as the server understands them. */
  understood(operations: Operation[]): Operation[];
}

export function createServerLists(meta: Meta, store: RecordStore): ServerLists {
  function known(): ReadonlySet<string> | null {
    const json = meta.get('serverLists');
    if (json === null) return null;
    const names: string[] = JSON.parse(json);
    return new Set(names);
  }

  function understood(operation: Operation, lists: ReadonlySet<string>): Operation {
    const { entity, entityId, fields } = operation;
    const unknown = Object.keys(fields).filter(
      (name) => isListChange(fields[name]) && !lists.has(name),
    );
    if (unknown.length === 0) return operation;
    const shown = store.read(entity, entityId)?.fields ?? {};
    const whole = unknown.map((name) => [name, shown[name] ?? []]);
    return { ...operation, fields: { ...fields, ...Object.fromEntries(whole) } };
  }

  return {
    set: (names) => meta.set('serverLists', JSON.stringify(names)),
    understood(operations) {
      const lists = known();
      return lists ? operations.map((operation) => understood(operation, lists)) : operations;
    },
  };
}
