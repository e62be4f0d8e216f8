import type { Kysely, Transaction } from 'kysely';
import type { DatabaseOptions } from '../options.ts';
import { migrate } from './migrate.ts';
import { openDirectory, openMemory } from './pglite.ts';
import { openPostgres } from './postgres.ts';
import type { Tables } from './tables.ts';

export type Db = Kysely<Tables>;
/** Inside a transaction; every write function takes one, so that its caller decides what belongs together. */
export type Tx = Transaction<Tables>;

export interface Store {
  db: Db;
  /** Call `heard` with the payload of every NOTIFY on `channel`, from whichever node it comes. */
  listen(channel: string, heard: (payload: string) => void): Promise<void>;
  close(): Promise<void>;
}

/** Open the database and bring it to this version's schema. Throws `StartError` with the reason. */
export async function openStore(options: DatabaseOptions): Promise<Store> {
  const store = await openRaw(options);
  try {
    await migrate(store.db);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

function openRaw(options: DatabaseOptions): Promise<Store> {
  switch (options.kind) {
    case 'postgres':
      return openPostgres(options.url);
    case 'directory':
      return openDirectory(options.path);
    case 'memory':
      return openMemory();
  }
}
