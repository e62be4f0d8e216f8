import { usualWrapUpRules, type WrapUpRules } from '#shared/domain/settings/wrapUps.ts';
import { audiencesLeft } from '#shared/domain/visibility.ts';
import type { Clock } from '#shared/sync/clock.ts';
import type { LeftRecord } from '../store/feed/scope.ts';
import { takenBack, takingBack } from '../store/feed/takenBack.ts';
import type { StoredOperation, StoredResult, WaitingOperation } from '../store/operations.ts';
import type { LockedRecord, RecordKey, StoredRecord, WrittenRecord } from '../store/records.ts';

/** A record as the operations of a batch leave it, one after another. */
export interface BatchRecord {
  entity: string;
  id: string;
  held: StoredRecord | null;
  /** Was there before this batch. */
  stored: boolean;
  moved: boolean;
  /** Desks have dropped it: those who see it get it anew. */
  shownAgain: boolean;
  /** Who saw it before and may not see it now; who of them does not see it any more by the batch. */
  former: readonly string[];
  left: readonly string[];
}

/** What a batch leaves to be written. */
export interface Moved {
  made: WrittenRecord[];
  changed: WrittenRecord[];
  left: LeftRecord[];
  /** Come once more in the feed, behind what was taken back. */
  shownAgain: RecordKey[];
}

/** What a transaction of pushes has read and is going to write; decisions change nothing but this. */
export class Batch {
  readonly clock: Clock;
  readonly nowMs: number;
  /** Decided, in their order. */
  readonly operations: StoredOperation[] = [];
  /** Ids of operations that have waited for their record, and are merged into it now. */
  readonly settled: string[] = [];
  /** The centre's rule for closing complaints, where an operation of this batch may close one. */
  complaintsNeedVisit = true;
  /** The centre's rules for wrap-ups, where an operation of this batch changes one. */
  wrapUpRules: WrapUpRules = usualWrapUpRules;
  /** Some operation of this batch waits for its record. */
  hasWaiting = false;
  /** Merged customers behind those into which this batch merges others: id → `mergedInto`. */
  chains: ReadonlyMap<string, string> = new Map();
  readonly #known = new Map<string, StoredResult>();
  readonly #records = new Map<string, BatchRecord>();
  readonly #waiting = new Map<string, WaitingOperation[]>();

  constructor(clock: Clock, nowMs: number) {
    this.clock = clock;
    this.nowMs = nowMs;
  }

  /** What was read: operations stored before with their answers, records, operations that wait for theirs. */
  read(found: {
    known: StoredResult[];
    records: LockedRecord[];
    waiting: WaitingOperation[];
  }): void {
    for (const result of found.known) this.#known.set(result.operationId, result);
    for (const { entity, id, version, fields, clocks, former } of found.records) {
      const held = { version, fields, clocks };
      const record = {
        entity,
        id,
        held,
        stored: true,
        moved: false,
        shownAgain: false,
        former: former ?? [],
        left: [],
      };
      this.#records.set(keyOf(entity, id), record);
    }
    for (const operation of found.waiting) this.#wait(operation);
  }

  /** Into which customer one is merged, as the operations so far leave it; null where it is not. */
  mergedInto(customerId: string): string | null {
    const here = this.#records.get(keyOf('customer', customerId))?.held;
    if (!here) return this.chains.get(customerId) ?? null;
    const into = here.fields.mergedInto;
    return typeof into === 'string' ? into.toLowerCase() : null;
  }

  known(operationId: string): StoredResult | null {
    return this.#known.get(operationId.toLowerCase()) ?? null;
  }

  record(entity: string, id: string): BatchRecord {
    const key = keyOf(entity, id);
    const found = this.#records.get(key);
    if (found) return found;
    const fresh = { stored: false, moved: false, shownAgain: false };
    const none = { entity, id, held: null, ...fresh, former: [], left: [] };
    this.#records.set(key, none);
    return none;
  }

  /** The record from here on, with the waiting operations that went into it. */
  put(record: BatchRecord, next: StoredRecord, settled: string[]): void {
    const before = record.held?.fields ?? {};
    record.held = { version: next.version, fields: next.fields, clocks: next.clocks };
    record.moved = true;
    this.settled.push(...settled);
    this.noteShown(record, before);
  }

  /**
   * Some desk has shown the record with these fields, its author's at least: who saw it so and does not see it as it is
   * now is told that it is gone.
   */
  noteShown(record: BatchRecord, fields: Record<string, unknown>): void {
    const audiences = audiencesLeft(record.entity, fields, record.held?.fields ?? {});
    const left = audiences.filter((audience) => !record.former.includes(audience));
    if (left.length === 0) return;
    record.left = [...record.left, ...left];
    record.former = [...record.former, ...left];
    record.moved = true;
  }

  /** Desks drop the record as they have it; see store/feed/takenBack.ts. Told once. */
  takeBack(record: BatchRecord): void {
    const told = this.record(takenBack, record.id);
    if (told.held) return;
    this.put(told, takingBack(record.entity, record.id), []);
    record.shownAgain = record.held !== null;
  }

  /** Operations that came before their record did, in the order of their stamps. */
  waitingFor({ entity, id }: BatchRecord): WaitingOperation[] {
    const waiting = this.#waiting.get(keyOf(entity, id)) ?? [];
    return waiting.toSorted((a, b) => (a.clock < b.clock ? -1 : 1));
  }

  addWaiting(operation: WaitingOperation): void {
    this.hasWaiting = true;
    this.#wait(operation);
  }

  /** An operation is decided: both go into the history. */
  add(stored: StoredOperation): void {
    const operationId = stored.operation.id.toLowerCase();
    const { result, operation, clock } = stored;
    this.operations.push(stored);
    this.#known.set(operationId, { ...result, operationId, author: operation.authorId, clock });
  }

  /** Records that are to be written, in the order in which they came up; what is taken back comes first. */
  moved(): Moved {
    const { takenBackRows = [], records = [] } = Object.groupBy(this.#records.values(), (record) =>
      record.entity === takenBack ? 'takenBackRows' : 'records',
    );
    const made: WrittenRecord[] = [];
    const changed: WrittenRecord[] = [];
    const left: LeftRecord[] = [];
    for (const record of [...takenBackRows, ...records]) {
      const { entity, id, held, stored, moved } = record;
      if (moved && held) (stored ? changed : made).push({ entity, id, ...held });
      if (record.left.length > 0) left.push({ entity, id, left: record.left });
    }
    const shownAgain = records.filter((record) => record.shownAgain);
    return {
      made,
      changed,
      left,
      shownAgain: shownAgain.map(({ entity, id }) => ({ entity, id })),
    };
  }

  #wait(operation: WaitingOperation): void {
    const key = keyOf(operation.entity, operation.entityId);
    this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), operation]);
  }
}

export function keyOf(entity: string, id: string): string {
  return `${entity}/${id.toLowerCase()}`;
}
