import type { Database } from 'better-sqlite3';
import type { Operation } from '#shared/sync/messages.ts';
import type { JournalLine } from '../file/safetyJournal.ts';
import { createOutbox } from './outbox.ts';

/** What exists on this desk only. */
export interface Outstanding {
  /** Waiting and refused ones, in the order they were made. */
  operations: Operation[];
  drafts: Map<string, string>;
}

export function outstanding(db: Database): Outstanding {
  return { operations: createOutbox(db).all(), drafts: readDrafts(db) };
}

export function readDrafts(db: Database): Map<string, string> {
  const drafts = db
    .prepare<[], { key: string; json: string }>('SELECT "key", "json" FROM draft')
    .all();
  return new Map(drafts.map(({ key, json }) => [key, json]));
}

export function outstandingIn(lines: JournalLine[]): Outstanding {
  const operations = new Map<string, Operation>();
  for (const line of lines) {
    if (line.type === 'operation') operations.set(line.operation.id, line.operation);
    if (line.type === 'done') for (const id of line.operationIds) operations.delete(id);
  }
  const drafts = new Map<string, string>();
  for (const [key, json] of lastDrafts(lines)) if (json !== null) drafts.set(key, json);
  return { operations: [...operations.values()], drafts };
}

/** The last word on every draft the lines speak of; null: it was removed. */
export function lastDrafts(lines: JournalLine[]): Map<string, string | null> {
  const drafts = new Map<string, string | null>();
  for (const line of lines) if (line.type === 'draft') drafts.set(line.key, line.json);
  return drafts;
}

/** Of a draft in both the second one is kept: the journal is written later than the database. */
export function joined(first: Outstanding, second: Outstanding): Outstanding {
  const operations = new Map(first.operations.map((operation) => [operation.id, operation]));
  for (const operation of second.operations) operations.set(operation.id, operation);
  return {
    operations: [...operations.values()].sort((a, b) => (a.clock < b.clock ? -1 : 1)),
    drafts: new Map([...first.drafts, ...second.drafts]),
  };
}

export function outstandingLines({ operations, drafts }: Outstanding): JournalLine[] {
  return [
    ...[...drafts].map(([key, json]): JournalLine => ({ type: 'draft', key, json })),
    ...operations.map((operation): JournalLine => ({ type: 'operation', operation })),
  ];
}
