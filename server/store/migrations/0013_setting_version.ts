import { type Kysely, sql } from 'kysely';

/** Every value that a part of the configuration ever had, so that it can be had again. */
export async function settingVersion(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table setting_version (
      key text not null,
      version integer not null,
      value jsonb not null,
      at bigint not null,
      by_id uuid not null,
      by_name text not null,
      primary key (key, version)
    )`.execute(db);
}
