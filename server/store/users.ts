import { sql } from 'kysely';
import type { PhoneConfiguration } from '#shared/domain/configuration.ts';
import { completeConfiguration, usualPhone } from '#shared/domain/configuration.ts';
import { type User, userSchema } from '#shared/domain/user.ts';
import { readRecord } from './records.ts';
import type { Db, Tx } from './store.ts';

export type KnownUser = User & { id: string };

/** Null for somebody unknown or gone. */
export async function findUser(db: Db, id: string): Promise<KnownUser | null> {
  const record = await readRecord(db, 'user', id);
  return known(id, record?.fields);
}

/** Who sits at an extension; null where it is nobody's. */
export async function findUserAt(db: Db, extension: string): Promise<KnownUser | null> {
  const { rows } = await sql<{ id: string; fields: unknown }>`
    select id, fields from record
     where entity = 'user' and fields ->> 'extension' = ${extension}
       and (fields ->> 'active')::boolean
     order by id limit 1`.execute(db);
  const row = rows[0];
  return row ? known(row.id, row.fields) : null;
}

function known(id: string, fields: unknown): KnownUser | null {
  const parsed = userSchema.safeParse(fields);
  return parsed.success && parsed.data.active ? { ...parsed.data, id } : null;
}

/** The centre's rules for phones, as they are now. */
export async function readPhoneRules(db: Db): Promise<PhoneConfiguration> {
  const { rows } = await sql<{ value: unknown }>`
    select fields -> 'value' as value from record
     where entity = 'setting' and fields ->> 'key' = 'configuration' limit 1`.execute(db);
  return completeConfiguration(rows[0]?.value)?.phone ?? usualPhone;
}

/** Everybody who has or had an account. */
export async function readPeople(db: Db | Tx): Promise<KnownUser[]> {
  const { rows } = await sql<{ id: string; fields: unknown }>`
    select id, fields from record where entity = 'user' order by id`.execute(db);
  return rows.flatMap(({ id, fields }) => {
    const user = userSchema.safeParse(fields);
    return user.success ? [{ ...user.data, id }] : [];
  });
}
