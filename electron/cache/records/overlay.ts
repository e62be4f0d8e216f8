import type { Database } from 'better-sqlite3';
import { madeOf, mergeFields, type Versioned } from '#shared/sync/merge.ts';
import type { Change, Operation } from '#shared/sync/messages.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { RecordStore } from './recordStore.ts';
import type { StoredRecord } from './typedTable.ts';

/**
 * Records on which operations wait: beside the record as the agent sees it stands what the server
 * holds, and the first is always the second with the waiting operations merged in. So a refused
 * operation can be taken back and a pulled change never overwrites what is still on its way.
 */
export interface Overlay {
  /** Keys of the records on which operations wait or were refused. */
  keys(): ReadonlySet<string>;
  /** Call before the first operation on a record is added. */
  hold(entity: string, id: string, current: StoredRecord | null): void;
  /** A pulled change of a held record. */
  pulled(change: Change): void;
  /** As `pulled`, whatever version is held. False, and nothing done, where nothing waits on the record. */
  repaired(change: Change): boolean;
  /** The record is not for this desk any more, and goes when what waits on it is settled. */
  isWithdrawn(entity: string, id: string): boolean;
  /** The server has taken the operation and gave the record this version. */
  taken(operation: Operation, version: number | null): void;
  /** Builds the visible record again after operations were refused or discarded. */
  rebuild(entity: string, id: string): void;
}

export function overlayKey(entity: string, id: string): string {
  return `${entity}/${id}`;
}

interface HeldRow {
  version: number | null;
  fields: string;
  clocks: string;
  withdrawn: number;
}

interface Held extends Versioned {
  version: number | null;
  withdrawn: boolean;
}

/** What the server does not have yet is made by the first operation. */
function changed(base: Versioned, operation: Operation): Versioned {
  const isNew = Object.keys(base.fields).length === 0;
  return isNew ? madeOf(operation.entity, operation) : mergeFields(base, operation);
}

export function createOverlay(db: Database, store: RecordStore, outbox: Outbox): Overlay {
  const selectKeys = db
    .prepare<[], string>(`SELECT "entity" || '/' || "id" FROM server_record`)
    .pluck();
  const select = db.prepare<[string, string], HeldRow>(
    `SELECT "version", "fields", "clocks", "withdrawn" FROM server_record
      WHERE "entity" = ? AND "id" = ?`,
  );
  const upsert = db.prepare(
    `INSERT INTO server_record ("entity", "id", "version", "fields", "clocks", "withdrawn")
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT ("entity", "id") DO UPDATE
      SET "version" = excluded."version", "fields" = excluded."fields",
        "clocks" = excluded."clocks", "withdrawn" = excluded."withdrawn"`,
  );
  const drop = db.prepare('DELETE FROM server_record WHERE "entity" = ? AND "id" = ?');

  function held(entity: string, id: string): Held | null {
    const row = select.get(entity, id);
    if (!row) return null;
    return {
      version: row.version,
      fields: JSON.parse(row.fields),
      clocks: JSON.parse(row.clocks),
      withdrawn: row.withdrawn === 1,
    };
  }

  function put(entity: string, id: string, { version, fields, clocks, withdrawn }: Held): void {
    const [fieldsJson, clocksJson] = [JSON.stringify(fields), JSON.stringify(clocks)];
    upsert.run(entity, id, version, fieldsJson, clocksJson, Number(withdrawn));
  }

  function rebuild(entity: string, id: string): void {
    const base = held(entity, id);
    if (!base) return;
    const operations = outbox.ofRecord(entity, id);
    if (operations.length === 0) {
      drop.run(entity, id);
      if (base.withdrawn) {
        store.remove(entity, id);
        return;
      }
    }
    // A record that only this desk has stays visible until the agent gives it up.
    const effective = operations.filter(({ refused }) => !refused || base.version === null);
    if (effective.length === 0 && base.version === null) {
      store.remove(entity, id);
      return;
    }
    let record: Versioned = base;
    for (const operation of effective) record = changed(record, operation);
    const { fields, clocks } = record;
    store.write(entity, id, { fields, clocks, version: base.version ?? 0 });
  }

  /** The record as the agent sees it stays as it is: what was withdrawn goes when nothing waits on it. */
  function take({ entity, id, version, fields, clocks, withdrawn }: Change, base: Held): void {
    put(entity, id, withdrawn ? { ...base, withdrawn } : { version, fields, clocks, withdrawn });
    rebuild(entity, id);
  }

  return {
    keys: () => new Set(selectKeys.all()),
    hold(entity, id, current) {
      if (select.get(entity, id)) return;
      const none: Held = { version: null, fields: {}, clocks: {}, withdrawn: false };
      put(entity, id, current && current.version > 0 ? { ...current, withdrawn: false } : none);
    },
    pulled(change) {
      const base = held(change.entity, change.id);
      if (!base || (base.version && base.version > change.version)) return;
      take(change, base);
    },
    repaired(change) {
      const base = held(change.entity, change.id);
      if (base) take(change, base);
      return base !== null;
    },
    isWithdrawn: (entity, id) => select.get(entity, id)?.withdrawn === 1,
    taken(operation, version) {
      const { entity, entityId } = operation;
      const base = held(entity, entityId);
      if (!base) return;
      // Once the record was pulled with it, what the server has made of it stands, the author's name for one.
      const isIn = version !== null && base.version !== null && base.version >= version;
      const { fields, clocks } = isIn ? base : changed(base, operation);
      const known = Math.max(version ?? 0, base.version ?? 0);
      const { withdrawn } = base;
      put(entity, entityId, { version: known || null, fields, clocks, withdrawn });
      rebuild(entity, entityId);
    },
    rebuild,
  };
}
