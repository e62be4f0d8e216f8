import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { createRecordStore, isEntityName, type RecordStore } from '../records/recordStore.ts';
import { tables } from '../records/tables.ts';
import type { StoredRecord } from '../records/typedTable.ts';
import { contentHash } from './contentText.ts';

/** A stretch of an entity's records in the order of their ids: behind `after`, up to and with `upTo`. */
export interface CheckRange {
  entity: string;
  /** Null: from the first one. */
  after: string | null;
  /** Null: to the last one. */
  upTo: string | null;
}

/** Far more than a range of the server has: whatever they come to, they are not what the server has. */
const mostInRange = 10_000;
/** Sorts behind every id. */
const behindAll = '~';

/** Records of this desk as the server would know them: without what waits for it. */
export interface OwnRange {
  /** Ids of the records that the server is believed to have, in order. */
  ids(range: CheckRange, limit: number): string[];
  read(entity: string, id: string): StoredRecord | null;
  /** What a record comes to, as the server counts it. */
  contentOf(entity: string, id: string, record: StoredRecord): string;
  /** What the range comes to without some of its records; see server/store/feed/ranges.ts. Empty: it is far too long. */
  hash(range: CheckRange, without: readonly string[]): string;
}

export function createOwnRange(db: Database, store: RecordStore = createRecordStore(db)): OwnRange {
  const selectIds = new Map(
    Object.entries(tables).map(([entity, { name }]) => [
      entity,
      db.prepare<Bounds, string>(idsSql(name)).pluck(),
    ]),
  );
  const selectHeld = db.prepare<[string, string], HeldRow>(
    'SELECT "version", "fields", "clocks" FROM server_record WHERE "entity" = ? AND "id" = ?',
  );
  const selectSent = db.prepare<[string, string], { held: string; sent: string }>(
    'SELECT "held", "sent" FROM as_sent WHERE "entity" = ? AND "id" = ?',
  );

  function ids({ entity, after, upTo }: CheckRange, limit: number): string[] {
    const bounds = { entity, after: after ?? '', upTo: upTo ?? behindAll, limit };
    return selectIds.get(entity)?.all(bounds) ?? [];
  }

  function read(entity: string, id: string): StoredRecord | null {
    const held = selectHeld.get(entity, id);
    if (!held) return isEntityName(entity) ? store.read(entity, id) : null;
    const { version, fields, clocks } = held;
    if (version === null) return null;
    return { version, fields: JSON.parse(fields), clocks: JSON.parse(clocks) };
  }

  function contentOf(entity: string, id: string, { fields, clocks }: StoredRecord): string {
    const content = contentHash(fields, clocks);
    const sent = selectSent.get(entity, id);
    return sent?.held === content ? sent.sent : content;
  }

  return {
    ids,
    read,
    contentOf,
    hash(range, without) {
      const all = ids(range, mostInRange);
      if (all.length === mostInRange) return '';
      const passedOver = new Set(without);
      const whole = createHash('sha256');
      for (const id of all) {
        const record = passedOver.has(id) ? null : read(range.entity, id);
        if (!record || record.version === 0) continue;
        whole.update(`${id} ${record.version} ${contentOf(range.entity, id, record)}\n`);
      }
      return whole.digest('hex');
    },
  };
}

type Bounds = [{ entity: string; after: string; upTo: string; limit: number }];

interface HeldRow {
  version: number | null;
  fields: string;
  clocks: string;
}

function idsSql(table: string): string {
  const within = '"id" > @after AND "id" <= @upTo';
  return `SELECT "id" FROM "${table}" WHERE ${within}
    UNION SELECT "id" FROM other_record WHERE "entity" = @entity AND ${within}
    UNION SELECT "id" FROM server_record
      WHERE "entity" = @entity AND ${within} AND "version" IS NOT NULL
    ORDER BY "id" LIMIT +@limit`;
}
