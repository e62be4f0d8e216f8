import { join } from 'node:path';
import { clocksOf } from '#server/store/clockSets.ts';
import { openDirectory } from '#server/store/database/pglite.ts';

export interface HistoryEntry {
  id: string;
  entity: string;
  entityId: string;
  author: string;
  clock: string;
  fields: Record<string, unknown>;
  outcome: string;
  version: number | null;
}

export interface CentreRecord {
  entity: string;
  id: string;
  version: number;
  fields: Record<string, unknown>;
  clocks: Record<string, string>;
}

/** What the centre holds, read from its database while its server is down. */
export async function readCentre(
  folder: string,
): Promise<{ history: HistoryEntry[]; records: CentreRecord[] }> {
  const store = await openDirectory(join(folder));
  try {
    const operations = await store.db.selectFrom('operation').selectAll().execute();
    const records = await store.db
      .selectFrom('record')
      .select(['entity', 'id', 'version', 'fields', clocksOf('record').as('clocks')])
      .execute();
    return {
      history: operations.map(({ entity_id, ...entry }) => ({ ...entry, entityId: entity_id })),
      records,
    };
  } finally {
    await store.close();
  }
}
