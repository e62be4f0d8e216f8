import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { StartError } from '../../startError.ts';
import { migrations } from '../migrations/migrations.ts';
import type { Tables } from '../tables.ts';

/** Bring the database to this version's schema. Throws `StartError` for a database of a newer version. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const done = await migrationsOf(db);
  const unknown = done.find((name) => !Object.hasOwn(migrations, name));
  if (unknown !== undefined) {
    throw new StartError(
      `the database belongs to a newer version of the server (it has ${unknown}); start that version`,
    );
  }
  // The migrator looks at every table several times before it finds that there is nothing to do.
  if (done.length === Object.keys(migrations).length) return;
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

/** Names of the migrations that this database has. */
async function migrationsOf(db: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ here: boolean }>`
    select to_regclass('kysely_migration') is not null as here`.execute(db);
  if (!rows[0]?.here) return [];
  const done = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute();
  return done.map(({ name }) => name);
}
