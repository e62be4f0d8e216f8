import type { Kysely, Transaction } from 'kysely';
import type { DatabaseOptions } from '../options.ts';
import { migrate } from './database/migrate.ts';
import { openDirectory, openMemory } from './database/pglite.ts';
import { openPostgres } from './database/postgres.ts';
import type { Tables } from './tables.ts';

export type Db = Kysely<Tables>;
/** Inside a transaction; every write function takes one, so that its caller decides what belongs together. */
export type Tx = Transaction<Tables>;

export interface Store {
  db: Db;
  /** Call `heard` with the payload of every NOTIFY on `channel`, from whichever node it comes. */
  listen(channel: string, heard: (payload: string) => void): Promise<void>;
  /** Work whose statements may take as long as they need: migrations, rewriting whole tables. */
  maintenance<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** Connections to the database; null where it is embedded. */
  pool(): PoolState | null;
  /** The disk of the embedded database has so little room left that nothing is written any more. */
  isFull(): boolean;
  /**
   * Write the embedded database, as it is now, into a new directory; nothing is written to it meanwhile. Null where
   * the database is not in a directory of ours.
   */
  backUp: ((directory: string) => Promise<void>) | null;
  close(): Promise<void>;
}

export interface PoolState {
  open: number;
  idle: number;
  /** Requests that wait for a connection. */
  waiting: number;
  most: number;
}

/** Open the database and bring it to this version's schema. Throws `StartError` with the reason. */
export async function openStore(options: DatabaseOptions): Promise<Store> {
  const store = await openRaw(options);
  try {
    await store.maintenance(migrate);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

function openRaw(options: DatabaseOptions): Promise<Store> {
  switch (options.kind) {
    case 'postgres':
      return openPostgres(options);
    case 'directory':
      return openDirectory(options.path, options.freeBytes);
    case 'memory':
      return openMemory(options.lay);
  }
}
