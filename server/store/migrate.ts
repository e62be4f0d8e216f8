import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { StartError } from '../startError.ts';
import { migrations } from './migrations/migrations.ts';
import type { Tables } from './tables.ts';

/** Bring the database to this version's schema. Throws `StartError` for a database of a newer version. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  await refuseFuture(db);
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

async function refuseFuture(db: Kysely<Tables>): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return;
  const done = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute();
  const unknown = done.find(({ name }) => !Object.hasOwn(migrations, name));
  if (!unknown) return;
  throw new StartError(
    `the database belongs to a newer version of the server (it has ${unknown.name}); start that version`,
  );
}
