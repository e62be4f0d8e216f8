import pg from 'pg';
import type { BenchOperation } from './callOperations.ts';

/** Baseline of push: each row is a transaction of its own, on connections of its own, prepared. */
export interface PlainInserts {
  /** Insert each connection's rows one after another, all connections side by side. */
  run(rows: PlainRow[][]): Promise<void>;
  stop(): Promise<void>;
}

export type PlainRow = (string | number | null)[];

/** A table equal to the server's table of operations, and as many connections as there are desks. */
export async function openPlainInserts(
  databaseUrl: string,
  connections: number,
): Promise<PlainInserts> {
  const clients = Array.from(
    { length: connections },
    () => new pg.Client({ connectionString: databaseUrl }),
  );
  await Promise.all(clients.map((client) => client.connect()));
  await clients[0]?.query('create table plain_operation (like operation including all)');
  const text = `insert into plain_operation (id, device, author, entity, entity_id, base_version, clock, made_at,
      received_at, fields, outcome, version)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;
  const insertAll = async (client: pg.Client, rows: PlainRow[]) => {
    for (const values of rows) await client.query({ name: 'insert', text, values });
  };
  return {
    async run(rows) {
      await Promise.all(clients.map((client, at) => insertAll(client, rows[at] ?? [])));
    },
    async stop() {
      await Promise.all(clients.map((client) => client.end()));
    },
  };
}

export function plainRow(operation: BenchOperation, deviceId: string): PlainRow {
  const { id, authorId, entity, entityId, baseVersion, clock, at, fields } = operation;
  const json = JSON.stringify(fields);
  return [id, deviceId, authorId, entity, entityId, baseVersion, clock, at, at, json, 'applied', 1];
}
