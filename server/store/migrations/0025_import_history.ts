import { type Kysely, sql } from 'kysely';

/**
 * What imports make new, by the batch: a row of `operation` for each record would cost as much as the record. Only
 * appended. `history` has both, an entry for each change of a record.
 */
export async function importHistory(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table import_history (
      clock text not null,
      entity text not null,
      device text not null,
      author uuid not null,
      made_at bigint not null,
      ids uuid[] not null,
      fields text not null,
      primary key (clock, entity)
    )`.execute(db);
  await sql`
    create view history as
    select id, device, author, entity, entity_id, base_version, clock, made_at, received_at, fields, outcome, version,
           reason, message, lost
      from operation
     union all
    select null, device, author, entity, made.id, null, clock, made_at, made_at, made.fields, 'applied', 1,
           null, null, '[]'::jsonb
      from import_history as batch,
           rows from (unnest(batch.ids), jsonb_array_elements(batch.fields::jsonb)) as made (id, fields)`.execute(
    db,
  );
}
