import { type Kysely, sql } from 'kysely';

/**
 * What all records of an imported batch have in common stands once beside the others' fields, and those are packed by
 * what packs fastest, where the database can.
 */
export async function commonFields(db: Kysely<unknown>): Promise<void> {
  await sql`alter table import_history add column common jsonb not null default '{}'`.execute(db);
  await sql`
    create or replace view history as
    select id, device, author, entity, entity_id, base_version, clock, made_at, received_at, fields, outcome, version,
           reason, message, lost
      from operation
     union all
    select null, device, author, entity, made.id, null, clock, made_at, made_at, batch.common || made.fields,
           'applied', 1, null, null, '[]'::jsonb
      from import_history as batch,
           rows from (unnest(batch.ids), jsonb_array_elements(batch.fields::jsonb)) as made (id, fields)`.execute(
    db,
  );
  await sql`
    do $$ begin
      alter table import_history alter column fields set compression lz4;
    exception when feature_not_supported or invalid_parameter_value then null;
    end $$`.execute(db);
}
