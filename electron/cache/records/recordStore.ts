import type { Database } from 'better-sqlite3';
import { type EntityName, entities, entityNames } from '#shared/sync/entities.ts';
import { createCustomerGroups } from './customerGroups.ts';
import { createSearchDue } from './searchDue.ts';
import { createTypedTable, type StoredRecord, type TypedTable } from './typedTable.ts';

/** Every record of the cache by entity and id, whichever table holds it. Callers hold a transaction. */
export interface RecordStore {
  read(entity: string, id: string): StoredRecord | null;
  /** Only a record that is complete and that this version can show. */
  readTyped(entity: EntityName, id: string): StoredRecord | null;
  write(entity: string, id: string, record: StoredRecord): void;
  /** As `write`, but leaves a record alone that is already of a later version. */
  writeNewer(entity: string, id: string, record: StoredRecord): void;
  remove(entity: string, id: string): void;
  /** Moves records that an older version of the product could not place into their typed tables. */
  adopt(): void;
}

export function isEntityName(entity: string): entity is EntityName {
  return Object.hasOwn(entities, entity);
}

export function createRecordStore(db: Database): RecordStore {
  const typed = new Map<string, TypedTable>(
    entityNames.map((entity) => [entity, createTypedTable(db, entity)]),
  );
  const other = otherRecords(db);
  const due = createSearchDue(db);
  const groups = createCustomerGroups(db);

  function followGroup(id: string, mergedInto: unknown): void {
    for (const customerId of groups.follow(id, typeof mergedInto === 'string')) {
      due.due('customer', customerId);
    }
  }

  function save(entity: string, id: string, record: StoredRecord, onlyNewer: boolean): void {
    if (entity === 'contactPoint') due.pointLeaves(id, record.fields.customerId);
    if (typed.get(entity)?.write(id, record, onlyNewer)) {
      other.remove(entity, id);
      due.changed(entity, id, record.fields);
      if (entity === 'customer') followGroup(id, record.fields.mergedInto);
      return;
    }
    if (onlyNewer && (typed.get(entity)?.version(id) ?? 0) > record.version) return;
    typed.get(entity)?.remove(id);
    other.write(entity, id, record, onlyNewer);
  }

  return {
    read: (entity, id) => typed.get(entity)?.read(id) ?? other.read(entity, id),
    readTyped: (entity, id) => typed.get(entity)?.read(id) ?? null,
    write: (entity, id, record) => save(entity, id, record, false),
    writeNewer: (entity, id, record) => save(entity, id, record, true),
    remove(entity, id) {
      due.gone(entity, id);
      if (entity === 'contactPoint') due.pointLeaves(id, null);
      typed.get(entity)?.remove(id);
      other.remove(entity, id);
      if (entity === 'customer') followGroup(id, null);
    },
    adopt() {
      for (const { entity, id } of other.known()) {
        const record = other.read(entity, id);
        if (record && typed.get(entity)?.write(id, record, false)) {
          other.remove(entity, id);
          due.changed(entity, id, record.fields);
          if (entity === 'customer') followGroup(id, record.fields.mergedInto);
        }
      }
    },
  };
}

interface OtherRow {
  version: number;
  fields: string;
  clocks: string;
}

function otherRecords(db: Database) {
  const select = db.prepare<[string, string], OtherRow>(
    'SELECT "version", "fields", "clocks" FROM other_record WHERE "entity" = ? AND "id" = ?',
  );
  const upsert = `INSERT INTO other_record ("entity", "id", "version", "fields", "clocks")
    VALUES (?, ?, ?, ?, ?) ON CONFLICT ("entity", "id") DO UPDATE
    SET "version" = excluded."version", "fields" = excluded."fields", "clocks" = excluded."clocks"`;
  const force = db.prepare(upsert);
  const newer = db.prepare(`${upsert} WHERE excluded."version" >= other_record."version"`);
  const remove = db.prepare('DELETE FROM other_record WHERE "entity" = ? AND "id" = ?');
  const known = db.prepare<[string], { entity: string; id: string }>(
    `SELECT "entity", "id" FROM other_record
      WHERE "entity" IN (SELECT "value" FROM json_each(?))`,
  );
  return {
    read(entity: string, id: string): StoredRecord | null {
      const row = select.get(entity, id);
      if (!row) return null;
      const { version, fields, clocks } = row;
      return { version, fields: JSON.parse(fields), clocks: JSON.parse(clocks) };
    },
    write(entity: string, id: string, record: StoredRecord, onlyNewer: boolean): void {
      const { version, fields, clocks } = record;
      const statement = onlyNewer ? newer : force;
      statement.run(entity, id, version, JSON.stringify(fields), JSON.stringify(clocks));
    },
    remove: (entity: string, id: string) => void remove.run(entity, id),
    known: () => known.all(JSON.stringify(entityNames)),
  };
}
