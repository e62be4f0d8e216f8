import type { Database } from 'better-sqlite3';
import { type EntityName, entities, entityNames } from '#shared/sync/entities.ts';
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
  const due = searchDue(db);

  function save(entity: string, id: string, record: StoredRecord, onlyNewer: boolean): void {
    if (entity === 'contactPoint') due.customerOf(id, record.fields.customerId);
    if (typed.get(entity)?.write(id, record, onlyNewer)) {
      other.remove(entity, id);
      due.changed(entity, id, record.fields);
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
      if (entity === 'customer') due.gone(id);
      if (entity === 'contactPoint') due.customerOf(id, null);
      typed.get(entity)?.remove(id);
      other.remove(entity, id);
    },
    adopt() {
      for (const { entity, id } of other.known()) {
        const record = other.read(entity, id);
        if (record && typed.get(entity)?.write(id, record, false)) {
          other.remove(entity, id);
          due.changed(entity, id, record.fields);
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

/** Notes which customers the search index has to read again. */
function searchDue(db: Database) {
  const note = db.prepare('INSERT OR IGNORE INTO search_due ("customerId") VALUES (?)');
  const noteEarlier = db.prepare(
    `INSERT OR IGNORE INTO search_due ("customerId")
      SELECT "customerId" FROM contact_point WHERE "id" = ? AND "customerId" IS NOT ?`,
  );
  const dropTexts = ['search_trigram', 'search_bigram'].map((index) =>
    db.prepare(`DELETE FROM ${index} WHERE "rowid" = (SELECT "key" FROM customer WHERE "id" = ?)`),
  );
  const drop = db.prepare('DELETE FROM search_due WHERE "customerId" = ?');
  return {
    changed(entity: string, id: string, fields: Record<string, unknown>): void {
      if (entity === 'customer') note.run(id);
      if (entity === 'contactPoint') note.run(fields.customerId);
    },
    /** A contact point moves to another customer, or goes. */
    customerOf(id: string, next: unknown): void {
      noteEarlier.run(id, typeof next === 'string' ? next : null);
    },
    gone(id: string): void {
      for (const statement of dropTexts) statement.run(id);
      drop.run(id);
    },
  };
}
