import type { Database } from 'better-sqlite3';
import type { RefusedOperation } from '#shared/contract/models/desk.ts';
import { type Operation, operationSchema, type PushResult } from '#shared/sync/messages.ts';

interface OutboxRow {
  id: string;
  entity: string;
  entityId: string;
  fields: string;
  clock: string;
  baseVersion: number | null;
  authorId: string;
  at: number;
}

/** An operation of the outbox as it is shown to its author. */
export interface OutboxOperation extends Operation {
  /** Null while it waits. */
  refusal: { reason: string; message: string | null; at: number } | null;
}

/** Operations that the server has not taken: waiting ones in the order they were made, and refused ones. */
export interface Outbox {
  add(operation: Operation): void;
  get(operationId: string): Operation | null;
  getRefused(operationId: string): Operation | null;
  /** Waiting and refused ones. */
  all(): Operation[];
  /** Refused ones first, the newest of them at the top, then waiting ones in the order they were made. */
  listed(limit: number): OutboxOperation[];
  waiting(limit: number): Operation[];
  /** Waiting and refused ones of one record, in the order they were made. */
  ofRecord(entity: string, id: string): (Operation & { refused: boolean })[];
  refuse(result: PushResult, at: number): void;
  remove(operationId: string): void;
  /** What was refused waits once more. Returns its records. */
  offerRefused(): { entity: string; id: string }[];
  summary(): { waiting: number; waitingSince: number | null; refused: RefusedOperation[] };
  isEmpty(): boolean;
}

interface RefusalRow {
  refusedAt: number | null;
  reason: string | null;
  message: string | null;
}

const columns = '"id", "entity", "entityId", "fields", "clock", "baseVersion", "authorId", "at"';

export function createOutbox(db: Database): Outbox {
  const insert = db.prepare(
    `INSERT OR IGNORE INTO outbox (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const select = db.prepare<[string], OutboxRow>(`SELECT ${columns} FROM outbox WHERE "id" = ?`);
  const selectRefusedOne = db.prepare<[string], OutboxRow>(
    `SELECT ${columns} FROM outbox WHERE "id" = ? AND "refusedAt" IS NOT NULL`,
  );
  const selectAll = db.prepare<[], OutboxRow>(`SELECT ${columns} FROM outbox ORDER BY "seq"`);
  const selectListed = db.prepare<[number], OutboxRow & RefusalRow>(
    `SELECT ${columns}, "refusedAt", "reason", "message" FROM outbox
      ORDER BY "refusedAt" IS NULL, "refusedAt" DESC, iif("refusedAt" IS NULL, "seq", -"seq") LIMIT +?`,
  );
  const selectWaiting = db.prepare<[number], OutboxRow>(
    `SELECT ${columns} FROM outbox WHERE "refusedAt" IS NULL ORDER BY "seq" LIMIT +?`,
  );
  const selectOfRecord = db.prepare<[string, string], OutboxRow & { refused: number }>(
    `SELECT ${columns}, "refusedAt" IS NOT NULL AS refused FROM outbox
      WHERE "entityId" = ? AND "entity" = ? ORDER BY "seq"`,
  );
  const refuse = db.prepare(
    'UPDATE outbox SET "refusedAt" = ?, "reason" = ?, "message" = ? WHERE "id" = ?',
  );
  const remove = db.prepare('DELETE FROM outbox WHERE "id" = ?');
  const offer = db.prepare<[], { entity: string; id: string }>(
    `UPDATE outbox SET "refusedAt" = NULL, "reason" = NULL, "message" = NULL
      WHERE "refusedAt" IS NOT NULL RETURNING "entity", "entityId" AS id`,
  );
  const count = db.prepare<[], { waiting: number; since: number | null }>(
    `SELECT count(*) AS waiting, min("at") AS since FROM outbox WHERE "refusedAt" IS NULL`,
  );
  const selectRefused = db.prepare<[], RefusedOperation>(
    `SELECT "id" AS operationId, "entity", "entityId", "reason", "message", "refusedAt" AS at
      FROM outbox WHERE "refusedAt" IS NOT NULL ORDER BY "refusedAt" DESC, "seq" DESC`,
  );
  const any = db.prepare('SELECT 1 FROM outbox LIMIT 1');

  return {
    add({ id, entity, entityId, fields, clock, baseVersion, authorId, at }) {
      const json = JSON.stringify(fields);
      insert.run(id, entity, entityId, json, clock, baseVersion, authorId, at);
    },
    get(operationId) {
      const row = select.get(operationId);
      return row ? operationOf(row) : null;
    },
    getRefused(operationId) {
      const row = selectRefusedOne.get(operationId);
      return row ? operationOf(row) : null;
    },
    all: () => selectAll.all().map(operationOf),
    listed: (limit) =>
      selectListed.all(limit).map(({ refusedAt, reason, message, ...row }) => ({
        ...operationOf(row),
        refusal:
          refusedAt === null ? null : { reason: reason ?? 'conflict', message, at: refusedAt },
      })),
    waiting: (limit) => selectWaiting.all(limit).map(operationOf),
    ofRecord: (entity, id) =>
      selectOfRecord.all(id, entity).map((row) => ({
        ...operationOf(row),
        refused: row.refused === 1,
      })),
    refuse({ operationId, reason, message }, at) {
      refuse.run(at, reason ?? 'conflict', message, operationId);
    },
    remove: (operationId) => void remove.run(operationId),
    offerRefused: () => offer.all(),
    summary() {
      const counted = count.get();
      return {
        waiting: counted?.waiting ?? 0,
        waitingSince: counted?.since ?? null,
        refused: selectRefused.all(),
      };
    },
    isEmpty: () => any.get() === undefined,
  };
}

function operationOf(row: OutboxRow): Operation {
  const { id, entityId, clock, baseVersion, authorId, at } = row;
  const entity = operationSchema.shape.entity.parse(row.entity);
  const fields: Record<string, unknown> = JSON.parse(row.fields);
  return { id, entity, entityId, fields, clock, baseVersion, authorId, at };
}
