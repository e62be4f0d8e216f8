import { type Kysely, sql } from 'kysely';

/**
 * The triggers that note for webhooks what moved keep a copy of each row that is written, whether anybody wants to know
 * or not: they are off while no webhook is active. Whoever makes the first one active waits for those who write now.
 */
export async function outboxSwitch(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function switch_outbox() returns trigger language plpgsql as $$
    declare
      is_wanted boolean;
      is_on boolean;
    begin
      -- One after the other, each sees what the one before has made of it.
      perform pg_advisory_xact_lock(hashtextextended('webhook/switch', 0));
      select exists (select from webhook where active) into is_wanted;
      select tgenabled <> 'D' from pg_trigger
        where tgrelid = 'record'::regclass and tgname = 'note_new' into is_on;
      if is_wanted and not is_on then
        alter table record enable trigger note_new;
        alter table record enable trigger note_changed;
      elsif is_on and not is_wanted then
        alter table record disable trigger note_new;
        alter table record disable trigger note_changed;
      end if;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger switch_outbox after insert or delete or update of active on webhook
      for each statement execute function switch_outbox()`.execute(db);
  // As it would be, had every webhook been made after this.
  await sql`update webhook set active = active`.execute(db);
}
